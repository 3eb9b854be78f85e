import { movedPlace, squishedOrigin } from './literal-place.ts';
import type { Machine } from './machine.ts';
import { type Method, same } from './method.ts';
import { boolean, type Call, list, text, unknown, type Value } from './value.ts';

const edit =
  (change: (word: string, machine: Machine) => string): Method =>
  (value, call, machine) =>
    value.kind === 'text' && call.positional.length === 0 ? text(change(value.text, machine), value.symbol) : unknown;

type Origin = (word: string) => (offset: number) => number;

/** Only touches white space, so the parts of a template that are not known stay where they are. */
const tidy =
  (change: (word: string) => string, origin: Origin): Method =>
  (value, call) => {
    if (call.positional.length > 0 || (value.kind !== 'template' && value.kind !== 'text')) return unknown;
    const at = value.at && movedPlace(value.at, () => origin(value.text));
    return { ...value, text: change(value.text), ...(at && { at }) };
  };

const squish = (word: string) => word.trim().replace(/\s+/g, ' ');

const stripped: Origin = (word) => (offset) => offset + word.length - word.trimStart().length;

export const texts: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['squish', tidy(squish, squishedOrigin)],
  ['strip', tidy((word) => word.trim(), stripped)],
  [
    'chomp',
    tidy(
      (word) => word.replace(/\r?\n$/, ''),
      () => (offset) => offset,
    ),
  ],
  ['strip_heredoc', same],
  ['upcase', edit((word) => word.toUpperCase())],
  ['downcase', edit((word) => word.toLowerCase())],
  ['capitalize', edit((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())],
  ['pluralize', edit((word, machine) => machine.inflector.pluralize(word))],
  ['singularize', edit((word, machine) => machine.inflector.singularize(word))],
  ['underscore', edit((word, machine) => machine.inflector.underscore(word))],
  ['tableize', edit((word, machine) => machine.inflector.tableize(word))],
  ['camelize', edit((word, machine) => machine.inflector.camelize(word))],
  ['foreign_key', edit((word, machine) => `${machine.inflector.underscore(word)}_id`)],
  ['constantize', (value) => constantOf(value)],
  ['classify', edit((word, machine) => machine.inflector.classify(word))],
  ['empty?', (value) => (value.kind === 'text' ? boolean(value.text === '') : unknown)],
  ['split', (value, call) => split(value, call)],
]);

function split(value: Value, call: Call): Value {
  const [separator] = call.positional;
  if (value.kind !== 'text' || (separator && separator.kind !== 'text')) return unknown;
  const words = separator ? value.text.split(separator.text) : value.text.trim().split(/\s+/);
  return list(words.map((word) => text(word)));
}

function constantOf(value: Value): Value {
  return value.kind === 'text' ? { kind: 'constant', name: value.text } : unknown;
}
