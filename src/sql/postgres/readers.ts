import type { Operation } from '../../schema/operation.ts';
import type { Context, Tree } from './context.ts';

type KeyOf<Union> = Union extends unknown ? keyof Union : never;

/** The name of a type of node. */
export type Kind = KeyOf<Tree>;

type Content<Name extends Kind> = Extract<Tree, Record<Name, unknown>>[Name &
  keyof Extract<Tree, Record<Name, unknown>>];

/** How a statement of each kind is read. */
export type Readers = {
  readonly [Name in Kind]?: (context: Context, statement: Content<Name>) => readonly Operation[];
};
