import type { DropStmt, ObjectType as ParsedObjectType, RenameStmt } from 'libpg-query';

import type { Operation } from '../../schema/operation.ts';
import { afterRelation } from './alter-table.ts';
import { type Context, step, type Tree } from './context.ts';
import { forgetTable } from './memory.ts';
import { listName, nodeName, relationName, texts } from './names.ts';
import { altered, objectType } from './objects.ts';
import { clauseStarts } from './source.ts';

/** DROP of one or more objects of one kind; each has its own place. */
export function drop(context: Context, statement: DropStmt): readonly Operation[] {
  const starts = clauseStarts(context.source, context.start);
  return (statement.objects ?? []).map((node, index) => dropOne(context, statement, node, starts[index]));
}

function dropOne(context: Context, statement: DropStmt, node: Tree, offset: number | undefined): Operation {
  const at = step(context, statement.missing_ok, offset);
  const name = nodeName(node);
  switch (statement.removeType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
      forgetTable(context.memory, name);
      return { kind: 'drop-table', table: name, ...at };
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
      return { kind: 'drop-view', table: name, ...at };
    case 'OBJECT_INDEX':
      return dropIndex(context, name, statement.concurrent === true, at);
    case 'OBJECT_TYPE':
      return { kind: 'drop-enum', table: null, name, ...at };
    case 'OBJECT_TRIGGER':
    case 'OBJECT_POLICY':
    case 'OBJECT_RULE':
      return { kind: 'drop-object', object: objectType(statement.removeType), ...onTable(node), ...at };
    default:
      return dropOther(statement.removeType, name, at);
  }
}

function dropIndex(context: Context, name: string, concurrently: boolean, at: ReturnType<typeof step>): Operation {
  const bare = name.slice(name.lastIndexOf('.') + 1);
  const table = context.memory.names.get(bare) ?? null;
  context.memory.names.delete(bare);
  return { kind: 'drop-index', table, name: bare, columns: [], concurrently, ...at };
}

function dropOther(type: ParsedObjectType | undefined, name: string, at: ReturnType<typeof step>): Operation {
  const object = objectType(type);
  const what = (type ?? '').replace('OBJECT_', '').replaceAll('_', ' ').toLowerCase();
  return { kind: 'drop-object', object, table: null, name: object === 'other' ? `${what} ${name}` : name, ...at };
}

/** The parts of a trigger's name in a tree: those of its table, then its own. */
function onTable(node: Tree): { readonly table: string | null; readonly name: string } {
  const parts = 'List' in node ? (node.List.items ?? []) : [];
  return { table: listName(parts.slice(0, -1)), name: texts(parts.slice(-1))[0] ?? '' };
}

/** ALTER … RENAME. */
export function rename(context: Context, statement: RenameStmt): readonly Operation[] {
  const { renameType, relation, subname = '', newname: to = '', missing_ok, object } = statement;
  const offset = relation ? afterRelation(context, relation.location) : context.start;
  const at = step(context, missing_ok, offset);
  const table = relationName(relation);
  switch (renameType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_FOREIGN_TABLE':
      return [{ kind: 'rename-table', table, to: beside(table, to), ...at }];
    case 'OBJECT_COLUMN':
      return [{ kind: 'rename-column', table, column: subname, to, ...at }];
    case 'OBJECT_INDEX': {
      const name = relation?.relname ?? '';
      return [{ kind: 'rename-index', table: renamed(context, name, to), name, to, ...at }];
    }
    case 'OBJECT_TABCONSTRAINT':
      return [{ kind: 'rename-constraint', table, name: subname, to, ...at }];
    case 'OBJECT_TYPE':
      return [{ kind: 'rename-enum', table: null, name: nodeName(object), to: beside(nodeName(object), to), ...at }];
    case 'OBJECT_TRIGGER':
    case 'OBJECT_POLICY':
    case 'OBJECT_RULE':
      return altered(context, { object: objectType(renameType), name: subname, table, conditional: missing_ok });
    default:
      return altered(context, {
        object: objectType(renameType),
        name: relation ? table : nodeName(object) || subname,
        conditional: missing_ok,
      });
  }
}

/** A new name stands without a schema: it stays in that of the old one. */
function beside(name: string, to: string): string {
  return name.slice(0, name.lastIndexOf('.') + 1) + to;
}

function renamed(context: Context, name: string, to: string): string | null {
  const table = context.memory.names.get(name);
  if (table === undefined) return null;
  context.memory.names.delete(name);
  context.memory.names.set(to, table);
  return table;
}
