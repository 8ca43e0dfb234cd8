import { ownEntry } from '../base/table.ts';
import { isTerraform } from '../model/format.ts';
import type { Resource } from '../model/resource.ts';
import type { Cited } from './card.ts';
import { flagsOf, type ChangeImpact, type CloudFormationType } from './change-data.ts';

/** The update behavior of a property as a clause: what a change does to the deployed resource; undefined if unknown. */
export function changeOf(
  resource: Resource,
  path: string,
  type: CloudFormationType | undefined,
  impact: ChangeImpact | undefined,
): Cited | undefined {
  const curated = ownEntry(ownEntry(impact?.changes, resource.type), path);
  if (curated) {
    const what = isTerraform(resource.format) && curated.terraform ? curated.terraform : curated.impact;
    return {
      text:
        curated.text === undefined
          ? PLAIN[what]
          : what === 'some'
            ? `${IMPACT[what]}; ${curated.text}`
            : `${IMPACT[what]} (${curated.text})`,
      cite: (isTerraform(resource.format) ? beyondCloudFormation(curated.sources) : curated.sources).slice(0, 1),
    };
  }
  // Terraform's update behavior differs from CloudFormation's specification.
  if (isTerraform(resource.format)) return undefined;
  const flags = flagsOf(type, path);
  return flags && { text: PLAIN[flags], cite: [] };
}

/** The pages of a change without those about CloudFormation, unless there are no others. */
function beyondCloudFormation<T extends { readonly url: string }>(sources: readonly T[]): readonly T[] {
  const others = sources.filter(({ url }) => !url.includes('/AWSCloudFormation/'));
  return others.length > 0 ? others : sources;
}

const IMPACT = {
  none: 'without replacement',
  // CloudFormation's word for an update in place that can disturb the resource; services can say that theirs does not.
  some: 'without replacement; CloudFormation states some interruptions',
  interrupt: 'interrupts the resource',
  may: 'can replace or interrupt the resource, depending on the values',
  replace: 'REPLACEMENT',
  'impossible-in-place': 'cannot be changed in place',
} as const;

/** Used when the data has no text for a change. */
const PLAIN = { ...IMPACT, replace: 'REPLACEMENT (creates a new resource and deletes this one)' };
