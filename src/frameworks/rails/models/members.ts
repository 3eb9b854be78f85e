import type { CallNode } from '@ruby/prism/src/nodes.js';

import { keyword, positional, wordOf, wordsOf } from './arguments.ts';
import { type AssociationDeclaration, readAssociations } from './associations.ts';
import type { Constants } from './class-tree.ts';
import type { Definition } from './definitions.ts';
import { readEnum } from './enums.ts';
import { attachedFileColumns, typedNames } from './gem-macros.ts';
import type { Inflector } from './inflections.ts';
import { listedWords } from './listed-words.ts';
import type { Model } from './model.ts';

/** What one class or module body brings to a model. */
export interface Members extends Brought {
  readonly associations: readonly AssociationDeclaration[];
  readonly tableName: string | null;
  readonly abstract: boolean;
}

type Brought = Pick<
  Model,
  'enums' | 'aliases' | 'virtual' | 'declared' | 'claimed' | 'parts' | 'ignored' | 'scopes' | 'methods' | 'classMethods'
>;

interface Gathered {
  readonly associations: AssociationDeclaration[];
  readonly enums: Map<string, string>;
  readonly aliases: Map<string, string>;
  readonly virtual: Set<string>;
  readonly declared: Set<string>;
  readonly claimed: Set<string>;
  readonly parts: Map<string, readonly string[]>;
  readonly ignored: ReadonlySet<string>;
  readonly scopes: Set<string>;
  tableName: string | null;
  abstract: boolean;
}

type Macro = (call: CallNode, to: Gathered) => void;

/** What the macros of Rails that make no column do to the names of a class. */
const macros: Readonly<Record<string, Macro>> = {
  attr_accessor: virtualNames,
  attr_reader: virtualNames,
  attr_writer: virtualNames,
  has_one_attached: virtualNames,
  has_many_attached: virtualNames,
  has_rich_text: virtualNames,
  has_attached_file: (call, to) => {
    virtualNames(call, to);
    for (const name of positional(call).flatMap(wordsOf)) to.parts.set(name, attachedFileColumns(name));
  },
  delegate: delegated,
  store_accessor: (call, to) => addAll(to.virtual, positional(call).slice(1).flatMap(wordsOf)),
  typed_store: (call, to) => addAll(to.virtual, typedNames(call)),
  store: (call, to) => addAll(to.virtual, optionWords(call, 'accessors')),
  attribute: (call, to) => addAll(to.declared, positional(call).slice(0, 1).flatMap(wordsOf)),
  alias_attribute: (call, to) => {
    const [name, attribute] = positional(call).flatMap((node) => wordOf(node) ?? []);
    if (name && attribute) to.aliases.set(name, attribute);
  },
  scope: (call, to) => addAll(to.scopes, positional(call).slice(0, 1).flatMap(wordsOf)),
  enum: (call, to) => {
    for (const { method, attribute, scope } of readEnum(call)) {
      to.enums.set(method, attribute);
      if (scope) to.scopes.add(method);
    }
  },
  'self.table_name=': tableNamed,
  // Before Rails 3.2.
  set_table_name: tableNamed,
  'self.abstract_class=': (_call, to) => {
    to.abstract = true;
  },
  primary_abstract_class: (_call, to) => {
    to.abstract = true;
  },
};

/** What stands around a class or module body. */
export interface Around {
  readonly inflector: Inflector;
  readonly constants: Constants;
}

export function readMembers(definition: Definition, { inflector, constants }: Around): Members {
  const nesting = [definition.name, ...definition.nesting];
  const constant = (name: string) => constants(name, nesting);
  const gathered: Gathered = {
    associations: [],
    enums: new Map(),
    aliases: new Map(),
    virtual: new Set(),
    declared: new Set(),
    claimed: new Set(),
    parts: new Map(),
    ignored: new Set(definition.ignored.flatMap((value) => listedWords(value, constant))),
    scopes: new Set(),
    tableName: null,
    abstract: false,
  };
  for (const call of definition.macros) {
    const name = call.name.endsWith('=') ? `self.${call.name}` : call.name;
    if (Object.hasOwn(macros, name)) macros[name]?.(call, gathered);
    else if (!isOfRails(name)) addAll(gathered.claimed, positional(call).flatMap(wordsOf));
    gathered.associations.push(...readAssociations(call, inflector));
  }
  return { ...gathered, methods: definition.methods, classMethods: definition.classMethods };
}

function addAll(to: Set<string>, names: readonly string[]): void {
  for (const name of names) to.add(name);
}

function virtualNames(call: CallNode, to: Gathered): void {
  addAll(to.virtual, positional(call).flatMap(wordsOf));
}

/** `delegate :name, to: :project, prefix: true` defines `project_name`. */
function delegated(call: CallNode, to: Gathered): void {
  const prefix = keyword(call, 'prefix');
  const target = keyword(call, 'to');
  const word = prefix && (wordOf(prefix) ?? (target && wordOf(target)));
  addAll(
    to.virtual,
    positional(call)
      .flatMap(wordsOf)
      .map((name) => (word ? `${word}_${name}` : name)),
  );
}

function optionWords(call: CallNode, option: string): readonly string[] {
  const value = keyword(call, option);
  return value ? wordsOf(value) : [];
}

function tableNamed(call: CallNode, to: Gathered): void {
  const [value] = positional(call);
  to.tableName = value ? wordOf(value) : null;
}

/** Macros of Rails that use attributes and define none, with Ruby's own calls in a class body. */
function isOfRails(macro: string): boolean {
  return (
    /^(?:validates?|before|after|around|has|accepts|belongs|private|public)(?:_|!?$)/.test(macro) || ofRails.has(macro)
  );
}

const ofRails = new Set(
  `serialize encrypts normalizes attr_readonly attr_accessible attr_protected default_scope protected include extend
  prepend delegated_type delegate_missing_to primary_abstract_class self.primary_key= self.inheritance_column= touch`.split(
    /\s+/,
  ),
);
