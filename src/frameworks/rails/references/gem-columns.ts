import type { CallNode, ClassNode } from '@ruby/prism/src/nodes.js';

import { argumentsOf, keyword, literalWords, positional, type Word, wordOf } from '../models/arguments.ts';
import { constantName } from '../models/constants.ts';
import { gemTable } from '../models/gem-models.ts';
import type { Known, Run } from './site.ts';

/** A column that a gem's macro makes the model use, by default under this name, and the option that names another. */
interface GemColumn {
  readonly name: string;
  readonly option: string;
  readonly because: string;
}

/** The macros' own documentation: acts_as_list, paranoia, ancestry, friendly_id. */
const columns: Readonly<Record<string, GemColumn>> = {
  acts_as_list: { name: 'position', option: 'column', because: 'the position that `acts_as_list` writes' },
  acts_as_paranoid: {
    name: 'deleted_at',
    option: 'column',
    because: 'the time by which `acts_as_paranoid` hides rows',
  },
  has_ancestry: { name: 'ancestry', option: 'ancestry_column', because: 'the path that `has_ancestry` keeps' },
  friendly_id: { name: 'slug', option: 'slug_column', because: 'the slug that `friendly_id` writes' },
};

/** What Devise's modules read and write at each sign-in (its `required_fields`), and those of devise-two-factor 5. */
const deviseColumns: Readonly<Record<string, readonly string[]>> = {
  database_authenticatable: ['encrypted_password'],
  confirmable: ['confirmation_token', 'confirmed_at', 'confirmation_sent_at'],
  lockable: ['failed_attempts', 'locked_at'],
  recoverable: ['reset_password_token', 'reset_password_sent_at'],
  rememberable: ['remember_created_at'],
  two_factor_authenticatable: ['otp_secret', 'consumed_timestep', 'otp_required_for_login'],
  two_factor_backupable: ['otp_backup_codes'],
  trackable: ['sign_in_count', 'current_sign_in_at', 'last_sign_in_at', 'current_sign_in_ip', 'last_sign_in_ip'],
};

/** Reports the columns that the macro of a well-known gem makes a model use although no line names them. */
export function needGemColumns(call: CallNode, { models }: Known, run: Run): void {
  const used = call.name === 'devise' ? ofDevise(call) : ofMacro(call);
  for (const { name, range, because } of used) {
    for (const { table } of models) {
      if (table === null || !run.context.columnsOf(table)?.has(name)) continue;
      run.need({ table, column: name, access: 'write', certainty: 'likely', because, range });
    }
  }
}

interface Used {
  readonly name: string;
  readonly because: string;
  readonly range: Word['range'];
}

function ofDevise(call: CallNode): readonly Used[] {
  return positional(call)
    .flatMap(literalWords)
    .flatMap(({ text, range }) => {
      const because = `a column that Devise keeps for \`${text}\``;
      const names = Object.hasOwn(deviseColumns, text) ? (deviseColumns[text] ?? []) : [];
      return names.map((name) => ({ name, range, because }));
    });
}

function ofMacro(call: CallNode): readonly Used[] {
  const column = Object.hasOwn(columns, call.name) ? columns[call.name] : undefined;
  if (!column || (call.name === 'friendly_id' && !isSlugged(call))) return [];
  const other = keyword(call, column.option);
  const name = (other && wordOf(other)) ?? column.name;
  return [{ name, because: column.because, range: call.messageLoc ?? call.location }];
}

function isSlugged(call: CallNode): boolean {
  const used = literalWords(keyword(call, 'use')).map(({ text }) => text);
  return argumentsOf(call).length > 0 && used.some((text) => text === 'slugged' || text === 'history');
}

/** Superclasses of mailboxes: the one of Action Mailbox, and the one that its generator writes. */
const mailboxes = new Set(['ActionMailbox::Base', 'ApplicationMailbox']);

/** Action Mailbox keeps each mail in its own table before a mailbox gets it, and writes there what became of it. */
export function needMailboxTable({ superclass }: ClassNode, run: Run): void {
  const table =
    superclass && mailboxes.has(constantName(superclass) ?? '') ? gemTable('ActionMailbox::InboundEmail') : null;
  if (!superclass || table === null) return;
  const because = 'the table in which Action Mailbox keeps each mail';
  run.need({ table, column: null, access: 'write', certainty: 'likely', because, range: superclass.location });
}
