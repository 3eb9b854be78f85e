import { describe, expect, it } from 'vitest';

import { databaseOf } from '../../../src/frameworks/rails/database.ts';
import { defaultSettings, parseSettings, settingsPath } from '../../../src/settings.ts';

function told(
  files: Readonly<Record<string, string>>,
  settings = defaultSettings,
  migration: string | null = 'db/migrate/1_change.rb',
): string {
  const read = Object.entries(files).map(([path, text]) => ({ path, text }));
  const { database, databaseEvidence, unread } = databaseOf({ root: '', files: read, migration }, settings);
  const from = databaseEvidence ? `${databaseEvidence.path}:${databaseEvidence.line}` : 'assumed';
  return [`${database} ${from}`, ...unread.map(({ path, line }) => `asks ${path}:${line}`)].join(', ');
}

const lock = (...gems: readonly string[]) => `GEM\n  specs:\n${gems.map((gem) => `    ${gem} (1.0)\n`).join('')}`;

describe('the database of a Rails app', () => {
  it('is what the settings say', () => {
    const settings = parseSettings('apps:\n  - root: .\n    database: mariadb\n', settingsPath);
    expect(told({ 'config/database.yml': 'production:\n  adapter: postgresql\n' }, settings)).toBe(
      `mariadb ${settingsPath}:2`,
    );
  });

  it('is the adapter of production, through what its section takes over', () => {
    const text =
      'mysql: &mysql\n  adapter: mysql2\nlite: &lite\n  adapter: sqlite3\n\ndevelopment:\n  <<: *lite\nproduction:\n  <<: *mysql\n';
    expect(told({ 'config/database.yml': text })).toBe('mysql config/database.yml:2');
    const own = 'development:\n  adapter: sqlite3\nproduction:\n  primary:\n    adapter: postgis # as the maps need\n';
    expect(told({ 'config/database.yml': own })).toBe('postgres config/database.yml:5');
    const url = 'production:\n  url: <%= ENV["DATABASE_URL"] || "mysql2://localhost/app" %>\n';
    expect(told({ 'config/database.yml': url })).toBe('mysql config/database.yml:2');
  });

  it('is not the adapter of the tests', () => {
    const text = 'development:\n  adapter: mysql2\ntest:\n  adapter: sqlite3\n';
    expect(told({ 'config/database.yml': text })).toBe('mysql config/database.yml:2');
  });

  it('is the one literal that ERB falls back to', () => {
    const text =
      "default: &default\n  adapter: <%= ENV.fetch('DB_ADAPTER', 'mysql2') %>\nproduction:\n  <<: *default\n";
    expect(told({ 'config/database.yml': text })).toBe('mysql config/database.yml:2');
  });

  it('is told by the driver where the adapter is computed', () => {
    const text = "production:\n  adapter: <%= ENV['DB_ADAPTER'] %>\n";
    expect(told({ 'config/database.yml': text, 'Gemfile.lock': lock('mysql2', 'rails') })).toBe('mysql Gemfile.lock:3');
    const url = 'development:\n  adapter: sqlite3\nproduction:\n  url: <%= ENV["DATABASE_URL"] %>\n';
    const gemfile = "gem 'pg', group: :production\ngem 'sqlite3', groups: %i[development test]\n";
    expect(told({ 'config/database.yml': url, Gemfile: gemfile })).toBe('postgres Gemfile:1');
  });

  it('is the driver that production loads', () => {
    const gemfile = `gem 'rails'
gem 'sqlite3', group: [:development, :test]
platforms :ruby do
  gem 'trilogy'
end
group :development, :test do
  gem 'pg'
end
`;
    expect(told({ Gemfile: gemfile, 'Gemfile.lock': lock('pg', 'sqlite3', 'trilogy') })).toBe('mysql Gemfile:4');
  });

  it('is the server that the containers run, which also tells MariaDB from MySQL', () => {
    const compose = 'services:\n  db:\n    image: mariadb:11\n';
    expect(told({ 'compose.yaml': compose })).toBe('mariadb compose.yaml:3');
    expect(told({ 'docker-compose.yml': compose, Gemfile: "gem 'mysql2'\n" })).toBe('mariadb docker-compose.yml:3');
    expect(told({ 'docker-compose.yml': compose, Gemfile: "gem 'pg'\n" })).toBe('postgres Gemfile:1');
    const url = 'services:\n  web:\n    environment:\n      DATABASE_URL: mysql2://db/app\n';
    expect(told({ 'docker-compose.yml': url })).toBe('mysql docker-compose.yml:4');
  });

  it('is asked for where several speak and none of them for production', () => {
    const gemfile = "gem 'mysql2' if db == 'mysql'\ngem 'pg' if db == 'pg'\n";
    expect(told({ Gemfile: gemfile })).toBe('postgres assumed, asks Gemfile:1');
    const text = "production:\n  adapter: <%= ENV['DB'] == 'pg' ? 'postgresql' : 'mysql2' %>\n";
    expect(told({ 'config/database.yml': text })).toBe('postgres assumed, asks config/database.yml:2');
    const examples = {
      'config/database.yml.mysql': 'production:\n  adapter: mysql2\n',
      'config/database.yml.postgresql': 'production:\n  adapter: postgresql\n',
    };
    expect(told(examples)).toBe('postgres assumed, asks config/database.yml.mysql:2');
    expect(told({ ...examples, 'Gemfile.lock': lock('mysql2') })).toBe('mysql Gemfile.lock:3');
  });

  it('is asked for where nothing tells', () => {
    expect(told({})).toBe('postgres assumed, asks db/migrate/1_change.rb:1');
  });

  it('matters to a migration only', () => {
    expect(told({}, defaultSettings, null)).toBe('postgres assumed');
  });
});
