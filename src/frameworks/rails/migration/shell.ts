import { InterpolatedXStringNode, type Node, XStringNode } from '@ruby/prism/src/nodes.js';

import { textOf } from './known.ts';
import { interpolate } from './literals.ts';
import { isConditional, type Machine, recordOpaque, type Step } from './machine.ts';
import { on, type Rule } from './rules.ts';
import type { Scope } from './scope.ts';
import { text, unknown, type Value } from './value.ts';

/** Methods that every object has and that start a program. */
export const shellCalls: ReadonlySet<string> = new Set(['system', 'exec', 'spawn', 'sh']);

const launchers: ReadonlySet<string> = new Set('popen capture2 capture2e capture3 popen2 popen2e popen3'.split(' '));

/** `Kernel.system`, `Open3.capture2`. */
export function startsProgram(constant: string, method: string): boolean {
  if (constant === 'Kernel' || constant === 'Process') return shellCalls.has(method);
  return (constant === 'IO' || constant === 'Open3' || constant === 'PTY') && launchers.has(method);
}

export const shell: readonly Rule[] = [
  on(XStringNode, (node, machine, scope) => command(text(node.unescaped.value), node, { machine, scope })),
  on(InterpolatedXStringNode, (node, machine, scope) =>
    command(interpolate(node.parts, machine, scope), node, { machine, scope }),
  ),
];

interface Place {
  readonly machine: Machine;
  readonly scope: Scope;
}

function command(value: Value, node: Node, { machine, scope }: Place): Value {
  runProgram(machine, [value], { at: machine.file.at(node), conditional: isConditional(machine, scope) });
  return unknown;
}

const schemaChange =
  /\b(?:alter|create|drop|rename|truncate)\s+(?:table|index|unique|column|view|type|schema|database)\b|\bdb:(?:migrate|rollback|(?:schema|structure):load)\b/i;

/** A program may do anything; what its command line says of the schema is all that can be told. */
export function runProgram(machine: Machine, words: readonly Value[], step: Step): void {
  const line = words.map((word) => (word.kind === 'template' ? word.text : (textOf(word) ?? ''))).join(' ');
  const hidesSchemaChange = schemaChange.test(line);
  recordOpaque(machine, { reason: 'a program runs here, which nobody can follow', hidesSchemaChange }, step);
}
