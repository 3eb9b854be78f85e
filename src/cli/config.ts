import { readFile } from 'node:fs/promises';

import { readSettings } from '../read-settings.ts';
import type { Settings } from '../settings.ts';
import { CommandError } from './outcome.ts';

/**
 * Settings from a file that the caller named.
 * @throws CommandError when it cannot be opened, SettingsError when its text is broken
 */
export async function readConfig(path: string): Promise<Settings> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    throw new CommandError(`${path} (--config) ${reason}: name a file of settings`);
  }
  return readSettings(text, path);
}
