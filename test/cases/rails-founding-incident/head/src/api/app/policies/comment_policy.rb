class CommentPolicy < ApplicationPolicy
  def create?
    user.present?
  end

  def destroy?
    return false if user.nil?

    user.staff? || record.user == user
  end

  def moderate?
    user.present? && user.staff?
  end
end
