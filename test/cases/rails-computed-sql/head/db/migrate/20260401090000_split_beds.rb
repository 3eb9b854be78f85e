class SplitBeds < ActiveRecord::Migration[7.1]
  def up
    shards = select_values("SELECT label FROM beds")
    shards.each do |shard|
      execute "ALTER TABLE plants_#{shard} ADD COLUMN row_number integer"
    end
  end
end
