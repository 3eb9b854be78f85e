class CommentsController < ApplicationController
  before_action :set_package

  def create
    comment = @package.comments.new(comment_params.merge(user: current_user))
    authorize comment

    if comment.save
      redirect_to @package, notice: 'Thank you for the comment.'
    else
      redirect_to @package, alert: comment.errors.full_messages.to_sentence
    end
  end

  def destroy
    comment = @package.comments.find(params[:id])
    authorize comment
    comment.destroy!
    redirect_to @package, notice: 'The comment is gone.'
  end

  private

  def set_package
    @package = Package.find(params[:package_id])
  end

  def comment_params
    params.require(:comment).permit(:body, :parent_id)
  end
end
