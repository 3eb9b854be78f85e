class RenameNickname < ActiveRecord::Migration[7.1]
  def change
    rename_column :plants, :nickname, :pet_name
  end
end
