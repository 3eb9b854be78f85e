module Comments
  class ModerationsController < ApplicationController
    before_action :set_comment

    def create
      @comment.moderate(by: current_user)
      redirect_to @comment.package, notice: 'The comment is hidden.'
    end

    def destroy
      @comment.unmoderate
      redirect_to @comment.package, notice: 'The comment is shown again.'
    end

    private

    def set_comment
      @comment = Comment.find(params[:comment_id])
      authorize @comment, :moderate?
    end
  end
end
