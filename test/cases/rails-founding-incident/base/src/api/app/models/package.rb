class Package < ApplicationRecord
  belongs_to :maintainer, class_name: 'User'
  has_many :comments, dependent: :destroy

  validates :name, presence: true, uniqueness: true

  def latest_comments
    comments.threads.newest_first.limit(20)
  end
end
