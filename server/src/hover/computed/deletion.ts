/** What happens to the data of a resource when it is deleted from the stack. */
import { ownEntry } from '../../base/table.ts';
import { isTemplate } from '../../model/format.ts';
import { leaves } from '../../model/navigate.ts';
import { shown } from '../../model/shown.ts';
import type { Here, Piece } from '../here.ts';
import { byDefaultFirst, circumstances, findingAt, reached, ruleText } from '../property-pieces.ts';

const ATTRIBUTE = 'DeletionPolicy';

/** What a `DeletionPolicy` does: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
const EFFECTS: Readonly<Record<string, string>> = {
  Delete: 'deleted with the stack',
  Retain: 'kept when removed from the stack',
  RetainExceptOnCreate: 'kept when removed from the stack',
  Snapshot: 'final snapshot on deletion',
};

/** The `DeletionPolicy` in each scenario; nothing if the format has none, or it is not set. */
export function deletion(here: Here): readonly Piece[] {
  const { resource } = here;
  if (!isTemplate(resource.format)) return [];
  const value = resource.attribute(ATTRIBUTE);
  const all = byDefaultFirst(reached(leaves(value), resource).filter(({ value: { state } }) => state !== 'absent'));
  return all.slice(0, 2).map(({ guard, value: leaf }): Piece => {
    const name = leaf.state === 'known' ? leaf.raw : undefined;
    const effect = (name === undefined ? undefined : ownEntry(EFFECTS, name)) ?? shown(leaf);
    const found = findingAt(here, resource, ATTRIBUTE, leaf, value);
    return {
      text: `${effect} (${ATTRIBUTE})${found ? ruleText(found) : ''}${all.length > 1 ? circumstances(guard) : ''}`,
      cite: [],
      status: found && !found.suppressed ? 'wrong' : 'neutral',
    };
  });
}
