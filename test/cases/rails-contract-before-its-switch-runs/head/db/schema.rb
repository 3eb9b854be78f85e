ActiveRecord::Schema[7.1].define(version: 2026_04_01_090000) do
  create_table "plants", force: :cascade do |t|
    t.string "name", null: false
    t.integer "bed_id", null: false
    t.datetime "watered_at"
    t.index ["bed_id"], name: "index_plants_on_bed_id"
  end

  create_table "beds", force: :cascade do |t|
    t.string "label"
  end
end
