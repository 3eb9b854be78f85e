import { frameworks } from './frameworks/index.ts';
import { hazards } from './hazards/index.ts';
import type { Unread } from './reading.ts';
import { parseSettings, type Settings, type SettingsError } from './settings.ts';
import type { KnownNames } from './settings-problems.ts';

const known: KnownNames = {
  hazard: hazards.map(({ id }) => id),
  framework: frameworks.map(({ name }) => name),
};

/**
 * Reads the text of a project's settings file, in which every hazard and framework must be one that there is: a word that
 * nothing goes by would be taken for a rule that holds.
 * @throws SettingsError with the place and the reason in one sentence
 */
export function readSettings(text: string, path: string): Settings {
  return parseSettings(text, path, known);
}

/** What is said of settings that the pull request itself brings, and that could not be used once it is merged. */
export function notUsed({ path, line, reason }: SettingsError): Unread {
  const words = `these settings cannot be used (${reason}): until this is merged those of the target hold`;
  return { path, line, reason: words };
}
