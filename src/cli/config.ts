import { open } from 'node:fs/promises';

import { contentOf, folder } from '../content.ts';
import { readSettings } from '../read-settings.ts';
import { maxFileBytes } from '../reading.ts';
import type { Settings } from '../settings.ts';
import { CommandError } from './outcome.ts';

/**
 * Settings from a file that the caller named.
 * @throws CommandError when it cannot be read, SettingsError when its text is broken
 */
export async function readConfig(path: string): Promise<Settings> {
  const { text, reason } = contentOf(await bytesOf(path));
  if (text === null) throw refusal(path, `cannot be read, ${reason}`);
  return readSettings(text, path);
}

/** As much of a file as tells that it is too long: a device has no end. */
async function bytesOf(path: string): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of file.createReadStream({ end: maxFileBytes, autoClose: false }))
        chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw refusal(path, reasonOf((error as NodeJS.ErrnoException).code));
  }
}

function reasonOf(code: string | undefined): string {
  if (code === 'ENOENT') return 'is not there';
  return `cannot be read, ${code === 'EISDIR' ? folder.reason : `the system says ${code}`}`;
}

function refusal(path: string, reason: string): CommandError {
  return new CommandError(`${path || '``'} (--config) ${reason}: name a file of settings`);
}
