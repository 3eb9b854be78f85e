class AddFavouriteToPlants < ActiveRecord::Migration[7.1]
  def change
    add_column :plants, :favourite, :boolean
  end
end
