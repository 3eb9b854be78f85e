import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';

const folder = new URL('../../templates/migrations/', import.meta.url);
const compiled = new Map<string, HandlebarsTemplateDelegate>();

/**
 * Fills in a template of `templates/migrations/`, read from disk at its first use. Templates write values as they are:
 * whoever calls answers for every name being harmless in the language of the file.
 */
export function renderMigration(name: string, view: object): string {
  const known = compiled.get(name) ?? compile(name);
  compiled.set(name, known);
  return known(view);
}

function compile(name: string): HandlebarsTemplateDelegate {
  const text = readFileSync(new URL(`${name}.hbs`, folder), 'utf8');
  return Handlebars.create().compile(text, { strict: true, noEscape: true, knownHelpersOnly: true });
}
