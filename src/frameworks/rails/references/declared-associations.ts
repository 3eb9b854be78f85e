import type { CallNode } from '@ruby/prism/src/nodes.js';

import type { Certainty } from '../../../deploy/deploy.ts';
import { isFalse, isTrue, keyword, keywords, literalWord, positional } from '../models/arguments.ts';
import { usesGemTable } from '../models/gem-macros.ts';
import type { Association, Model } from '../models/model.ts';
import type { Known, Need, Run } from './site.ts';

/**
 * Reports what the declaration of an association needs by itself. Most send nothing until they are used; some act
 * whenever a record is saved or destroyed.
 */
export function needDeclaredAssociation(call: CallNode, self: Known, run: Run): void {
  const [first] = positional(call);
  const word = first ? literalWord(first) : null;
  const alone = namesAlone[call.name] ?? ['parent', 'children'];
  const range = word?.range ?? call.messageLoc ?? call.location;
  for (const model of self.models) {
    for (const name of word ? [word.text] : alone) {
      const association = model.associations.get(name);
      if (association) for (const need of needsOf(call, association, { model, run, range })) run.need(need);
    }
  }
}

/** The associations of macros that take no name for them. */
const namesAlone: Readonly<Record<string, readonly string[]>> = {
  has_paper_trail: ['versions'],
  audited: ['audits'],
  acts_as_audited: ['audits'],
};

interface Declared {
  readonly model: Model;
  readonly run: Run;
  /** Where the association's name stands. */
  readonly range: Need['range'];
}

function needsOf(call: CallNode, association: Association, { model, run, range }: Declared): readonly Need[] {
  const { kind, keyTable, keys, counter } = association;
  // Whatever follows a `belongs_to` looks up its key first.
  const nilOf = (column: string | undefined) =>
    kind === 'belongs-to' && keyTable !== null && column !== undefined
      ? { nilWithout: [{ table: keyTable, column }] }
      : null;
  const ownKey = nilOf(keys[0]);
  const { certainty, because } = usedAlone(call, association, run);
  const needs: Need[] = [];
  if (keyTable !== null) {
    const access = certainty === 'possible' ? 'declare' : 'read';
    for (const column of keys)
      needs.push({ table: keyTable, column, access, certainty, because, ...nilOf(column), range });
  }
  if (counter) {
    const counts = 'a counter written when a record is created or destroyed';
    const at = optionRange(call, 'counter_cache') ?? range;
    needs.push({ ...counter, access: 'write', certainty: 'likely', because: counts, ...ownKey, range: at });
  }
  const touched = keyword(call, 'touch');
  const touchedTable = touched && !isFalse(touched) ? tableAtEnd(association, run) : null;
  if (touched && touchedTable) {
    const column = isTrue(touched) ? 'updated_at' : (literalWord(touched)?.text ?? 'updated_at');
    const touches = 'a time that is touched whenever a record is saved';
    const own = { table: touchedTable, column, because: touches, range: optionRange(call, 'touch') ?? range };
    needs.push({ ...own, access: 'write', certainty: 'likely', ...ownKey });
  }
  return model.table === null ? [] : needs;
}

/** An option stands on a line of its own where the call is long, and that is the line that a change adds. */
function optionRange(call: CallNode, name: string): Need['range'] | null {
  return keywords(call).find(({ key }) => key.text === name)?.key.range ?? null;
}

function tableAtEnd({ targets }: Association, run: Run): string | null {
  const only = targets.length === 1 ? targets[0] : undefined;
  return (only === undefined ? null : run.context.models.byName.get(only)?.table) ?? null;
}

function usedAlone(
  call: CallNode,
  { kind }: Association,
  { context }: Run,
): { readonly certainty: Certainty; readonly because: string } {
  if (usesGemTable(call.name)) {
    return {
      certainty: 'likely',
      because: 'the key of what a gem reads or writes whenever a record is saved or destroyed',
    };
  }
  const dependent = keyword(call, 'dependent');
  if (dependent && !isFalse(dependent)) {
    return { certainty: 'likely', because: 'the key of an association that is followed when a record is destroyed' };
  }
  if (kind === 'belongs-to' && isRequired(call, context.defaults.belongsToRequired)) {
    return { certainty: 'likely', because: 'the key of an association that must be present on each save' };
  }
  if (kind === 'belongs-to' && (keyword(call, 'touch') ?? keyword(call, 'counter_cache'))) {
    return { certainty: 'likely', because: 'the key of an association that is updated with each record' };
  }
  if (kind === 'many-to-many') {
    return { certainty: 'likely', because: 'the key of a join table whose rows go when a record is destroyed' };
  }
  return { certainty: 'possible', because: 'the key of a declared association' };
}

/** A `belongs_to` says whether it is required; one that says nothing goes by the app's default. */
function isRequired(call: CallNode, byDefault: boolean): boolean {
  if (!['belongs_to', 'delegated_type'].includes(call.name)) return false;
  const required = keyword(call, 'required');
  const optional = keyword(call, 'optional');
  if (optional) return isFalse(optional);
  return required ? !isFalse(required) : byDefault;
}
