class Plant < ApplicationRecord
  belongs_to :bed

  scope :thirsty, -> { where(watered_at: nil) }

  def title
    nickname.presence || name
  end
end
