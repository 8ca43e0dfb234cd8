import { ownEntry } from '../base/table.ts';
import type { Resource } from '../model/resource.ts';
import type { Cited } from './card.ts';
import { flagsOf, type ChangeImpact, type CloudFormationType } from './change-data.ts';

/** What changing a property does to what is deployed, in a clause; undefined when that is not known. */
export function changeOf(
  resource: Resource,
  path: string,
  type: CloudFormationType | undefined,
  impact: ChangeImpact | undefined,
): Cited | undefined {
  const curated = ownEntry(ownEntry(impact?.changes, resource.type), path);
  if (curated) {
    const what = isTerraform(resource) && curated.terraform ? curated.terraform : curated.impact;
    return {
      text: curated.text === undefined ? PLAIN[what] : `${IMPACT[what]}: ${curated.text}`,
      cite: curated.sources.slice(0, 1),
    };
  }
  // What Terraform does is not what the specification of CloudFormation says.
  if (isTerraform(resource)) return undefined;
  const flags = flagsOf(type, path);
  return flags && { text: PLAIN[flags], cite: [] };
}

function isTerraform({ format }: Resource): boolean {
  return format.startsWith('terraform');
}

const IMPACT = {
  none: 'without replacement',
  interrupt: 'the resource is not available for a while',
  may: 'may replace or interrupt the resource, depending on the values',
  replace: 'REPLACEMENT',
  'impossible-in-place': 'not possible in place',
} as const;

/** Where nothing more is known of a change. */
const PLAIN = { ...IMPACT, replace: 'REPLACEMENT: a new resource is made and this one deleted' };
