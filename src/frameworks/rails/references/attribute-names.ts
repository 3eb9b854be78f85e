import type { CallNode } from '@ruby/prism/src/nodes.js';

import { argumentsOf, literalWord, type Word } from '../models/arguments.ts';
import { sends } from './active-record-words.ts';

/** An attribute that a method's name speaks of, and what the call does to it. */
export interface AttributeName {
  readonly attribute: string;
  readonly access: 'read' | 'write';
  /** The method is the attribute's plain reader, writer or `?`: a method of that name shadows it. */
  readonly plain: boolean;
}

/** The suffixes of Active Model's attribute methods. Longer ones first, since one may end with another. */
const suffixes: readonly string[] = [
  '_previously_changed?',
  '_previous_change',
  '_previously_was',
  '_change_to_be_saved',
  '_before_last_save',
  '_before_type_cast',
  '_came_from_user?',
  '_for_database',
  '_in_database',
  '_will_change!',
  '_changed?',
  '_change',
  '_was',
];

const prefixes: readonly string[] = ['saved_change_to_', 'will_save_change_to_', 'restore_', 'clear_'];

/** Every attribute that a method's name may speak of: `name_was` is the reader of `name_was` or asks about `name`. */
export function attributesMeant(method: string): readonly AttributeName[] {
  const meant: AttributeName[] = [];
  if (method.endsWith('=')) return [{ attribute: method.slice(0, -1), access: 'write', plain: true }];
  const bare = method.endsWith('?') ? method.slice(0, -1) : method;
  meant.push({ attribute: bare, access: 'read', plain: true });
  const suffix = suffixes.find((each) => method.endsWith(each));
  if (suffix) meant.push({ attribute: method.slice(0, -suffix.length), access: 'read', plain: false });
  const prefix = prefixes.find((each) => bare.startsWith(each));
  if (prefix) {
    const attribute = bare.slice(prefix.length).replace(/(?:_change)?!?$/, '');
    meant.push({ attribute, access: 'read', plain: false });
  }
  return meant;
}

/** The words by which code may speak of an attribute: its name, and the methods that Active Model derives from it. */
export function attributeWords(attribute: string): readonly string[] {
  const bare = (suffix: string) => suffix.replace(/[?!]$/, '');
  return [
    attribute,
    ...suffixes.map((suffix) => `${attribute}${bare(suffix)}`),
    ...prefixes.map((prefix) => `${prefix}${attribute}`),
    ...['find_by_', 'find_or_create_by_', 'find_or_initialize_by_'].map((prefix) => `${prefix}${attribute}`),
  ];
}

/** The words by which code may speak of an association: its name, and the methods that its declaration makes. */
export function associationWords(name: string): readonly string[] {
  const made = ['build', 'create', 'reload', 'reset'].map((prefix) => `${prefix}_${name}`);
  const asked = ['changed', 'previously_changed', 'attributes'].map((suffix) => `${name}_${suffix}`);
  return [name, ...made, ...asked, `${name.replace(/s$/, '')}_ids`];
}

/** The association that a method's name speaks of: `build_author`, `author=`, `comment_ids`. */
export function associationsMeant(
  method: string,
): readonly { readonly name: string; readonly access: 'read' | 'write' }[] {
  const writes = method.endsWith('=');
  const bare = method.replace(/[=?!]$/, '');
  const meant: { name: string; access: 'read' | 'write' }[] = [{ name: bare, access: writes ? 'write' : 'read' }];
  const made = /^(build|create|reload|reset)_(.+)$/.exec(bare);
  if (made?.[2]) meant.push({ name: made[2], access: made[1] === 'build' || made[1] === 'create' ? 'write' : 'read' });
  const asked = /^(.+)_(changed|previously_changed|attributes|ids)$/.exec(bare);
  if (asked?.[1]) meant.push({ name: asked[1], access: writes ? 'write' : 'read' });
  if (asked?.[1] && asked[2] === 'ids') meant.push({ name: `${asked[1]}s`, access: writes ? 'write' : 'read' });
  return meant;
}

/** The method by which a call asks for an attribute, also through `send`: it takes no argument but a value to write. */
export function methodAsked(call: CallNode): Word | null {
  const given = argumentsOf(call);
  const sent = given[0] && sends.has(call.name) ? literalWord(given[0]) : null;
  if (sent) return given.length === (sent.text.endsWith('=') ? 2 : 1) ? sent : null;
  const asks = given.length === 0 || call.isAttributeWrite();
  return asks ? { text: call.name, range: call.messageLoc ?? call.location } : null;
}
