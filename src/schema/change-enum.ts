import type { Operation } from './operation.ts';

type EnumOperation = Extract<Operation, { kind: `${string}-enum` | `${string}-enum-value` }>;

/** Does an operation to the types that list their values. */
export function changeEnum(enums: Map<string, readonly string[]>, operation: EnumOperation): void {
  const values = enums.get(operation.name) ?? [];
  switch (operation.kind) {
    case 'create-enum':
      enums.set(operation.name, operation.values);
      return;
    case 'drop-enum':
      enums.delete(operation.name);
      return;
    case 'rename-enum':
      enums.set(operation.to, values);
      enums.delete(operation.name);
      return;
    case 'add-enum-value':
      enums.set(operation.name, [...values, operation.value]);
      return;
    case 'rename-enum-value':
      enums.set(
        operation.name,
        values.map((value) => (value === operation.value ? operation.to : value)),
      );
  }
}
