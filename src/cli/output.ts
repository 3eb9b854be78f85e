import { CommandError } from './outcome.ts';

/**
 * Writes all of a text to stdout and waits until it is through.
 * @throws CommandError where the reader went away or the disk is full: half a review is none
 */
export function print(text: string): Promise<void> {
  return write(process.stdout, text.endsWith('\n') || text === '' ? text : `${text}\n`);
}

/** Says one line on stderr. Where even that is closed there is nobody to tell. */
export async function printLine(sentence: string): Promise<void> {
  await write(process.stderr, `bellows: ${oneLine(sentence)}\n`).catch(() => {});
}

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(new CommandError(`the output could not be written in full (${error.message})`));
    stream.once('error', fail);
    stream.write(text, (error) => {
      if (error) return fail(error);
      stream.off('error', fail);
      resolve();
    });
  });
}

/** Names of files and revisions may hold anything: neither a line break nor an escape sequence reaches the terminal. */
function oneLine(text: string): string {
  return text
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '?');
}
