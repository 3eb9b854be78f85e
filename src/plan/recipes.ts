import type { Operation, OperationKind } from '../schema/operation.ts';
import { addForeignKey } from './add-foreign-key.ts';
import type { Cooked, Kitchen, Recipe, Recipes } from './recipe.ts';

/** Every recipe, by the operation that it rewrites. */
export const recipes = { 'add-foreign-key': addForeignKey } as const satisfies Recipes;

/** What the recipe for an operation makes of it; null where there is none. */
export function cook(operation: Operation, kitchen: Kitchen): Cooked | null {
  const all: Recipes = recipes;
  const recipe = all[operation.kind] as Recipe<OperationKind> | undefined;
  return recipe ? recipe(operation, kitchen) : null;
}
