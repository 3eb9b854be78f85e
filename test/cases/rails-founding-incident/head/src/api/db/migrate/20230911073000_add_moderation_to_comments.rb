class AddModerationToComments < ActiveRecord::Migration[7.0]
  def change
    add_column :comments, :moderated_at, :datetime
    add_column :comments, :moderator_id, :integer
    add_index :comments, :moderator_id
    add_foreign_key :comments, :users, column: :moderator_id
  end
end
