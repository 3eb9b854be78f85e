import { ArrayNode, HashNode, KeywordHashNode, type Node } from '@ruby/prism/src/nodes.js';
import type { Name } from '../../../deploy/deploy.ts';
import { joinNames } from '../references/absent.ts';
import { associationNeeds } from '../references/attribute-needs.ts';
import { associatedValue } from '../references/call-values.ts';
import type { Known, Run, Site } from '../references/site.ts';
import { literalWord, pairsOf, type Word } from './arguments.ts';

interface Place {
  readonly site: Site;
  readonly run: Run;
  /** The keys are looked up in records already read, not in the statement. */
  readonly ofRecords: boolean;
  /** Without these names what is nested is not asked for. */
  readonly nilWithout?: readonly Name[] | undefined;
}

/** Reports the keys of the associations that `joins`, `includes` and their like name, nested ones too. */
export function needAssociations(nodes: readonly Node[], value: Known, place: Place): void {
  for (const node of nodes) {
    if (node instanceof HashNode || node instanceof KeywordHashNode) {
      for (const { key, value: inner } of pairsOf(node)) {
        const next = needAssociation(key, value, place);
        if (next)
          needAssociations([inner], next, {
            ...place,
            nilWithout: joinNames(place.nilWithout, ownKey(key, value, place)),
          });
      }
    } else if (node instanceof ArrayNode) needAssociations(node.elements as Node[], value, place);
    else {
      const word = literalWord(node);
      if (word) needAssociation(word, value, place);
    }
  }
}

/** The models at the association's end, null where the name is none. */
function needAssociation(name: Word, value: Known, { run, ofRecords, nilWithout: outer }: Place): Known | null {
  const following = { access: 'read', context: run.context, ofRecord: ofRecords } as const;
  const because = 'the key of an association that a query joins or loads';
  for (const model of value.models) {
    const association = model.associations.get(name.text);
    if (!association) continue;
    for (const { table, column, nilWithout } of associationNeeds(association, model, following)) {
      const need = { table, column, access: 'read', certainty: value.certainty, because, range: name.range } as const;
      run.need({ ...need, nilWithout: joinNames(outer, nilWithout) });
    }
  }
  const next = associatedValue(value, name.text, run);
  return next && { ...next, certainty: value.certainty };
}

/** The key that the model itself has of an association that is loaded: without it nothing below is loaded. */
function ownKey(name: Word, { models }: Known, { ofRecords }: Place): readonly Name[] | undefined {
  const [association] = models.flatMap(({ associations }) => associations.get(name.text) ?? []);
  if (!ofRecords || association?.kind !== 'belongs-to' || association.keyTable === null) return undefined;
  const [column] = association.keys;
  return column === undefined ? undefined : [{ table: association.keyTable, column }];
}
