class MergeNicknames < ActiveRecord::Migration[7.1]
  def up
    execute <<~SQL
      -- the name that people gave a plant is the one to show
      UPDATE plants SET name = nickname WHERE nickname <> '';
      ALTER TABLE plants
        DROP COLUMN nickname,
        ADD CONSTRAINT named CHECK (name <> '') NOT VALID;
    SQL
  end
end
