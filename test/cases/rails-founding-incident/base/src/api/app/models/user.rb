class User < ApplicationRecord
  has_many :comments, dependent: :restrict_with_error
  has_many :packages, foreign_key: :maintainer_id, dependent: :nullify, inverse_of: :maintainer

  validates :login, presence: true, uniqueness: true

  def staff?
    admin
  end
end
