import type { CallNode, Node } from '@ruby/prism/src/nodes.js';

import type { Certainty } from '../../../deploy/deploy.ts';
import { keyword, keywords, literalWords, optionOf, positional, type Word } from '../models/arguments.ts';
import { declaresAssociation } from '../models/associations.ts';
import { type Absent, enumNeedsColumn } from './absent.ts';
import { needMethod } from './attribute-needs.ts';
import { needDeclaredAssociation } from './declared-associations.ts';
import { needGemColumns } from './gem-columns.ts';
import type { Known, Need, Run, Site } from './site.ts';

interface Saying {
  readonly certainty: Certainty;
  readonly because: string;
  readonly access: Need['access'];
  readonly absent?: Absent | undefined;
}

const reads = (certainty: Certainty, because: string): Saying => ({ certainty, because, access: 'read' });
/** Of a name that is no attribute these make nothing, or an attribute without a column. */
const names = (certainty: Certainty, because: string): Saying => ({ ...reads(certainty, because), absent: 'nil' });

/** Class-level calls whose symbols are attributes, and when these are used. */
const attributeMacros: ReadonlyMap<string, Saying> = new Map(
  Object.entries({
    validates: reads('certain', 'by a validation that runs on each save'),
    'validates!': reads('certain', 'by a validation that runs on each save'),
    enum: names('certain', 'by an enum of its own model'),
    serialize: names('certain', 'by a serialised attribute of its own model'),
    store: reads('certain', 'by a store of its own model'),
    store_accessor: reads('certain', 'by a store of its own model'),
    encrypts: names('certain', 'by an encrypted attribute of its own model'),
    normalizes: names('certain', 'by a normalised attribute of its own model'),
    has_secure_token: { certainty: 'certain', because: 'when a record is created', access: 'write' },
    attr_readonly: names('likely', 'by a declaration in its own model'),
    alias_attribute: names('likely', 'by an alias in its own model'),
    attribute: names('likely', 'by a declaration in its own model'),
    mount_uploader: names('likely', 'by an upload of its own model'),
    mount_uploaders: names('likely', 'by an upload of its own model'),
  }),
);

const anyMacro = reads('likely', 'by a class-level call in its own model');

/** Class-level calls whose symbols are methods, classes or attributes that are no columns. */
const unrelated = new Set(
  `attr_accessor attr_reader attr_writer delegate delegate_missing_to scope validate define_method private public protected
  private_class_method public_class_method module_function include extend prepend alias_method helper_method memoize
  rescue_from set_callback skip_callback mattr_accessor cattr_accessor class_attribute mattr_reader cattr_reader
  undef_method remove_method private_constant define_model_callbacks
  accepts_nested_attributes_for default_scope require autoload puts raise with_options included
  class_methods attr_accessible attr_protected def_delegators def_delegator def_instance_delegators thread_mattr_accessor concerning define_callbacks`.split(
    /\s+/,
  ),
);

/** Callbacks take names of methods, never of attributes. */
const callback = /^(?:before|after|around)_/;

/** Reports what a call in a model's class body names. */
export function needDeclaration(
  call: CallNode,
  self: Known,
  { site, run }: { readonly site: Site; readonly run: Run },
): void {
  const name = call.name;
  const say = (word: Word, saying: Saying) => needMethod({ ...self, kind: 'record' }, word, { run, site, ...saying });
  const words = (nodes: readonly Node[]) => nodes.flatMap(literalWords);
  if (declaresAssociation(name)) {
    needDeclaredAssociation(call, self, run);
    return;
  }
  for (const condition of ['if', 'unless']) {
    for (const word of words([keyword(call, condition) ?? []].flat())) {
      say(word, reads('certain', 'by the condition of a callback or validation'));
    }
  }
  needGemColumns(call, self, run);
  if (name === 'has_secure_password') needPassword(call, self, run);
  if (name === 'alias_attribute' || name === 'alias_method') {
    needAlias(words(positional(call)), self, say, run);
    return;
  }
  if (unrelated.has(name) || callback.test(name) || name.endsWith('=')) return;

  const saying = sayingOf(call, run);
  const first = name === 'store_accessor' || name === 'attribute' || name === 'store';
  for (const word of words(first ? positional(call).slice(0, 1) : positional(call))) say(word, saying);
  for (const word of optionWords(call, name)) say(word, saying);
}

/** An alias that takes the place of a column fails wherever the column was read; any other one only where it is used. */
function needAlias(
  [name, ...attributes]: readonly Word[],
  { models }: Known,
  say: (word: Word, saying: Saying) => unknown,
  { context }: Run,
): void {
  const shadows = models.some(({ table }) => table !== null && name && context.columnsOf(table)?.has(name.text));
  const inUse = reads('certain', 'by an alias in place of a column');
  for (const word of attributes) say(word, (shadows ? null : attributeMacros.get('alias_attribute')) ?? inUse);
}

function sayingOf(call: CallNode, { context }: Run): Saying {
  const { name } = call;
  const saying = attributeMacros.get(name.startsWith('validates_') ? 'validates' : name) ?? anyMacro;
  if (name === 'enum' && enumNeedsColumn(context)) return { ...saying, absent: undefined };
  // Uniqueness is asked of the database, whatever a record would answer.
  const unique = name === 'validates_uniqueness_of' || keyword(call, 'uniqueness') !== null;
  return unique ? { ...saying, absent: 'fails' } : saying;
}

/** Attributes in options: `enum status: …`, `uniqueness: { scope: :x }`, `only: [:x]`, `against: %i[x]`. */
function optionWords(call: CallNode, name: string): readonly Word[] {
  if (name === 'enum') return positional(call).length > 0 ? [] : keywords(call).map(({ key }) => key);
  return keywords(call).flatMap(({ key, value }) => {
    if (key.text === 'uniqueness') return literalWords(optionOf(value, 'scope'));
    return namingOptions.has(key.text) ? literalWords(value) : [];
  });
}

const namingOptions = new Set([
  'scope',
  'only',
  'against',
  'column',
  'column_name',
  'on_column',
  'attributes',
  'order_column',
]);

function needPassword(call: CallNode, self: Known, run: Run): void {
  const [given] = positional(call).flatMap(literalWords);
  const column = `${given?.text ?? 'password'}_digest`;
  const range = given?.range ?? call.messageLoc ?? call.location;
  for (const { table } of self.models) {
    if (table === null) continue;
    run.need({
      table,
      column,
      access: 'read',
      certainty: 'certain',
      because: 'the digest that `has_secure_password` keeps',
      range,
    });
  }
}
