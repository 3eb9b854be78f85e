class CreateWaterings < ActiveRecord::Migration[7.1]
  def change
    create_table :waterings do |t|
      t.references :plant, null: false, foreign_key: true
      t.integer :litres, null: false, default: 1

      t.timestamps
    end
  end
end
