import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { clean, clipMiddle, plain } from './escape.ts';
import { code, fence, html, link, prose, quote } from './markdown.ts';
import { caption, label } from './picture.ts';
import type { Place } from './places.ts';
import { field, paragraph } from './terminal.ts';

/** Every template by name; each is a file of `templates/` and may be used inside another. */
export const templateNames = [
  'ask',
  'check',
  'check-details',
  'comment',
  'counts',
  'details',
  'failure',
  'finding',
  'footer',
  'notes',
  'picture',
  'plan',
  'relied',
  'safe',
  'settings',
  'settled',
  'terminal',
  'unread',
  'verdict',
  'way-out',
] as const;
export type TemplateName = (typeof templateNames)[number];

/** A path is there to be opened; no system opens a longer one, and a tree may name it all the same. */
const maxPath = 4096;

/** A query is there to be copied: it is shown whole. */
const maxQuery = 4000;

const folder = new URL('../../templates/', import.meta.url);

/** Templates write no untrusted value without one of these: each makes it safe for one place. */
const helpers = {
  bare: (text: string) => clipMiddle(clean(known(text)), maxPath),
  caption: (text: string) => caption(known(text)),
  code: (name: string) => code(known(name)),
  codeAt: (place: Place) => link(code(`${known(place).path}:${place.line}`), place.url),
  fence: (language: string, content: string) => fence(known(language), known(content)),
  field: (indent: number, name: string | number, title: string, right: string) =>
    field(indent, [`${known(name)}`, known(title), known(right)]),
  html: (text: string) => html(known(text)),
  label: (text: string) => label(known(text)),
  lineAt: (place: Place) => link(code(`:${known(place).line}`), place.url),
  linked: (text: string, url: string | null) => link(prose(known(text)), url),
  nameAt: (place: Place) => link(code(`${known(place).short}:${place.line}`), place.url),
  paragraph: (indent: number, text: string) => paragraph(known(text), known(indent)),
  plain: (text: string) => plain(known(text)),
  prose: (text: string) => prose(known(text)),
  query: (text: string) => prose(known(text), maxQuery),
  quoted: (line: string) => quote(known(line)),
};

/** Names that no field may have: a template would call the helper. */
export const helperNames: readonly string[] = Object.keys(helpers);

/** Handlebars is strict about fields and not about what helpers are given. */
function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a template gives a helper a field that its view does not have');
  return value;
}

let compiled: ReadonlyMap<TemplateName, HandlebarsTemplateDelegate> | null = null;

/** Fills in a template. Reads all of them from disk at the first call. */
export function render(name: TemplateName, view: object): string {
  compiled ??= compileAll();
  return `${compiled.get(name)?.(view).trimEnd() ?? ''}\n`;
}

function compileAll(): ReadonlyMap<TemplateName, HandlebarsTemplateDelegate> {
  const handlebars = Handlebars.create();
  handlebars.registerHelper(helpers);
  const knownHelpers = Object.fromEntries(Object.keys(helpers).map((helper) => [helper, true]));
  const options = { strict: true, noEscape: true, knownHelpersOnly: true, preventIndent: true, knownHelpers };
  const all = new Map(templateNames.map((name) => [name, handlebars.compile(templateText(name), options)]));
  for (const [name, template] of all) handlebars.registerPartial(name, template);
  return all;
}

/** A template's source. */
export function templateText(name: TemplateName): string {
  return readFileSync(new URL(`${name}.hbs`, folder), 'utf8');
}
