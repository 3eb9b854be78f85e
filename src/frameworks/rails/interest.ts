import { overlay } from '../../overlay.ts';
import type { FirstReading, Interest, SourceFile } from '../../reading.ts';
import type { Operation } from '../../schema/operation.ts';
import type { Watch } from '../framework.ts';
import { readMigration } from './migrations.ts';
import { type Inflector, inflectionsIn, inflector } from './models/inflections.ts';
import type { Association, Model, Models } from './models/model.ts';
import { readModels } from './models/models.ts';
import { dumpPlace, migrationPlace } from './places.ts';
import { associationWords, attributeWords } from './references/attribute-names.ts';
import { includedNames, reshapes } from './reshaping.ts';
import { gainedBy, lostBy, type Stake } from './stake.ts';
import { isCode } from './wants.ts';

/** What only the definition of a model says, wherever it stands: such a file is a definition by its text. */
const definitionMarks = ['< ApplicationRecord', '< ActiveRecord::Base', 'self.table_name', 'set_table_name'];

/**
 * Relevant is what can change a schema or use one. Names are those that a migration of the pull request takes away, and
 * those that it brings where the pull request changes what the lines around it reach.
 */
export function interest({ changed }: FirstReading, watch: Watch): Interest {
  const relevant = changed.some((file) => matters(file.path) || matters(file.previousPath));
  const operations = operationsIn(changed, watch);
  const wording = { words: inflector(null), few: operations.length <= mostInflected };
  const reshaped = !gainedBy(operations).isEmpty && reshapes(changed);
  const names = [
    ...definitionMarks,
    ...operations.flatMap((operation) => lostWords(operation, wording)),
    ...(reshaped
      ? [...operations.flatMap((operation) => gainedWords(operation, wording)), ...includedNames(changed)]
      : []),
  ];
  return {
    relevant,
    names: relevant ? [...new Set(names)] : [],
    asksDefinitions: relevant && (reshaped || !lostBy(operations).isEmpty),
  };
}

/** Whether a change of the file can change a schema, or how code uses one. */
export function matters(path: string): boolean {
  return isCode(path) || migrationPlace(path) !== null || dumpPlace(path) !== null;
}

/**
 * The classes over what is at stake, by whatever name, and the associations, aliases and enums that stand on it: as the
 * target's definitions have them, and as the pull request's do.
 */
export function furtherNames(first: FirstReading, files: readonly SourceFile[], watch: Watch): readonly string[] {
  const operations = operationsIn(first.changed, watch);
  const lost = lostBy(operations);
  const stakes = [lost, gainedBy(operations)].filter(({ isEmpty }) => !isEmpty);
  const after = overlay({ paths: [], files }, first.changed).files;
  const inflections = inflectionsIn(after);
  const names = [files, after].flatMap((side) => {
    const models = readModels(side.filter(isRuby), {
      inflector: inflections,
      watch,
      isTable: (table) => lost.tables.has(table),
    });
    return stakes.flatMap((stake) => namesIn(models, stake, inflections));
  });
  return [...new Set(names)];
}

function isRuby({ path }: SourceFile): boolean {
  return path.endsWith('.rb') && isCode(path);
}

function operationsIn(changed: FirstReading['changed'], watch: Watch): readonly Operation[] {
  return changed
    .filter((file) => file.head !== null && migrationPlace(file.path))
    .flatMap(({ path, head }) => {
      const file = { path, text: head ?? '' };
      return watch(path, () => inAnyDialect(file));
    });
}

/** Which database it is for is not known yet, and SQL that one of them refuses another may understand. */
function inAnyDialect(file: SourceFile): readonly Operation[] {
  const { operations } = readMigration(file, { database: 'postgres' });
  if (!operations.some(({ kind }) => kind === 'opaque')) return operations;
  return [...operations, ...readMigration(file, { database: 'mariadb' }).operations];
}

/** Every word makes the search through the tree slower: where very much is at stake, the names themselves must do. */
const mostInflected = 300;

interface Wording {
  readonly words: Inflector;
  readonly few: boolean;
}

/** The words by which code may name what an operation takes away; of a key column also its association. */
function lostWords(operation: Operation, { words, few }: Wording): readonly string[] {
  switch (operation.kind) {
    case 'drop-column':
    case 'rename-column':
      return columnWords(operation.column, few);
    case 'drop-table':
    case 'rename-table':
    case 'drop-view':
      return [operation.table, words.classify(operation.table), words.singularize(operation.table)];
    default:
      return [];
  }
}

function gainedWords(operation: Operation, { few }: Wording): readonly string[] {
  if (operation.kind === 'add-column') return columnWords(operation.column.name, few);
  return operation.kind === 'rename-column' ? columnWords(operation.to, few) : [];
}

function columnWords(column: string, few: boolean): readonly string[] {
  if (!few) return [column, column.replace(/_(?:id|type)$/, '')];
  const association = /^(.+)_(?:id|type)$/.exec(column)?.[1];
  return [...attributeWords(column), ...(association ? associationWords(association) : [])];
}

function namesIn(models: Models, stake: Stake, inflections: Inflector): readonly string[] {
  return models.all.flatMap((model) => [
    ...(model.table !== null && stake.tables.has(model.table) ? classWords(model, inflections) : []),
    ...[...model.associations.values()]
      .filter((association) => standsOn(association, stake, models))
      .flatMap(({ name }) => [...associationWords(name), inflections.singularize(name)]),
    ...attributesOn(model, stake),
  ]);
}

/** `Legacy::Person` → `Person`, `person`, `people`. */
function classWords({ name }: Model, { underscore, pluralize }: Inflector): readonly string[] {
  const last = name.slice(name.lastIndexOf(':') + 1);
  const word = underscore(last);
  return [last, word, pluralize(word)];
}

function standsOn({ keyTable, keys, counter, targets }: Association, stake: Stake, { byName }: Models): boolean {
  if (keyTable !== null && (stake.tables.has(keyTable) || keys.some((key) => stake.hasColumn(keyTable, key))))
    return true;
  if (counter !== null && stake.hasColumn(counter.table, counter.column)) return true;
  return targets.some((target) => stake.tables.has(byName.get(target)?.table ?? ''));
}

/** Other names of a column at stake: `alias_attribute`, and the methods of its enum. */
function attributesOn({ table, aliases, enums }: Model, stake: Stake): readonly string[] {
  if (table === null) return [];
  return [...aliases, ...enums]
    .filter(([, attribute]) => stake.hasColumn(table, attribute))
    .flatMap(([name]) => [name.replace(/[?!]$/, '')]);
}
