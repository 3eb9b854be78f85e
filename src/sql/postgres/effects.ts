import type { FuncCall, VariableSetStmt } from 'libpg-query';

import type { SqlEffect } from '../statement.ts';
import { constantOf } from './columns.ts';
import type { Tree } from './context.ts';
import { texts } from './names.ts';

/** What a statement does to its session: transactions and settings. */
export function effectOf(node: Tree): SqlEffect | null {
  if ('TransactionStmt' in node) return transaction(node.TransactionStmt.kind);
  if ('VariableSetStmt' in node) return setting(node.VariableSetStmt);
  return 'SelectStmt' in node ? configured(node.SelectStmt.targetList) : null;
}

function transaction(kind: string | undefined): SqlEffect | null {
  switch (kind) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return { kind: 'begin' };
    case 'TRANS_STMT_COMMIT':
    case 'TRANS_STMT_PREPARE':
      return { kind: 'commit' };
    case 'TRANS_STMT_ROLLBACK':
      return { kind: 'rollback' };
    default:
      return null;
  }
}

function setting({ kind, name, args }: VariableSetStmt): SqlEffect | null {
  if (name === undefined) return null;
  if (kind === 'VAR_SET_VALUE') {
    return { kind: 'set', name: name.toLowerCase(), value: (args ?? []).map(wordOf).join(', ').toLowerCase() };
  }
  return kind === 'VAR_SET_DEFAULT' || kind === 'VAR_RESET'
    ? { kind: 'set', name: name.toLowerCase(), value: null }
    : null;
}

function wordOf(node: Tree): string {
  return constantOf(node) ?? '';
}

/** `SELECT set_config('lock_timeout', '5s', false)` is SET in the form of a query. */
function configured(targets: readonly Tree[] | undefined): SqlEffect | null {
  const [target] = targets ?? [];
  const value = target && 'ResTarget' in target ? target.ResTarget.val : undefined;
  const call: FuncCall | null = value && 'FuncCall' in value ? value.FuncCall : null;
  if (texts(call?.funcname).at(-1) !== 'set_config') return null;
  const [name, text] = (call?.args ?? []).map(constantOf);
  if (typeof name !== 'string' || typeof text !== 'string') return null;
  return { kind: 'set', name: name.toLowerCase(), value: text.toLowerCase() };
}
