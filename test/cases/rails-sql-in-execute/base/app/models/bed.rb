class Bed < ApplicationRecord
  has_many :plants
end
