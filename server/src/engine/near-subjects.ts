/** The subjects of rule calls that can judge values at a position, as far as that is known without calling a rule. */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import { once } from '../base/once.ts';
import { finished } from '../base/steps.ts';
import { policiesAround } from '../model/policies-around.ts';
import { stableNameOf, type Stack } from '../model/resource.ts';
import type { Address } from '../model/value.ts';
import { identitiesOf, relatingIdentities } from '../policy/allowance/identity.ts';
import type { PartsAround } from './parts-around.ts';
import { readingPolicies } from './rule-calls.ts';
import type { DocumentPosition } from './rule-trace.ts';

/** Whether calls about something can judge values at a position, by its name (`RuleCall.about`). */
export type IsNear = (about: string) => boolean;

/** An anchor in YAML, by which other resources have the same values. */
const ANCHOR = /[\s[{,]&[^\s&]/;

/**
 * Finds in steps what is near a position in the text of a resource or data source: these resources, those whose
 * policies can be there, and the identities that have such a policy. Rules that judge values elsewhere say so
 * (`judgesElsewhere`). Undefined if anything can judge values there.
 * @param text The text of the document.
 * @param isLate Whether to search only when the first question is asked, which is rare if the last version is known.
 */
export function* findingNear(
  stack: Stack,
  text: string,
  place: Pick<DocumentPosition, 'doc' | 'offset'>,
  { parts, holder }: PartsAround,
  isLate = false,
): Generator<void, IsNear | undefined, undefined> {
  if (!holder || ANCHOR.test(text.slice(holder.range.start, holder.range.end))) return undefined;
  const finding = (): ReturnType<typeof nearOf> => nearOf(stack, place, parts);
  if (!isLate) return yield* finding();
  const isNear = once(() => finished(finding()));
  return (about) => isNear()(about);
}

function* nearOf(
  stack: Stack,
  { doc, offset }: Pick<DocumentPosition, 'doc' | 'offset'>,
  parts: ReadonlySet<Address>,
): Generator<void, IsNear, undefined> {
  const names = new Set<string>();
  for (const resource of stack.resources)
    if (resource.parts.some(({ address }) => parts.has(address))) names.add(stableNameOf(resource));
  for (const { host } of policiesAround(stack, doc, { start: offset, end: offset })) names.add(stableNameOf(host));
  yield;
  const known = knownIn(stack);
  if (!known.identities) {
    yield* readingPolicies(stack);
    yield* relatingIdentities(stack);
    known.identities = true;
  }
  const identities = identitiesOf(stack)
    .filter(({ resource, grants, inherited, boundaries }) =>
      [resource, ...flatMap([...grants, ...inherited, ...boundaries], ({ policy: { host } }) => host)].some((one) =>
        names.has(stableNameOf(one)),
      ),
    )
    .map(({ resource }) => stableNameOf(resource));
  const near = new Set([...names, ...identities.map((name) => `identity ${name}`)]);
  return (about) => near.has(about) || about === '' || names.has(hostOf(about));
}

/** Whether the identities of a stack are known, for which each position would look at all resources. */
const knownIn = memoize((_: Stack) => ({ identities: false }));

/** The name of the resource that has a policy, by the name of the policy. */
function hostOf(about: string): string {
  return about.startsWith('policy ') ? about.slice('policy '.length, about.lastIndexOf(' ')) : about;
}
