import type { AppReading } from '../frameworks/framework.ts';
import { migrationPlace } from '../frameworks/rails/places.ts';
import { code } from '../hazards/words.ts';
import { applyAll } from '../schema/apply.ts';
import type { Migration } from '../schema/migration.ts';
import { changedFacts } from './proof-facts.ts';
import { catalogueQuery, versionsQuery } from './proof-query.ts';

type Reading = Pick<AppReading, 'app' | 'before' | 'pending' | 'migrations'>;

/**
 * Read-only queries that prove that a phase's migrations ran, each with the number of rows that it gives then; empty
 * where it runs none. Each database is asked by itself.
 */
export function proofOf(apps: readonly Reading[]): string {
  const running = apps.filter(({ migrations }) => migrations.length > 0);
  return running
    .flatMap((app) => byDatabase(app.migrations).map(([name, migrations]) => ({ app, name, migrations })))
    .map(({ app, name, migrations }) => {
      const where = [
        ...(running.length > 1 ? [`in ${code(app.app.root || '.')}`] : []),
        ...(name === '' ? [] : [`on the database ${code(name)}`]),
      ];
      return [...where, proofOn(app, migrations)].join(', ');
    })
    .join('; ');
}

/** The main database has no name. */
function byDatabase(migrations: readonly Migration[]): readonly (readonly [string, readonly Migration[]])[] {
  const databases = new Map<string, Migration[]>();
  for (const migration of migrations) {
    const name = migrationPlace(migration.path)?.databaseName ?? '';
    const known = databases.get(name);
    if (known) known.push(migration);
    else databases.set(name, [migration]);
  }
  return [...databases].sort(([one], [other]) => (one < other ? -1 : 1));
}

/**
 * What was added is asked for; only where nothing was, what must be gone; and where neither has a name of its own, which
 * versions ran. Rows that change show in their versions alone.
 */
function proofOn({ app, before, pending }: Reading, migrations: readonly Migration[]): string {
  const start = applyAll(before.schema, operationsOf(pending));
  const operations = operationsOf(migrations);
  const { brought, taken } = changedFacts(operations, start, applyAll(start, operations));
  const facts = brought.length > 0 ? brought : taken;
  const query = catalogueQuery(facts, app.database);
  const [schema, data] = (['schema', 'data'] as const).map((kind) => migrations.filter((each) => each.kind === kind));
  return [
    ...(query === null ? ran('schema_migrations', schema ?? []) : [gives(query, brought.length)]),
    ...ran('data_migrations', data ?? []),
  ].join(' and ');
}

function ran(table: string, migrations: readonly Migration[]): readonly string[] {
  if (migrations.length === 0) return [];
  const versions = migrations.map(({ version }) => version);
  return [gives(versionsQuery(table, versions), versions.length)];
}

function gives(query: string, rows: number): string {
  return `\`${query};\` gives ${rows} ${rows === 1 ? 'row' : 'rows'}`;
}

function operationsOf(migrations: readonly Migration[]) {
  return migrations.flatMap((migration) => migration.operations);
}
