import { engineOf } from '../engines/index.ts';
import type { AppReading } from '../frameworks/framework.ts';
import type { ForeignKey, Operation } from '../schema/operation.ts';
import { addedEmpty } from './added-empty.ts';
import { callAt, cutOption, cutStatement, standing } from './rails-cut.ts';
import { authorOf, type RailsMigration } from './rails-migration.ts';
import { type Cooked, type Cut, type Kitchen, type Recipe, refused } from './recipe.ts';
import { areHarmless, joinOf, referentialAction } from './sql-names.ts';
import { renderMigration } from './template.ts';

type AddForeignKey = Extract<Operation, { readonly kind: 'add-foreign-key' }>;

/**
 * The foreign key that MySQL and MariaDB add by copying the table leaves the author's migration for one of its own,
 * which adds it with `foreign_key_checks` off around that statement only. `ALGORITHM` and `LOCK` make the server refuse
 * rather than copy or wait; MariaDB's `SET STATEMENT … FOR` would be shorter and MySQL does not know it.
 */
export const addForeignKey: Recipe<'add-foreign-key'> = (operation, kitchen): Cooked => {
  const { app } = kitchen;
  if (app.dialect.framework !== 'rails' || engineOf(app.app.database)?.cost(operation)?.work !== 'copy') {
    return refused('no recipe yet for a foreign key on this database');
  }
  if (operation.conditional) return refused('whether the foreign key is added is decided only when the migration runs');
  const view = viewOf(operation, kitchen);
  if (!view)
    return refused('the foreign key has a name, a column or an option that is not written into a new migration');
  const author = authorOf(kitchen);
  const cuts = author && cutsOf(author, operation);
  if (!cuts) return refused(byHand);

  const { superclass, frozen } = author;
  const render = (className: string) =>
    renderMigration('rails/add-foreign-key', { ...view, className, superclass, frozen });
  return { ok: true, rewrite: { cuts, name: nameOf(operation), render } };
};

const byHand =
  'the foreign key does not stand as a statement of its own (a loop, a condition, a helper or SQL adds it); write it out as one `add_foreign_key`, then it can be split';

/** What goes from the author's text. Null where it is not understood. */
function cutsOf({ file, entry, down }: RailsMigration, operation: AddForeignKey): readonly Cut[] | null {
  const found = callAt(file, standing(entry), operation.at);
  if (!found) return null;
  switch (found.call.name) {
    case 'add_foreign_key':
    case 'foreign_key': {
      const cut = cutStatement(file, found);
      const undone = down ? [...standing(down)].filter(({ call }) => call.name === 'remove_foreign_key') : [];
      const undo = undone[0] ? cutStatement(file, undone[0]) : null;
      if (!cut || undone.length > 1 || (undone[0] && !undo)) return null;
      return undo ? [cut, undo] : [cut];
    }
    case 'add_reference':
    case 'add_belongs_to':
    case 'references':
    case 'belongs_to': {
      const cut = cutOption(file, found.call, 'foreign_key');
      return cut && [cut];
    }
    default:
      return null;
  }
}

/** A name that nobody chose says nothing, so the columns speak. */
function nameOf({ table, foreignKey: { name, columns } }: AddForeignKey): string {
  const subject = name === null || name.startsWith('fk_rails_') ? `foreign_key_on_${columns.join('_and_')}` : name;
  return `add_${subject}_to_${table}`.toLowerCase().replace(/_+/g, '_');
}

/** Everything that the template writes, each name harmless in Ruby and in SQL. Null where one is not. */
function viewOf(operation: AddForeignKey, { app }: Kitchen): object | null {
  const { table, foreignKey } = operation;
  const { toTable, columns, onDelete, onUpdate } = foreignKey;
  const toColumns = referencedColumns(foreignKey, app.before.schema.tables.get(toTable)?.primaryKey ?? []);
  const name = foreignKey.name ?? null;
  const [onDeleteWords, onUpdateWords] = [referentialAction(onDelete), referentialAction(onUpdate)];
  if (name === null || onDeleteWords === null || onUpdateWords === null) return null;
  if (columns.length === 0 || toColumns.length !== columns.length) return null;
  if (!areHarmless([table, toTable, name, ...columns, ...toColumns])) return null;
  const { migrations } = app;
  return {
    table,
    toTable,
    name,
    columns: list(columns),
    toColumns: list(toColumns),
    actions: `${onDeleteWords && ` ON DELETE ${onDeleteWords}`}${onUpdateWords && ` ON UPDATE ${onUpdateWords}`}`,
    columnWords: columns.join(', '),
    counts: !isKnown(app, toTable) || !columns.some((column) => addedEmpty(migrations, table, column)),
    safetyAssured: app.dialect.helpers.some((each) => each === 'strong_migrations' || each === 'online_migrations'),
    orphans: joinOf({ table, columns, toTable, toColumns }),
  };
}

/**
 * With the checks off the server takes a foreign key to a table that is not there (measured on MariaDB 10.11; types and
 * indexes that do not fit are refused all the same). The count fails on such a table, so it also guards against that.
 */
function isKnown({ before, pending, migrations }: AppReading, table: string): boolean {
  const creates = [...pending, ...migrations].some((migration) =>
    migration.operations.some((operation) => operation.kind === 'create-table' && operation.table === table),
  );
  return creates || before.schema.tables.has(table);
}

function referencedColumns({ toColumns, columns }: ForeignKey, primaryKey: readonly string[]): readonly string[] {
  if (toColumns.length > 0) return toColumns;
  return primaryKey.length === columns.length ? primaryKey : ['id'];
}

function list(columns: readonly string[]): string {
  return columns.map((column) => `\`${column}\``).join(', ');
}
