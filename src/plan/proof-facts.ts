import type { Operation } from '../schema/operation.ts';
import type { Schema } from '../schema/schema.ts';
import type { Fact } from './proof-query.ts';

/** What an operation brings and takes away, of what a catalogue lists by name. */
interface Change {
  readonly brought: readonly Fact[];
  readonly taken: readonly Fact[];
}

/** What holds in the end and did not at first, and the other way round; what only changes tells nothing by its name. */
export function changedFacts(operations: readonly Operation[], before: Schema, after: Schema): Change {
  const changes = operations.map(changeOf);
  return {
    brought: distinct(changes.flatMap(({ brought }) => brought)).filter(
      (fact) => !holds(before, fact) && holds(after, fact),
    ),
    taken: distinct(changes.flatMap(({ taken }) => taken)).filter((fact) => !holds(after, fact)),
  };
}

function changeOf(operation: Operation): Change {
  switch (operation.kind) {
    case 'create-table':
      return { brought: [table(operation.table)], taken: [] };
    case 'drop-table':
      return { brought: [], taken: [table(operation.table)] };
    case 'rename-table':
      return { brought: [table(operation.to)], taken: [table(operation.table)] };
    case 'add-column':
      return { brought: [column(operation.table, operation.column.name)], taken: [] };
    case 'drop-column':
      return { brought: [], taken: [column(operation.table, operation.column)] };
    case 'rename-column':
      return { brought: [column(operation.table, operation.to)], taken: [column(operation.table, operation.column)] };
    case 'add-foreign-key':
      return { brought: constraint(operation.table, operation.foreignKey.name), taken: [] };
    case 'add-check':
      return { brought: constraint(operation.table, operation.check.name), taken: [] };
    case 'drop-foreign-key':
    case 'drop-check':
    case 'drop-constraint':
      return { brought: [], taken: constraint(operation.table, operation.name) };
    case 'rename-constraint':
      return {
        brought: constraint(operation.table, operation.to),
        taken: constraint(operation.table, operation.name),
      };
    default:
      return { brought: [], taken: [] };
  }
}

function table(name: string): Fact {
  return { of: 'tables', table: name, name: null };
}

function column(of: string, name: string): Fact {
  return { of: 'columns', table: of, name };
}

function constraint(of: string, name: string | null): readonly Fact[] {
  return name === null ? [] : [{ of: 'table_constraints', table: of, name }];
}

function holds(schema: Schema, { of, table, name }: Fact): boolean {
  const known = schema.tables.get(table);
  if (of === 'tables') return known !== undefined;
  if (of === 'columns') return known?.columns.has(name ?? '') ?? false;
  return [...(known?.foreignKeys ?? []), ...(known?.checks ?? [])].some((each) => each.name === name);
}

/** A name with its schema before it is listed without: such a table is not asked for. */
function distinct(facts: readonly Fact[]): readonly Fact[] {
  const plain = facts.filter((fact) => !fact.table.includes('.'));
  return [...new Map(plain.map((fact) => [JSON.stringify(fact), fact])).values()];
}
