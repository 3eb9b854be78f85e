import type { Run, Value } from '../references/site.ts';
import type { Model, Models } from './model.ts';

/** Words before a name that leave its meaning: `current_user` is a user. */
const adjectives = new Set(
  `current new old other existing first last next previous prev target source parent child original updated created
  deleted saved my the this some same found default latest recent local single selected matching linked devel main
  remote own real given added removed displayed viewed requested assigned
  accepted pending active expired another edit edited editing shown showing hidden`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Names of associations that code also gives to things of other kinds: alone they tell little. */
const general = new Set(
  `parent parents child children root roots node nodes source sources target targets owner item items record records
  object objects resource resources subject entry entries data value values result results key keys type status state file
  files image images version versions option options parameter next previous first last`.split(/\s+/),
);

/** What controllers and views call things of their own, whatever models there are. */
export const ofTheRequest: ReadonlySet<string> = new Set(
  'request response session params cookies flash headers controller config env logger'.split(' '),
);

/** Code that runs within a request: there these names are taken. */
export const servesRequests = /(?:^|\/)app\/(?:controllers|views|helpers|components|channels|middleware)\//;

/**
 * A value told by a name alone: `comment`, `@comments`, `current_user`, `moderator` (an association). Null: no model's
 * name. The name of an association tells less where it is a method of something unknown (`called`).
 */
export function valueNamed(word: string, models: Models, called = false): Value | null {
  const bare = word.replace(/^@+/, '').replace(/!$/, '');
  const value = exactly(bare, models) ?? withoutAdjective(bare, models);
  const byModel = models.singular.has(bare) || models.plural.has(bare);
  if (value === null || value.kind === 'other' || byModel) return value;
  return general.has(bare) || (called && value.models.length > 1) ? { ...value, certainty: 'possible' } : value;
}

function exactly(word: string, models: Models): Value | null {
  const one = models.singular.get(word);
  if (one) return named('record', one);
  const many = models.plural.get(word);
  if (many) return named('relation', many);
  const associated = models.associated.get(word);
  if (!associated || associated.models.length === 0) return null;
  return named(associated.many ? 'relation' : 'record', associated.models, models.interfaces.has(word));
}

function withoutAdjective(word: string, models: Models): Value | null {
  const cut = word.indexOf('_');
  if (cut === -1 || !adjectives.has(word.slice(0, cut))) return null;
  return exactly(word.slice(cut + 1), models);
}

/** Several models may share a name: then it is a guess, except where a polymorphic association says so. */
function named(kind: 'record' | 'relation', models: readonly Model[], shared = false): Value {
  const tables = new Set(models.map(({ table }) => table));
  return {
    kind,
    models,
    certainty: tables.size === 1 || shared ? 'likely' : 'possible',
    computed: false,
    byName: true,
  };
}

/** What a variable is by its name, also by the last word of a model's name in that model's own files. */
export function calledValue(name: string, { file, context }: Run): Value | null {
  return valueNamed(name, context.models) ?? shortenedValue(name, file.path, context.models);
}

/** `block` is a `UserBlock` in `user_blocks_controller.rb` and in `views/user_blocks/`. */
function shortenedValue(name: string, path: string, models: Models): Value | null {
  const word = name.replace(/^@+/, '');
  for (const folder of path.split(/[/.]/)) {
    const found = modelBeginning(folder, models);
    const singular = found?.[0] && lastWords(found[0].name).some((each) => each === word);
    if (found && singular) return named('record', found);
  }
  return null;
}

/** `user_blocks_controller` and `user_block_finder` → `UserBlock`. */
function modelBeginning(folder: string, models: Models): readonly Model[] | null {
  for (let cut = folder.length; cut > 0; cut = folder.lastIndexOf('_', cut - 1)) {
    const name = folder.slice(0, cut);
    const found = models.plural.get(name) ?? models.singular.get(name);
    if (found) return found;
  }
  return null;
}

/** `DiaryEntry` → `entry`. */
function lastWords(className: string): readonly string[] {
  const last = /[A-Z][a-z\d]*$/.exec(className)?.[0];
  return last && last.length < className.length ? [last.toLowerCase()] : [];
}
