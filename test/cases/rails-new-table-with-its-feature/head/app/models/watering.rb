class Watering < ApplicationRecord
  belongs_to :plant

  validates :litres, numericality: { greater_than: 0 }
end
