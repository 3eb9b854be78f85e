import { CallNode, type Node } from '@ruby/prism/src/nodes.js';

import { argumentsOf, keyword, literalWord, literalWords, positional } from '../models/arguments.ts';
import { valueNamed } from '../models/model-names.ts';
import { needMethod } from './attribute-needs.ts';
import { argumentValue, valueAt } from './receivers.ts';
import { isKnown, type Known, type Run, type Site } from './site.ts';

interface Place {
  readonly site: Site;
  readonly run: Run;
}

/** Helpers that open a form over a record. */
const formHelpers = new Set(
  'form_for form_with simple_form_for semantic_form_for bootstrap_form_for bootstrap_form_with nested_form_for fields_for fields simple_fields_for'.split(
    ' ',
  ),
);

/** Helpers of a form whose first symbol is an attribute. */
const fieldHelpers = new Set(
  `text_field text_area check_box checkbox radio_button hidden_field number_field email_field url_field date_field
  datetime_field datetime_local_field time_field select collection_select file_field password_field color_field
  range_field search_field telephone_field phone_field month_field week_field rich_text_area textarea label input
  date_select datetime_select time_select grouped_collection_select collection_check_boxes collection_radio_buttons
  input_field time_zone_select association`.split(/\s+/),
);

/** The builder that a form helper hands to its block. Null: no form over a known model. */
export function formValue(call: CallNode, site: Site, run: Run): Known | null {
  if (!formHelpers.has(call.name)) return null;
  const model = keyword(call, 'model');
  const [first] = positional(call);
  const word = first ? literalWord(first) : null;
  const receiver = call.receiver ? valueAt(call.receiver, site, run) : null;
  const value = model
    ? argumentValue({ arguments_: { arguments_: [model] } } as CallNode, site, run)
    : word
      ? fieldsOf(word.text, isKnown(receiver) ? receiver : null, run)
      : argumentValue(call, site, run);
  return isKnown(value)
    ? { ...value, kind: 'form', certainty: value.certainty === 'possible' ? 'possible' : 'likely' }
    : null;
}

/** `f.fields_for :comments`: an association of the form's record, else a model of that name. */
function fieldsOf(name: string, form: Known | null, run: Run): Known | null {
  const targets = form?.models.flatMap((model) => model.associations.get(name)?.targets ?? []) ?? [];
  const models = targets.flatMap((target) => run.context.models.byName.get(target) ?? []);
  if (models.length > 0) return { kind: 'form', models, certainty: 'likely', computed: false };
  const value = valueNamed(name, run.context.models);
  return isKnown(value) ? value : null;
}

/** `f.text_field :body`, `text_field :comment, :body`. */
export function needField(call: CallNode, form: Known | null, { site, run }: Place): void {
  if (!fieldHelpers.has(call.name) && !/_(?:field|area|select|box|input)$/.test(call.name)) return;
  const words = argumentsOf(call)
    .slice(0, 2)
    .flatMap((node) => literalWord(node) ?? []);
  const [first, second] = words;
  if (!first) return;
  const because = 'by a field of a form';
  if (form) needMethod({ ...form, kind: 'record' }, first, { run, site, certainty: form.certainty, because });
  else if (call.receiver) needPossible(first, { site, run }, 'a field of a form over an unknown record');
  else if (second) {
    const value = valueNamed(first.text, run.context.models);
    if (isKnown(value))
      needMethod({ ...value, kind: 'record' }, second, { run, site, certainty: value.certainty, because });
  }
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
  if (!['permit', 'permit!', 'expect'].includes(call.name) || call.receiver === null) return;
  const named = permittedModel(call);
  const value = named === null ? null : valueNamed(named, run.context.models);
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
