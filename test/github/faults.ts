import type { Answer } from './http.ts';

export type Hook = () => void | Promise<void>;

export interface Faults {
  /** Answers with this status instead, so many times. */
  readonly answer: (method: string, path: RegExp, what: FaultAnswer) => void;
  /** Waits before it answers, so many times. */
  readonly delay: (method: string, path: RegExp, ms: number, times?: number) => void;
  /** Closes the connection without an answer, so many times. */
  readonly drop: (method: string, path: RegExp, times?: number) => void;
  /** Calls back before it answers: the place to push, close or lock in the middle of a review. */
  readonly before: (method: string, path: RegExp, hook: Hook, times?: number) => void;
  readonly clear: () => void;
}

export interface FaultAnswer {
  readonly status: number;
  readonly times?: number;
  readonly message?: string;
  /** In place of a message: the whole answer. */
  readonly body?: unknown;
  /** Sent as it is, whatever it claims to be. */
  readonly raw?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

type Effect =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'drop' }
  | { readonly kind: 'hook'; readonly hook: Hook };

interface Fault {
  readonly method: string;
  readonly path: RegExp;
  readonly effect: Effect;
  left: number;
}

/** What became of a request: null when no fault ends it. */
export type Struck = Answer | 'drop' | null;

export interface FaultBook extends Faults {
  /** Runs the faults that fit, oldest first, until one ends the request. */
  readonly strike: (method: string, path: string) => Promise<Struck>;
}

export function createFaults(): FaultBook {
  let faults: Fault[] = [];
  const add = (method: string, path: RegExp, effect: Effect, left: number) => {
    faults.push({ method: method.toUpperCase(), path, effect, left });
  };
  return {
    answer: (method, path, { status, times = 1, message = 'Injected fault', headers = {}, ...what }) => {
      const { body = { message }, raw } = what;
      const answer = { status, headers, ...(raw === undefined ? { body } : { raw: Buffer.from(raw) }) };
      add(method, path, { kind: 'answer', answer }, times);
    },
    delay: (method, path, ms, times = 1) => add(method, path, { kind: 'hook', hook: () => pause(ms) }, times),
    drop: (method, path, times = 1) => add(method, path, { kind: 'drop' }, times),
    before: (method, path, hook, times = Number.POSITIVE_INFINITY) => add(method, path, { kind: 'hook', hook }, times),
    clear: () => {
      faults = [];
    },
    strike: async (method, path) => {
      for (const fault of faults.filter((each) => each.method === method && each.path.test(path))) {
        if (fault.left <= 0) continue;
        fault.left -= 1;
        if (fault.effect.kind === 'hook') await fault.effect.hook();
        else return fault.effect.kind === 'drop' ? 'drop' : fault.effect.answer;
      }
      return null;
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
