class Plant < ApplicationRecord
  belongs_to :bed
  has_many :waterings, dependent: :destroy

  scope :thirsty, -> { where(watered_at: nil) }

  def title
    nickname.presence || name
  end
end
