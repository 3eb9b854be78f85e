import type { Content } from '../content.ts';
import { readSettings } from '../read-settings.ts';
import type { ChangedFile } from '../reading.ts';
import { defaultSettings, type Settings, SettingsError, settingsPath } from '../settings.ts';

/**
 * The target's settings hold, never those of the pull request. Where they are broken and the pull request mends them, it
 * is reviewed under the defaults: nobody could merge it otherwise.
 * @throws SettingsError
 */
export function settingsFor(target: Content | null, proposed: Settings | SettingsError | null): Settings {
  const found = settingsIn(target);
  if (!(found instanceof SettingsError)) return found;
  if (proposed === null || proposed instanceof SettingsError) throw found;
  return defaultSettings;
}

/** Those that the pull request brings; null: none. */
export function proposedIn(changed: readonly ChangedFile[]): Settings | SettingsError | null {
  const file = changed.find(({ path }) => path === settingsPath);
  if (file?.head != null) return settingsIn({ text: file.head, reason: null });
  return file?.status === 'deleted' ? defaultSettings : null;
}

function settingsIn(content: Content | null): Settings | SettingsError {
  if (content === null) return defaultSettings;
  if (content.text === null) return new SettingsError(settingsPath, 1, content.reason);
  try {
    return readSettings(content.text, settingsPath);
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
}
