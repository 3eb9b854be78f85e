import type { Files } from '../github/git.ts';

/** A small Rails project that restarts its servers before it migrates. */
const comment = `class Comment < ApplicationRecord
  validates :body, presence: true
end
`;

const schema = (columns: string) => `ActiveRecord::Schema[7.1].define(version: 2026_01_01_000000) do
  create_table "comments", charset: "utf8mb4", force: :cascade do |t|
    t.text "body"
${columns}  end
end
`;

export const shelf: Files = {
  'README.md': 'A shelf.\n',
  'config/application.rb': 'module Shelf\n  class Application < Rails::Application\n  end\nend\n',
  'config/database.yml': 'production:\n  adapter: mysql2\n',
  'app/models/application_record.rb':
    'class ApplicationRecord < ActiveRecord::Base\n  self.abstract_class = true\nend\n',
  'app/models/comment.rb': comment,
  'db/schema.rb': schema(''),
  '.github/bellows.yml': 'deploy:\n  order: code-first\n',
};

const migration = `class AddModeratedAtToComments < ActiveRecord::Migration[7.1]
  def change
    add_column :comments, :moderated_at, :datetime
  end
end
`;

/** Only the column: safe in any order. */
export const expand: Files = {
  'db/migrate/20260102000000_add_moderated_at_to_comments.rb': migration,
  'db/schema.rb': schema('    t.datetime "moderated_at"\n'),
  'app/models/comment.rb': comment,
};

/** The column and the code that reads it: new code meets the old schema. */
export const incident: Files = {
  ...expand,
  'app/models/comment.rb': `class Comment < ApplicationRecord
  validates :body, presence: true

  def body
    moderated_at ? 'Hidden by a moderator' : super
  end
end
`,
};
