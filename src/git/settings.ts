import { absent } from '../content.ts';
import { readSettings } from '../read-settings.ts';
import { defaultSettings, type Settings, SettingsError, settingsPath } from '../settings.ts';
import { type Contents, contentAt, keepAll, readBlobs } from './blobs.ts';
import { entryAt } from './listing.ts';
import type { Repository } from './place.ts';

/**
 * The settings that hold for a pull request into this commit; the defaults where it has no settings file.
 * @throws SettingsError when the file is broken or cannot be read
 */
export async function settingsAt(repository: Repository, commit: string, contents: Contents): Promise<Settings> {
  const entry = await entryAt(repository, commit, settingsPath);
  if (entry === null) return defaultSettings;
  await readBlobs(repository, [entry], { contents, keep: keepAll });
  const { text, reason } = contentAt(entry, contents) ?? absent;
  if (text === null) throw new SettingsError(settingsPath, 1, `cannot be used, ${reason}`);
  return readSettings(text, settingsPath);
}
