import { ArrayNode, HashNode, KeywordHashNode, type Node } from '@ruby/prism/src/nodes.js';
import { associationNeeds } from '../references/attribute-needs.ts';
import { associatedValue } from '../references/call-values.ts';
import type { Known, Run, Site } from '../references/site.ts';
import { literalWord, pairsOf, type Word } from './arguments.ts';

interface Place {
  readonly site: Site;
  readonly run: Run;
}

/** Reports the keys of the associations that `joins`, `includes` and their like name, nested ones too. */
export function needAssociations(nodes: readonly Node[], value: Known, place: Place): void {
  for (const node of nodes) {
    if (node instanceof HashNode || node instanceof KeywordHashNode) {
      for (const { key, value: inner } of pairsOf(node)) {
        const next = needAssociation(key, value, place);
        if (next) needAssociations([inner], next, place);
      }
    } else if (node instanceof ArrayNode) needAssociations(node.elements as Node[], value, place);
    else {
      const word = literalWord(node);
      if (word) needAssociation(word, value, place);
    }
  }
}

/** The models at the association's end, null where the name is none. */
function needAssociation(name: Word, value: Known, { run }: Place): Known | null {
  for (const model of value.models) {
    const association = model.associations.get(name.text);
    if (!association) continue;
    for (const { table, column } of associationNeeds(association, model, { access: 'read', context: run.context })) {
      const because = 'the key of an association that a query joins or loads';
      run.need({ table, column, access: 'read', certainty: value.certainty, because, range: name.range });
    }
  }
  const next = associatedValue(value, name.text, run);
  return next && { ...next, certainty: value.certainty };
}
