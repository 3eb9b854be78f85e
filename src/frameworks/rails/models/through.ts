import type { Inflector } from './inflections.ts';
import type { Association, Model } from './model.ts';

/** An association may go through one that itself goes through another; more links than this are not followed. */
const maxLinks = 3;

/** Completes `through:` associations: the classes at their end are those of the association they lead to. */
export function followThrough(models: readonly Model[], inflector: Inflector): readonly Model[] {
  let current = models;
  for (let link = 0; link < maxLinks; link++) {
    const byName = new Map(current.map((model) => [model.name, model]));
    current = current.map((model) => {
      const associations = [...model.associations.values()];
      if (associations.every(({ through }) => through === null)) return model;
      const followed = associations.map((each) => follow(each, { model, byName, inflector }));
      return { ...model, associations: new Map(followed.map((each) => [each.name, each])) };
    });
  }
  return current;
}

interface Following {
  readonly model: Model;
  readonly byName: ReadonlyMap<string, Model>;
  readonly inflector: Inflector;
}

function follow(association: Association, { model, byName, inflector }: Following): Association {
  const via = association.through === null ? undefined : model.associations.get(association.through);
  if (!via) return association;
  const names = association.source
    ? [association.source]
    : [association.name, inflector.singularize(association.name), inflector.pluralize(association.name)];
  const targets = via.targets.flatMap((target) => {
    const far = byName.get(target)?.associations;
    const end = names.map((name) => far?.get(name)).find((each) => each !== undefined);
    return end?.targets ?? [];
  });
  return targets.length > 0 ? { ...association, targets: [...new Set(targets)] } : association;
}
