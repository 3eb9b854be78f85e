import { nameOf, textOf } from './known.ts';
import type { Machine } from './machine.ts';
import { type Call, text, unknown, type Value } from './value.ts';

/** What each driver calls itself; `trilogy` and `mysql2` speak to both MySQL and MariaDB. */
export const adapterNames: Readonly<Record<Machine['database'], string>> = {
  postgres: 'PostgreSQL',
  mysql: 'Mysql2',
  mariadb: 'Mysql2',
  sqlite: 'SQLite',
};

/** What `config/database.yml` calls the database. Two drivers speak to MySQL, `mysql2` and `trilogy`. */
export function driver({ database }: Pick<Machine, 'database'>): Value {
  if (database === 'postgres') return text('postgresql');
  return database === 'sqlite' ? text('sqlite3') : unknown;
}

/** `connection_db_config.adapter`, `config[:adapter]`. */
export function asksAdapter({ name, positional }: Call): boolean {
  if (name === 'adapter') return positional.length === 0;
  return (name === '[]' || name === 'fetch' || name === 'dig') && textOf(positional.at(-1)) === 'adapter';
}

/** A name between the database's own quotes. */
export function quoted(machine: Machine, call: Call): Value {
  const name = nameOf(call.positional[0]);
  if (name === null) return unknown;
  const quote = machine.database === 'mysql' || machine.database === 'mariadb' ? '`' : '"';
  return text(
    name
      .split('.')
      .map((part) => quote + part + quote)
      .join('.'),
  );
}

/** A value as the database writes it. */
export function literal(call: Call): Value {
  const [value] = call.positional;
  if (value?.kind === 'text') return text(`'${value.text.replaceAll("'", "''")}'`);
  return value?.kind === 'number' ? value : unknown;
}
