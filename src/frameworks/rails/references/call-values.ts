import type { CallNode } from '@ruby/prism/src/nodes.js';
import type { Name } from '../../../deploy/deploy.ts';
import { argumentsOf } from '../models/arguments.ts';
import type { Association, Model } from '../models/model.ts';
import { calledValue, ofTheRequest, servesRequests, valueNamed } from '../models/model-names.ts';
import { joinNames } from './absent.ts';
import { computing, recordToRecord, relationToRecord, relationToRelation } from './active-record-words.ts';
import { attributesMeant } from './attribute-names.ts';
import { valueAt } from './receivers.ts';
import { isKnown, type Known, lookUp, other, type Run, type Site, type Value, weaker } from './site.ts';
import { subjectNames } from './subjects.ts';

/** What a call yields. */
export function callValue(call: CallNode, site: Site, run: Run): Value | null {
  const { models } = run.context;
  if (call.receiver === null) return bareValue(call, site, run);

  const receiver = valueAt(call.receiver, site, run);
  if (isKnown(receiver)) {
    const value = methodValue(call, receiver, run);
    if (value !== null) return value;
  }
  if (receiver?.kind === 'class') return ownMethodValue(call, receiver);
  return argumentsOf(call).length === 0 ? valueNamed(call.name, models, true) : null;
}

/** `User.current`: what a method of the class yields is most often one of its records. */
function ownMethodValue(call: CallNode, receiver: Known): Value | null {
  if (!receiver.models.some(({ classMethods }) => classMethods.has(call.name))) return null;
  return { ...receiver, kind: 'record', certainty: 'likely', byName: true };
}

function bareValue(call: CallNode, site: Site, run: Run): Value | null {
  if (isKnown(site.self)) {
    const value = methodValue(call, site.self, run);
    if (value !== null) return value;
  }
  if (argumentsOf(call).length > 0) return null;
  const told = lookUp(site.locals, call.name);
  if (told) return told;
  if (ofTheRequest.has(call.name) && servesRequests.test(run.file.path)) return other;
  if (site.subject && subjectNames.has(call.name)) return site.subject;
  return calledValue(call.name, run);
}

function methodValue(call: CallNode, receiver: Known, run: Run): Value | null {
  switch (receiver.kind) {
    case 'record':
      return onRecord(call, receiver, run);
    case 'class':
    case 'relation':
      return onRelation(call, receiver);
    case 'form':
      return call.name === 'object' ? { ...receiver, kind: 'record' } : null;
  }
}

function onRecord(call: CallNode, receiver: Known, run: Run): Value | null {
  if (recordToRecord.has(call.name)) return receiver;
  // What was only taken for one record is used as many.
  if (receiver.byName && (relationToRelation.has(call.name) || relationToRecord.has(call.name))) {
    return onRelation(call, receiver);
  }
  if (call.name === 'class') return { ...receiver, kind: 'class' };
  const associated = associatedValue(receiver, call.name.replace(/^(?:build|create|reload)_|!$/g, ''), run);
  if (associated) return associated;
  return receiver.models.some((model) => isColumn(model, call.name, run)) ? other : null;
}

/** What an association of the receiver's models yields. */
export function associatedValue(receiver: Known, name: string, run: Run): Known | null {
  const found = receiver.models.flatMap((model) => model.associations.get(name) ?? []);
  const [first] = found;
  if (!first) return null;
  const targets = [...new Set(found.flatMap(({ targets }) => targets))];
  const models = targets.flatMap((target) => run.context.models.byName.get(target) ?? []);
  if (models.length === 0) return null;
  const kind = first.kind === 'has-many' || first.kind === 'many-to-many' ? 'relation' : 'record';
  // Where every model of that name leads to the same one, it does not matter which of them it is.
  const nilWithout = joinNames(receiver.nilWithout, receiver.kind === 'record' ? ownKey(found) : undefined);
  return {
    kind,
    models,
    certainty: models.length === 1 ? 'likely' : weaker(receiver.certainty, 'likely'),
    computed: false,
    ...(nilWithout && { nilWithout: nilWithout.slice(0, maxKeys) }),
  };
}

/** Chains of associations are short; of longer ones the first keys decide. */
const maxKeys = 4;

/** The key in the record itself by which an association is looked up. */
function ownKey(associations: readonly Association[]): readonly Name[] | undefined {
  const [first] = associations;
  const [column] = first?.keys ?? [];
  if (first?.kind !== 'belongs-to' || first.keyTable === null || column === undefined) return undefined;
  return associations.length === 1 ? [{ table: first.keyTable, column }] : undefined;
}

function onRelation(call: CallNode, receiver: Known): Value | null {
  const { name } = call;
  const kept = { ...receiver, kind: 'relation' } as const;
  if (name === 'arel_table')
    return { kind: 'relation', models: receiver.models, certainty: receiver.certainty, computed: false };
  if (relationToRelation.has(name)) return computing.has(name) ? { ...kept, computed: true } : kept;
  if (relationToRecord.has(name) || (name.startsWith('find_') && name !== 'find_by_sql')) return recordOf(receiver);
  if (name === '[]' && receiver.kind === 'relation') return recordOf(receiver);
  if (receiver.models.some(({ scopes }) => scopes.has(name))) return { ...kept, computed: true };
  return null;
}

function recordOf(receiver: Known): Known {
  return { ...receiver, kind: 'record', certainty: weaker(receiver.certainty, 'likely') };
}

function isColumn(model: Model, method: string, run: Run): boolean {
  const columns = model.table === null ? null : run.context.columnsOf(model.table);
  return attributesMeant(method).some(({ attribute }) => columns?.has(attribute) ?? false);
}
