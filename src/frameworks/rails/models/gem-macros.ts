import { BlockNode, CallNode, type Node } from '@ruby/prism/src/nodes.js';

import { keyword, optionOf, positional, statementsOf, wordOf, wordsOf } from './arguments.ts';
import type { AssociationDeclaration } from './associations.ts';

const plain = {
  kind: 'has-one',
  foreignKey: null,
  foreignType: null,
  as: null,
  through: null,
  source: null,
  joinTable: null,
  counterCache: null,
} as const;

type Macro = (call: CallNode) => readonly AssociationDeclaration[];

/**
 * Macros that declare associations to the tables of a gem. Active Storage and Action Text keep what they attach in tables
 * of their own and read them under the macro's name; PaperTrail writes a version and Audited an audit with every change.
 */
const macros: Readonly<Record<string, Macro>> = {
  has_one_attached: (call) => attachments(call, 'has-one', ['attachment', 'blob']),
  has_many_attached: (call) => attachments(call, 'has-many', ['attachments', 'blobs']),
  has_rich_text: (call) =>
    named(call).flatMap((name) =>
      [name, `rich_text_${name}`].map((each) => ({
        ...plain,
        name: each,
        className: '::ActionText::RichText',
        as: 'record',
      })),
    ),
  audited: audits,
  acts_as_audited: audits,
  has_paper_trail: (call) => {
    const versions = keyword(call, 'versions');
    const option = (name: string) => {
      const value = optionOf(versions, name) ?? keyword(call, name);
      return value ? wordOf(value) : null;
    };
    const className = option('class_name') ?? '::PaperTrail::Version';
    const name = option('name') ?? (versions ? wordOf(versions) : null) ?? 'versions';
    return [{ ...plain, kind: 'has-many', name, className, as: 'item' }];
  },
};

/** Whether a gem's macro declares associations to the gem's own tables. */
export function usesGemTable(macro: string): boolean {
  return Object.hasOwn(macros, macro);
}

/** The associations that a gem's macro declares to the gem's own tables. */
export function gemAssociations(call: CallNode): readonly AssociationDeclaration[] {
  return Object.hasOwn(macros, call.name) ? (macros[call.name]?.(call) ?? []) : [];
}

function attachments(call: CallNode, kind: 'has-one' | 'has-many', [own, blob]: readonly [string, string]) {
  return named(call).flatMap((name): readonly AssociationDeclaration[] => {
    const attachment = { ...plain, kind, className: '::ActiveStorage::Attachment', as: 'record' };
    const through = { ...plain, kind, className: '::ActiveStorage::Blob', through: `${name}_${own}`, source: 'blob' };
    return [
      { ...attachment, name },
      { ...attachment, name: `${name}_${own}` },
      { ...through, name: `${name}_${blob}` },
    ];
  });
}

function audits(): readonly AssociationDeclaration[] {
  return [{ ...plain, kind: 'has-many', name: 'audits', className: '::Audited::Audit', as: 'auditable' }];
}

/** The accessors of `typed_store :settings do |s| s.string :theme end`: each is kept in the one column. */
export function typedNames({ block }: CallNode): readonly string[] {
  const statements = block instanceof BlockNode ? statementsOf(block.body as Node | null) : [];
  return statements.flatMap((each) => (each instanceof CallNode ? positional(each).slice(0, 1).flatMap(wordsOf) : []));
}

function named(call: CallNode): readonly string[] {
  const [first] = positional(call);
  const word = first ? wordOf(first) : null;
  return word === null ? [] : [word];
}

/** The columns in which Paperclip keeps an attachment (https://github.com/thoughtbot/paperclip#usage). */
export function attachedFileColumns(name: string): readonly string[] {
  return ['file_name', 'content_type', 'file_size', 'updated_at'].map((part) => `${name}_${part}`);
}
