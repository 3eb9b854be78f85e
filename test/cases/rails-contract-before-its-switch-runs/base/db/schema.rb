ActiveRecord::Schema[7.1].define(version: 2026_03_01_080000) do
  create_table "plants", force: :cascade do |t|
    t.string "name", null: false
    t.string "nickname"
    t.integer "bed_id", null: false
    t.datetime "watered_at"
    t.index ["bed_id"], name: "index_plants_on_bed_id"
  end

  create_table "beds", force: :cascade do |t|
    t.string "label"
  end
end
