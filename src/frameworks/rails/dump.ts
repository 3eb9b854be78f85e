import { BlockNode, CallNode, FloatNode, type Node } from '@ruby/prism/src/nodes.js';

import { parseRuby, type RubyFile } from '../../languages/ruby.ts';
import type { SourceFile } from '../../reading.ts';
import { applyAll } from '../../schema/apply.ts';
import { emptySchema, type Schema } from '../../schema/schema.ts';
import { constantName } from './migration/class-parts.ts';
import { operationsOfBody } from './migration/interpreter.ts';
import { readScript } from './migration/script.ts';
import type { MigrationContext } from './migrations.ts';
import { inflector } from './models/inflections.ts';
import { readStructure } from './structure.ts';

export type ReadDump =
  | {
      readonly ok: true;
      readonly schema: Schema;
      /** The newest migration that it holds, digits only. Null where it does not say. */
      readonly version: string | null;
      /** All that it holds, without leading zeros. Null where it tells the newest alone. */
      readonly versions: ReadonlySet<string> | null;
    }
  | { readonly ok: false; readonly line: number; readonly reason: string };

/** Reads a `schema.rb` or `structure.sql` by folding the same operations that a migration's text gives. */
export function readDump(file: SourceFile, context: MigrationContext): ReadDump {
  if (file.path.endsWith('.sql')) return readStructure(file, context.database);
  const parsed = parseRuby(file.path, file.text);
  if (!parsed.ok) return parsed;
  const define = definition(parsed.file);
  if (!define) return { ok: false, line: 1, reason: 'it defines no schema' };

  const { call, apiVersion } = define;
  const body = call.block instanceof BlockNode ? call.block.body : null;
  const script = { ...readScript(parsed.file), apiVersion };
  const start = {
    file: parsed.file,
    script,
    database: context.database,
    inflector: context.inflector ?? inflector(null),
  };
  const operations = body ? operationsOfBody(start, body) : [];
  return { ok: true, schema: applyAll(emptySchema, operations), version: versionOf(call, parsed.file), versions: null };
}

/** Before 7.0 the dump named no version of the API; what it leaves out means what 6.1 means. */
const oldestApi = 6.1;

/** The call `ActiveRecord::Schema[7.0].define(version: …) do`. */
function definition(file: RubyFile): { readonly call: CallNode; readonly apiVersion: number } | null {
  for (const call of file.program.statements.body) {
    if (!(call instanceof CallNode) || call.name !== 'define') continue;
    const { receiver } = call;
    const versioned = receiver instanceof CallNode && receiver.name === '[]' ? receiver : null;
    const base = versioned ? versioned.receiver : receiver;
    if (constantName(base) !== 'ActiveRecord::Schema') continue;
    const version = versioned?.arguments_?.arguments_[0];
    return { call, apiVersion: version instanceof FloatNode ? version.value : oldestApi };
  }
  return null;
}

/** `version: 2023_09_18_145812`, or the text that older versions wrote. */
function versionOf(call: CallNode, file: RubyFile): string | null {
  for (const argument of call.arguments_?.arguments_ ?? []) {
    for (const pair of 'elements' in argument ? (argument.elements as Node[]) : []) {
      if (!('key' in pair) || !('value' in pair) || !file.source(pair.key as Node).startsWith('version')) continue;
      const digits = file.source(pair.value as Node).replace(/\D/g, '');
      return digits === '' ? null : digits;
    }
  }
  return null;
}
