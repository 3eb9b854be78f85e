import { absent } from '../content.ts';
import { notUsed, readSettings } from '../read-settings.ts';
import type { ChangedFile, Unread } from '../reading.ts';
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

/** What is wrong with the settings that the pull request itself brings. They are tried, and hold once they are merged. */
export function brokenSettings(changed: readonly ChangedFile[]): readonly Unread[] {
  const text = changed.find(({ path }) => path === settingsPath)?.head ?? null;
  if (text === null) return [];
  try {
    readSettings(text, settingsPath);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return [notUsed(error)];
    throw error;
  }
}
