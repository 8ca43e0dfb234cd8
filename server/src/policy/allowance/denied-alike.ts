/** Which actions Deny statements treat alike, so that they are compared with one of them only. */
import { memoize, numbering } from '../../base/memoize.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Statement } from '../../model/policy.ts';
import type { RequestContext } from '../condition/condition-holds.ts';
import { conditionKeysOf, foreignKeys, type ArnForms, type Denial } from './denial.ts';

const numberOfForms = numbering<readonly string[]>();
const numberOfDenials = numbering<readonly Denial[]>();

/**
 * What the answers of `deniedBy` depend on, as a text: actions with the same text are denied alike.
 * @param denials A list that is the same for all actions that its statements name alike.
 */
export function kindOfDenied(
  denials: readonly Denial[],
  allowing: Statement,
  forms: ArnForms,
  known: RequestContext | undefined,
): string {
  const isForAll = namesAllResources(allowing) && nameAllResources(denials);
  const resources = isForAll ? '*' : numberOfForms(forms.any);
  return `${numberOfDenials(denials)} ${resources} ${foreignKeys(conditionKeysOf(denials), forms, known).join()}`;
}

const nameAllResources = memoize((denials: readonly Denial[]): boolean =>
  denials.every(({ statement }) => namesAllResources(statement)),
);

/** Whether a statement names resources only by `*`, which matches those of any format. */
const namesAllResources = memoize(
  ({ resources, notResources }: Statement): boolean =>
    leaves(notResources).every(({ value }) => value.state === 'absent' && !value.open) &&
    itemsOf(resources, true).items.every(({ value }) =>
      leaves(value).every(({ value: leaf }) => leaf.state === 'known' && leaf.raw === '*'),
    ),
);
