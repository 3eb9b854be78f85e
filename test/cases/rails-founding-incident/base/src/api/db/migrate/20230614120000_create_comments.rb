class CreateComments < ActiveRecord::Migration[7.0]
  def change
    create_table :comments, id: :integer do |t|
      t.text :body, null: false
      t.integer :user_id, null: false
      t.integer :package_id, null: false
      t.integer :parent_id
      t.timestamps
    end
    add_index :comments, :user_id
    add_index :comments, :package_id
    add_index :comments, :parent_id
    add_foreign_key :comments, :users
  end
end
