class Plant < ApplicationRecord
  belongs_to :bed

  scope :thirsty, -> { where(watered_at: nil) }
  scope :favourites, -> { where(favourite: true) }

  def title
    favourite ? "★ #{name}" : name
  end
end
