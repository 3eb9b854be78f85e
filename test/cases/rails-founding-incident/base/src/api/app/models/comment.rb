class Comment < ApplicationRecord
  belongs_to :user
  belongs_to :package
  belongs_to :parent, class_name: 'Comment', optional: true, inverse_of: :replies
  has_many :replies, class_name: 'Comment', foreign_key: :parent_id, dependent: :destroy, inverse_of: :parent

  validates :body, presence: true, length: { maximum: 65_535 }

  scope :newest_first, -> { order(created_at: :desc) }
  scope :threads, -> { where(parent_id: nil) }

  after_create_commit :tell_the_maintainer

  def to_s
    body.truncate(80)
  end

  private

  def tell_the_maintainer
    CommentMailer.with(comment: self).created.deliver_later
  end
end
