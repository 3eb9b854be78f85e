import { CallNode, type Node } from '@ruby/prism/src/nodes.js';

import { argumentsOf, literalWord, literalWords } from '../models/arguments.ts';
import { valueNamed } from '../models/model-names.ts';
import { needMethod } from './attribute-needs.ts';
import { argumentValue } from './receivers.ts';
import { isKnown, type Known, type Run, type Site } from './site.ts';

export interface Place {
  readonly site: Site;
  readonly run: Run;
}

/** `json.extract! comment, :body`, `json.(comment, :body)`, `json.array! comments, :body`. */
export function needJson(call: CallNode, place: Place): Known | null {
  const receiver = call.receiver;
  if (!(receiver instanceof CallNode) || receiver.name !== 'json' || receiver.receiver !== null) return null;
  const value = argumentValue(call, place.site, place.run);
  if (!isKnown(value)) return null;
  const record: Known = { ...value, kind: 'record' };
  for (const word of argumentsOf(call).slice(1).flatMap(literalWords)) {
    needMethod(record, word, { ...place, certainty: 'likely', because: 'into JSON' });
  }
  return record;
}

/** `params.require(:comment).permit(:body)`: allowed to be written, if it is sent. */
export function needPermitted(call: CallNode, { site, run }: Place): void {
  const isAdmin = call.name === 'permit_params' && call.receiver === null && site.subject !== null;
  if (!isAdmin && (!['permit', 'permit!', 'expect'].includes(call.name) || call.receiver === null)) return;
  const named = permittedModel(call);
  const value = isAdmin ? site.subject : named === null ? null : valueNamed(named, run.context.models);
  for (const word of permittedWords(call)) {
    const because = 'a parameter that a request may set';
    if (isKnown(value))
      needMethod({ ...value, kind: 'record' }, word, {
        run,
        site,
        certainty: 'possible',
        because: 'by a request parameter',
        access: 'write',
      });
    else needPossible(word, { site, run }, because);
  }
}

function permittedModel(call: CallNode): string | null {
  const receiver = call.receiver;
  if (!(receiver instanceof CallNode) || !['require', '[]', 'fetch'].includes(receiver.name)) return null;
  const [first] = argumentsOf(receiver);
  return first ? (literalWord(first)?.text ?? null) : null;
}

function permittedWords(call: CallNode) {
  return argumentsOf(call).flatMap((argument: Node) => literalWords(argument));
}

/** A name that may be a column of any table. */
export function needPossible(
  word: { readonly text: string; readonly range: Node['location'] },
  { site, run }: Place,
  because: string,
): void {
  if (site.guarded.has(word.text)) return;
  for (const table of run.tablesWith(word.text)) {
    run.need({ table, column: word.text, access: 'read', certainty: 'possible', because, range: word.range });
  }
}
