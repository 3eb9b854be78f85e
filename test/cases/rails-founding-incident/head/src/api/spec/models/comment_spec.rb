RSpec.describe Comment do
  let(:comment) { described_class.new(body: 'Works on my machine') }

  it 'is called by how it begins' do
    expect(comment.to_s).to eq('Works on my machine')
  end

  it 'keeps its text to itself once it is moderated' do
    comment.moderated_at = Time.current
    expect(comment.body).to eq('Hidden by a moderator.')
  end
end
