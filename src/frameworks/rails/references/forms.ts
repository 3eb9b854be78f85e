import { type CallNode, HashNode, KeywordHashNode, type Node } from '@ruby/prism/src/nodes.js';

import { argumentsOf, keyword, literalWord, optionOf, positional, wordOf } from '../models/arguments.ts';
import { valueNamed } from '../models/model-names.ts';
import type { Absent } from './absent.ts';
import { needMethod } from './attribute-needs.ts';
import { argumentValue, valueAt } from './receivers.ts';
import { isKnown, type Known, type Run, type Site } from './site.ts';
import { needPossible, type Place } from './views.ts';

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
  range_field search_field telephone_field phone_field month_field week_field rich_text_area textarea input
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
  if (call.receiver === null) needHandedField(call, { site, run });
  if (!fieldHelpers.has(call.name) && !/_(?:field|area|select|box|input)$/.test(call.name)) return;
  const words = argumentsOf(call)
    .slice(0, 2)
    .flatMap((node) => literalWord(node) ?? []);
  const [first, second] = words;
  if (!first) return;
  const saying = { run, site, because: 'by a field of a form', absent: absentIn(call) };
  if (form) needMethod({ ...form, kind: 'record' }, first, { ...saying, certainty: form.certainty });
  else if (call.receiver) needPossible(first, { site, run }, 'a field of a form over an unknown record');
  else if (second) {
    const value = valueNamed(first.text, run.context.models);
    if (isKnown(value)) needMethod({ ...value, kind: 'record' }, second, { ...saying, certainty: value.certainty });
  }
}

/** Helpers of a project that say something about a field and draw none. */
const besideField = /label|error|hint|link|button|id$/;

/** `setting_field(f, :body)`: a helper of the project's own draws the field of the form that it is handed. */
function needHandedField(call: CallNode, { site, run }: Place): void {
  const [first, second] = argumentsOf(call);
  const word = second ? literalWord(second) : null;
  if (!first || !word || besideField.test(call.name)) return;
  const form = valueAt(first, site, run);
  if (form?.kind !== 'form') return;
  const because = 'by a field of a form that a helper draws';
  needMethod({ ...form, kind: 'record' }, word, { run, site, because, certainty: form.certainty });
}

/** Helpers that never look at the attribute when the form is drawn. */
const blind = new Set(['file_field', 'password_field']);

/** Options that stand in for the attribute's value. */
const givenValues = ['value', 'checked', 'selected'];

/**
 * What a field does with an attribute that is not there. Drawn, it reads the attribute only for its value; sent, it
 * writes it, so code that knows the column needs it all the same. `association` reads the key itself.
 */
function absentIn(call: CallNode): Absent | undefined {
  if (call.name === 'association') return 'fails';
  const options = argumentsOf(call).filter((node) => node instanceof HashNode || node instanceof KeywordHashNode);
  const given = options.some((option) => hasValue(option) || hasValue(optionOf(option, 'input_html')));
  const kind = optionOf(options.at(-1) ?? null, 'as');
  const drawnBlind = kind !== null && ['file', 'password'].includes(wordOf(kind) ?? '');
  return given || drawnBlind || blind.has(call.name) ? 'nil' : undefined;
}

function hasValue(options: Node | null): boolean {
  return givenValues.some((name) => optionOf(options, name) !== null);
}
