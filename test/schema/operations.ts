import type { Column, Operation, OperationKind } from '../../src/schema/operation.ts';

type Of<Kind extends OperationKind> = Extract<Operation, { kind: Kind }>;
type Needed<Kind extends OperationKind> = Omit<Of<Kind>, 'kind' | 'at' | 'statement' | 'conditional'>;

/** An operation with a place of its own; each gets its own statement unless told otherwise. */
export function operation<Kind extends OperationKind>(
  kind: Kind,
  parts: Needed<Kind>,
  place: { path?: string; line?: number; statement?: number; conditional?: boolean } = {},
): Operation {
  const line = place.line ?? 1;
  return {
    kind,
    at: { path: place.path ?? 'db/migrate/1_change.rb', line, column: 5 },
    statement: place.statement ?? line,
    conditional: place.conditional ?? false,
    ...parts,
  } as unknown as Operation;
}

export function column(name: string, parts: Partial<Column> = {}): Column {
  return { name, type: null, nullable: true, default: null, generated: null, ...parts };
}
