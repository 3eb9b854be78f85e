class Comment < ApplicationRecord
  belongs_to :user
  belongs_to :package
  belongs_to :moderator, class_name: 'User', optional: true
  belongs_to :parent, class_name: 'Comment', optional: true, inverse_of: :replies
  has_many :replies, class_name: 'Comment', foreign_key: :parent_id, dependent: :destroy, inverse_of: :parent

  validates :body, presence: true, length: { maximum: 65_535 }

  scope :newest_first, -> { order(created_at: :desc) }
  scope :threads, -> { where(parent_id: nil) }

  after_create_commit :tell_the_maintainer

  def to_s
    body.truncate(80)
  end

  def body
    return 'Hidden by a moderator.' if moderated?

    super
  end

  def moderate(by:)
    self.moderator = by
    self.moderated_at = Time.current
    save!
  end

  def unmoderate
    update!(moderator: nil, moderated_at: nil)
  end

  def moderated?
    moderated_at.present?
  end

  private

  def tell_the_maintainer
    CommentMailer.with(comment: self).created.deliver_later
  end
end
