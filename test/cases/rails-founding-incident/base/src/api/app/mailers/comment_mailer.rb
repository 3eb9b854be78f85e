class CommentMailer < ApplicationMailer
  def created
    @comment = params[:comment]
    @excerpt = @comment.body.lines.first
    mail(to: @comment.package.maintainer.email, subject: "New comment: #{@comment}")
  end
end
