# This file is generated from the state of the database. Change the schema by a migration,
# then let `bin/rails db:migrate` write it anew.

ActiveRecord::Schema[7.0].define(version: 2023_06_14_120000) do
  create_table "comments", id: :integer, charset: "utf8mb4", force: :cascade do |t|
    t.text "body", null: false
    t.integer "user_id", null: false
    t.integer "package_id", null: false
    t.integer "parent_id"
    t.datetime "created_at", null: false
    t.datetime "updated_at", null: false
    t.index ["package_id"], name: "index_comments_on_package_id"
    t.index ["parent_id"], name: "index_comments_on_parent_id"
    t.index ["user_id"], name: "index_comments_on_user_id"
  end

  create_table "packages", id: :integer, charset: "utf8mb4", force: :cascade do |t|
    t.string "name", null: false
    t.integer "maintainer_id"
    t.datetime "created_at", null: false
    t.datetime "updated_at", null: false
    t.index ["maintainer_id"], name: "index_packages_on_maintainer_id"
    t.index ["name"], name: "index_packages_on_name", unique: true
  end

  create_table "users", id: :integer, charset: "utf8mb4", force: :cascade do |t|
    t.string "login", null: false
    t.string "email", null: false
    t.boolean "admin", default: false, null: false
    t.datetime "created_at", null: false
    t.datetime "updated_at", null: false
    t.index ["login"], name: "index_users_on_login", unique: true
  end

  add_foreign_key "comments", "users"
end
