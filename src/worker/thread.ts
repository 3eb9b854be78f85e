/** Inside the review thread: everything that parses text of the pull request runs here and nowhere else. */

import { parentPort } from 'node:worker_threads';

import { furtherNames, interest } from '../interest.ts';
import { parseRuby } from '../languages/ruby.ts';
import { report } from '../report/index.ts';
import { review } from '../review.ts';
import type { Message, Task } from './task.ts';

const port = parentPort;

function say(message: Message): void {
  port?.postMessage(message);
}

function watch<Result>(path: string, read: () => Result): Result {
  say({ kind: 'file', path });
  const result = read();
  say({ kind: 'file', path: null });
  return result;
}

function answer(task: Task): Message {
  switch (task.kind) {
    case 'interest':
      return { kind: 'interest', interest: interest(task.first, watch) };
    case 'names':
      return { kind: 'names', names: furtherNames(task.first, task.files, watch) };
    case 'review': {
      const done = review(task.reading, watch);
      return { kind: 'reviewed', reviewed: { review: done, ...report(done, task.presentation, task.format) } };
    }
  }
}

// The parser compiles on its first use, which may happen while the first task is still being read.
parseRuby('', '');

port?.on('message', (task: Task) => {
  try {
    say(answer(task));
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    say({ kind: 'failed', message, stack: stack ?? '' });
  }
});
