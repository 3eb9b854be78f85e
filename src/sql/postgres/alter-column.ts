import type { AlterTableCmd } from 'libpg-query';

import type { Operation } from '../../schema/operation.ts';
import { defaultText, isNumbered } from './columns.ts';
import { type Context, step } from './context.ts';
import { afterWord, clauseEnd, slice } from './source.ts';
import { columnType } from './types.ts';

/** One clause of ALTER TABLE, and where it begins. */
export interface Clause {
  readonly table: string;
  readonly command: AlterTableCmd;
  readonly offset: number;
  readonly conditional: boolean;
}

/** ALTER COLUMN … SET DEFAULT and DROP DEFAULT; a default of NULL is none. */
export function changedDefault(context: Context, { table, command, offset, conditional }: Clause): Operation {
  const { source } = context;
  const column = command.name ?? '';
  if (isNumbered(command.def)) {
    return { kind: 'set-generated', table, column, generated: 'identity', ...step(context, conditional, offset) };
  }
  const start = afterWord(source, offset, 'default') ?? offset;
  const value = command.def ? defaultText(source, command.def, start, clauseEnd(source, offset)) : null;
  const at = step(context, conditional, offset);
  if (value === null) return { kind: 'drop-default', table, column, ...at };
  return { kind: 'set-default', table, column, default: value, ...at };
}

/** ALTER COLUMN … TYPE. */
export function changedType(context: Context, { table, command, offset, conditional }: Clause): readonly Operation[] {
  const { source } = context;
  const definition = command.def && 'ColumnDef' in command.def ? command.def.ColumnDef : null;
  const type = columnType(definition?.typeName);
  if (!definition || !type) return [];
  const start = definition.raw_default ? afterWord(source, offset, 'using') : null;
  const using = start === null ? null : slice(source, start, clauseEnd(source, offset));
  return [
    {
      kind: 'change-type',
      table,
      column: command.name ?? '',
      type,
      ...(using !== null && { using }),
      ...step(context, conditional, offset),
    },
  ];
}
