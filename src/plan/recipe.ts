import type { AppReading } from '../frameworks/framework.ts';
import type { Operation, OperationKind } from '../schema/operation.ts';

/** What a recipe knows of the pull request around the operation that it rewrites. */
export interface Kitchen {
  readonly app: AppReading;
  /** The author's migration as text. */
  readonly text: string;
  readonly path: string;
}

/** A piece of the author's text that goes, in UTF-16 offsets. */
export interface Cut {
  readonly start: number;
  readonly end: number;
}

/** What takes the operation's place. */
export interface Rewrite {
  readonly cuts: readonly Cut[];
  /** Name of the new migration in the framework's own manner, without version and extension. */
  readonly name: string;
  /** The new migration's text; its class is what the file name asks for. */
  readonly render: (className: string) => string;
}

/** `reason` is a clause that completes "this stays as it is: …". */
export type Cooked = { readonly ok: true; readonly rewrite: Rewrite } | { readonly ok: false; readonly reason: string };

type Of<Kind extends OperationKind> = Extract<Operation, { readonly kind: Kind }>;

/** How one kind of operation is written so that it blocks nobody. Pure; refuses whatever it does not understand. */
export type Recipe<Kind extends OperationKind> = (operation: Of<Kind>, kitchen: Kitchen) => Cooked;

export type Recipes = { readonly [Kind in OperationKind]?: Recipe<Kind> };

export function refused(reason: string): Cooked {
  return { ok: false, reason };
}
