import type { Tree } from '../../reading.ts';
import type { Watch } from '../framework.ts';
import { activeRecordDefaults } from './defaults.ts';
import type { KnownColumns } from './known-columns.ts';
import { inflectionsIn } from './models/inflections.ts';
import type { Models } from './models/model.ts';
import { readModels } from './models/models.ts';
import { type References, readReferences } from './references/references.ts';
import { constantsAt } from './references/shadows.ts';
import { isCode, isForeign } from './wants.ts';

/** What one side's code needs, and its models. A model may stand in any file: what is read holds all that matter. */
export interface CodeNeeds extends References {
  readonly models: Models | null;
}

/** Of a side that nobody needs to read. */
export const noNeeds: CodeNeeds = { models: null, references: [], implied: [], unread: [] };

/** What is known of the tables, whichever side is read. */
export interface KnownTables {
  readonly columns: KnownColumns;
  /** The columns that a process reads when it starts before all migrations. */
  readonly atStart: (table: string) => Iterable<string> | null;
  readonly watch: Watch;
}

/** Which needs are of use. */
export interface Question {
  readonly wants: (table: string, column: string | null, path: string, line: number) => boolean;
  /** Only these files can hold what is wanted. Left out: all can. */
  readonly only?: ReadonlySet<string> | undefined;
}

/** What the code of one side needs of the names that the question is about. */
export function codeNeeds({ paths, files }: Tree, known: KnownTables, { wants, only }: Question): CodeNeeds {
  const { columns, atStart, watch } = known;
  const code = files.filter((file) => isCode(file.path) && !isForeign(file));
  const ruby = code.filter(({ path }) => path.endsWith('.rb'));
  const isTable = (table: string) => columns(table) !== null;
  const models = readModels(ruby, { inflector: inflectionsIn(files), watch, isTable });
  const found = readReferences(only ? code.filter(({ path }) => only.has(path)) : code, {
    models,
    columnsOf: columns,
    columnsAtStart: atStart,
    constants: constantsAt(paths),
    wants,
    defaults: activeRecordDefaults(files),
    watch,
  });
  return { ...found, models };
}

/** Whether a model has a macro that may define a method of the column's name. */
export function mayDefine({ models }: CodeNeeds, table: string, column: string): boolean {
  return (
    models?.byTable.get(table)?.some(({ claimed, declared }) => claimed.has(column) || declared.has(column)) ?? false
  );
}
