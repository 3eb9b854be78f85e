class CommentPolicy < ApplicationPolicy
  def create?
    user.present?
  end

  def destroy?
    return false if user.nil?

    user.staff? || record.user == user
  end
end
