class RemoveNicknameFromPlants < ActiveRecord::Migration[7.1]
  def change
    remove_column :plants, :nickname, :string
  end
end
