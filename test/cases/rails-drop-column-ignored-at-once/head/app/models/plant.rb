class Plant < ApplicationRecord
  # The column goes with this release.
  self.ignored_columns += ['nickname']

  belongs_to :bed

  scope :thirsty, -> { where(watered_at: nil) }

  def title
    name
  end
end
