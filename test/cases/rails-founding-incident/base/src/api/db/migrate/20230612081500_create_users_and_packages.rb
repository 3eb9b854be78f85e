class CreateUsersAndPackages < ActiveRecord::Migration[7.0]
  def change
    create_table :users, id: :integer do |t|
      t.string :login, null: false
      t.string :email, null: false
      t.boolean :admin, null: false, default: false
      t.timestamps
    end
    add_index :users, :login, unique: true

    create_table :packages, id: :integer do |t|
      t.string :name, null: false
      t.integer :maintainer_id
      t.timestamps
    end
    add_index :packages, :name, unique: true
    add_index :packages, :maintainer_id
  end
end
