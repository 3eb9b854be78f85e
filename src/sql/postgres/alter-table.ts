import type { AlterTableCmd, AlterTableStmt, ObjectType as ParsedObjectType } from 'libpg-query';

import type { Operation } from '../../schema/operation.ts';
import { type Clause, changedDefault, changedType } from './alter-column.ts';
import { storage } from './columns.ts';
import { addedConstraint } from './constraints.ts';
import { type Context, step } from './context.ts';
import { addColumn } from './create-table.ts';
import { relationName } from './names.ts';
import { objectType } from './objects.ts';
import { optionWords } from './option-words.ts';
import { clauseEnd, clauseStarts, slice } from './source.ts';
import { tokenFrom } from './tokens.ts';

/** ALTER TABLE, and what else may hold the same clauses: ALTER INDEX, VIEW, SEQUENCE, TYPE. */
export function alterTable(context: Context, statement: AlterTableStmt): readonly Operation[] {
  const commands = (statement.cmds ?? []).flatMap((node) => ('AlterTableCmd' in node ? [node.AlterTableCmd] : []));
  const table = relationName(statement.relation);
  const starts = clauseStarts(context.source, afterRelation(context, statement.relation?.location));
  const clauses = commands.map((command, index) => ({
    table,
    command,
    offset: starts[index] ?? context.start,
    conditional: statement.missing_ok === true || command.missing_ok === true,
  }));
  return clauses.flatMap((clause) =>
    isTable(statement.objtype) ? changed(context, clause) : [alteredObject(context, clause, statement.objtype)],
  );
}

function isTable(type: ParsedObjectType | undefined): boolean {
  return type === 'OBJECT_TABLE' || type === 'OBJECT_FOREIGN_TABLE' || type === 'OBJECT_MATVIEW';
}

/** The first clause stands behind the table's name, which may be in brackets or have a `*`. */
export function afterRelation(context: Context, location: number | undefined): number {
  const { source } = context;
  let end = source.offset(location);
  for (let token = tokenFrom(source.text, end); token; token = tokenFrom(source.text, end)) {
    const text = source.text.slice(token.start, token.end);
    const named = end === source.offset(location) || source.text[end - 1] === '.';
    if (!named && text !== '.' && text !== '*' && text !== ')') return token.start;
    end = token.end;
  }
  return end;
}

function alteredObject(
  context: Context,
  { table, command, offset, conditional }: Clause,
  type: ParsedObjectType | undefined,
): Operation {
  return {
    kind: 'alter-object',
    object: objectType(type),
    table: null,
    name: table,
    change: wordsOf(command) ?? slice(context.source, offset, clauseEnd(context.source, offset)),
    ...step(context, conditional, offset),
  };
}

function wordsOf({ subtype = 'AT_AddColumn', name, newowner }: AlterTableCmd): string | null {
  const words = optionWords[subtype];
  if (words === undefined) return null;
  return [words, name ?? newowner?.rolename].filter((word) => word !== undefined).join(' ');
}

function changed(context: Context, clause: Clause): readonly Operation[] {
  const { table, command, offset, conditional } = clause;
  const { subtype, def, name = '' } = command;
  const at = step(context, conditional, offset);
  switch (subtype) {
    case 'AT_AddColumn':
      return def && 'ColumnDef' in def ? addColumn(context, table, def.ColumnDef, { offset, conditional }) : [];
    case 'AT_DropColumn':
      return [{ kind: 'drop-column', table, column: name, ...at }];
    case 'AT_ColumnDefault':
      return [changedDefault(context, clause)];
    case 'AT_DropNotNull':
      return [{ kind: 'drop-not-null', table, column: name, ...at }];
    case 'AT_SetNotNull':
      return [{ kind: 'set-not-null', table, column: name, ...at }];
    case 'AT_AlterColumnType':
      return changedType(context, clause);
    case 'AT_AddConstraint':
      if (!def || !('Constraint' in def)) return [];
      return addedConstraint(context, { table, column: null, constraint: def.Constraint, conditional, offset });
    case 'AT_DropConstraint':
      return [{ kind: 'drop-constraint', table, name, ...at }];
    case 'AT_ValidateConstraint':
      return [{ kind: 'validate-constraint', table, name, columns: [], ...at }];
    case 'AT_AddIdentity':
      return [{ kind: 'set-generated', table, column: name, generated: 'identity', ...at }];
    case 'AT_SetExpression':
      return [{ kind: 'set-generated', table, column: name, generated: storage('s'), ...at }];
    case 'AT_DropIdentity':
    case 'AT_DropExpression':
      return [{ kind: 'set-generated', table, column: name, generated: null, ...at }];
    default:
      return changedStorage(context, clause);
  }
}

function changedStorage(context: Context, { table, command, offset, conditional }: Clause): readonly Operation[] {
  const at = step(context, conditional, offset);
  const { subtype, def } = command;
  const partition = def && 'PartitionCmd' in def ? def.PartitionCmd : null;
  switch (subtype) {
    case 'AT_AttachPartition':
      return [{ kind: 'attach-partition', table, partition: relationName(partition?.name), ...at }];
    case 'AT_DetachPartition': {
      const concurrently = partition?.concurrent === true;
      return [{ kind: 'detach-partition', table, partition: relationName(partition?.name), concurrently, ...at }];
    }
    case 'AT_SetLogged':
      return [{ kind: 'rewrite-table', table, manner: 'set logged', ...at }];
    case 'AT_SetUnLogged':
      return [{ kind: 'rewrite-table', table, manner: 'set unlogged', ...at }];
    case 'AT_SetTableSpace':
      return [{ kind: 'rewrite-table', table, manner: 'set tablespace', ...at }];
    case 'AT_SetAccessMethod':
      return [{ kind: 'rewrite-table', table, manner: 'set access method', ...at }];
    default: {
      const words = wordsOf(command) ?? slice(context.source, offset, clauseEnd(context.source, offset));
      return [{ kind: 'change-table-options', table, options: words, ...at }];
    }
  }
}
