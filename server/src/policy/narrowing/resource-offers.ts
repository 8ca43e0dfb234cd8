/** The resources that can replace a wildcard: those of the stack, or all of a type. */
import { flatMap } from '../../base/flat-map.ts';
import { some } from '../../base/words.ts';
import { resourceTypePlural, resourceTypeWords } from '../data/words.ts';
import { NewText, type NewValue } from '../../model/edit.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { resourcesOfTypes } from '../../model/resources-of-type.ts';
import type { Action, ServiceActions } from '../data/action.ts';
import { arnPatternForAll, arnScopeOf, limitsAccountOrRegion, type ArnScope } from '../resource/arn-template.ts';
import type { Narrowed } from '../statement/narrowed.ts';
import type { WrittenAction } from '../statement/split-statement.ts';
import { stateMachineCalls } from '../workload/state-machine-calls.ts';
import { arnFor, typesIn } from '../resource/stack-arn.ts';
import type { BroadResources } from '../resource/broad-resources.ts';

/** The maximum number of resources of a stack that are offered individually. */
const MOST_OFFERED = 3;

/** The maximum number of ARNs that a fix writes for one service. */
const MOST_ARNS = 6;

/** Resources that replace the wildcard, for the actions of one service. */
export interface ResourceOffer {
  /** The end of the title: "Restrict sqs:SendMessage to *queue Jobs*". */
  readonly called: string;
  /** The same with fewer names. */
  readonly brief?: string;
  /** The account and Region to which it restricts, or what calls the resources, as an item of the brackets. */
  readonly where?: string;
  readonly arns: readonly NewValue[];
  /** Actions of a pattern that do not support these resources. */
  readonly lost: readonly Action[];
}

/** A wildcard resource, or an ARN pattern that matches all resources of a type. */
export interface NarrowedWildcard extends Narrowed {
  /** The services for which all resources of the types are equivalent to the wildcard; none if omitted. */
  readonly named?: ReadonlySet<string>;
}

/** The offers for each service with resource-level permissions; undefined for a service without them. */
export function offersFor(
  { policy, stack, named: byName }: NarrowedWildcard,
  { actions, covers }: BroadResources,
): readonly { readonly named: readonly ResourceOffer[]; readonly every: ResourceOffer | undefined }[] {
  const services = new Set(actions.filter(({ limited }) => limited.length > 0).map(({ service }) => service));
  return [...services].map((service) => {
    const own = actions.filter((action) => action.service === service && action.limited.length > 0);
    const types = typesIn(service.service);
    const called = service.service === 'lambda' ? offerOfCalls(policy, service, own, stack, covers) : undefined;
    const named = called
      ? [called]
      : flatMap(
          candidatesAmong(resourcesOfTypes(stack, types.keys()), policy),
          (resource) => offerOf(service, own, resource, covers) ?? [],
        );
    return {
      named: named.slice(0, MOST_OFFERED),
      every: byName?.has(service.service) ? undefined : everyOfTypes(policy, service, own, covers),
    };
  });
}

/** The maximum number of resources of a stack that are considered. */
const MOST_CANDIDATES = 32;

/** The first resources that can be offered, one of each family. */
function candidatesAmong(resources: readonly Resource[], policy: PolicyDocument): readonly Resource[] {
  const found = new Map<string, Resource>();
  for (const one of resources) {
    if (found.size === MOST_CANDIDATES) break;
    if (one === policy.host || one.external || one.internal || !one.when.yes.isAlways()) continue;
    if (!found.has(one.family)) found.set(one.family, one);
  }
  return [...found.values()];
}

/** Combined offers: one for each service (its only resource, or each of several), then all resources of the types. */
export function combinedOffers(services: ReturnType<typeof offersFor>): readonly (readonly ResourceOffer[])[] {
  const pick = (
    choose: (service: (typeof services)[number]) => ResourceOffer | undefined,
  ): readonly (readonly ResourceOffer[])[] => {
    const offers = services.map(choose);
    return offers.every((offer) => offer !== undefined) ? [offers] : [];
  };
  const all = pick((service) => service.every);
  const several = services.find(({ named }) => named.length > 1);
  const each = several
    ? flatMap(several.named, (offer) =>
        pick((service) =>
          service === several ? offer : service.named.length === 1 ? service.named[0] : service.every,
        ),
      )
    : pick((service) => service.named[0] ?? service.every);
  return services.some(({ named }) => named.length > 0) ? [...each, ...all] : all;
}

/** The resource types of a resource of the stack for the actions; undefined if a named action requires other types. */
function offerOf(
  service: ServiceActions,
  actions: readonly WrittenAction[],
  resource: Resource,
  covers: BroadResources['covers'],
): ResourceOffer | undefined {
  const has = (type: string): boolean =>
    arnFor(service.service, type, resource) !== undefined && covers(service.resourceType(type)?.arn ?? '');
  const split = usable(actions, has);
  if (!split) return undefined;
  const types = [...new Set(flatMap(split.kept, ({ resources }) => resources.map(({ type }) => type).filter(has)))];
  // The resource first, then its subresources.
  const arns = distinct(
    types
      .map((type) => arnFor(service.service, type, resource)!)
      .toSorted((one, other) => Number(one instanceof NewText) - Number(other instanceof NewText)),
    resource,
  );
  return { called: `${typeWords(resource)} ${resource.displayName}`, arns, lost: split.lost };
}

/** The functions that state machines with the policy invoke. */
function offerOfCalls(
  policy: PolicyDocument,
  service: ServiceActions,
  actions: readonly WrittenAction[],
  stack: Stack,
  covers: BroadResources['covers'],
): ResourceOffer | undefined {
  const calls = stateMachineCalls(policy, stack);
  const split =
    calls && usable(actions, (type) => type === 'function' && covers(service.resourceType(type)?.arn ?? ''));
  if (!split || calls.arns.length > MOST_ARNS) return undefined;
  const [first, ...others] = calls.stateMachines.map(({ displayName }) => displayName);
  const isOne = calls.arns.length === 1;
  const by = others.length === 0 ? `${first!} calls` : `${others.length + 1} state machines call`;
  const only = isOne ? calls.functions[0]?.displayName : undefined;
  return {
    called: only !== undefined ? `function ${only}` : isOne ? 'one function' : `${calls.arns.length} functions`,
    where: `${by} ${isOne ? 'it' : 'them'}`,
    arns: calls.arns,
    lost: split.lost,
  };
}

/** AWS's name of a resource type: `bucket`, `state machine`, `DB instance`. */
function typeWords({ type }: Resource): string {
  return resourceTypeWords(type.split('::').at(-1)!);
}

/** A string and a reference to the same resource would be duplicates. */
function distinct(arns: readonly NewValue[], { address }: Resource): readonly NewValue[] {
  const seen = new Set<string>();
  return arns.filter((arn) => {
    const key = JSON.stringify(arn, (name, value: unknown) => (name === 'to' ? address : value));
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * All resources of the types that the actions support; undefined if that is not narrower than the wildcard, or requires
 * too many ARNs.
 */
function everyOfTypes(
  policy: PolicyDocument,
  service: ServiceActions,
  actions: readonly WrittenAction[],
  covers: BroadResources['covers'],
): ResourceOffer | undefined {
  const place = arnScopeOf(policy);
  const needed = typesNeeded(flatMap(actions, (action) => action.limited));
  // A role can only be passed within its account, so all roles of the account are all roles.
  const isRole = ({ name }: { readonly name: string }): boolean => service.service === 'iam' && name === 'role';
  const types = flatMap([...needed], (name) => service.resourceType(name) ?? []).filter(
    ({ arn, arns }) => arns.length === 1 && arn.startsWith('arn:'),
  );
  const arns = types.map(({ arn }) => arnPatternForAll(arn, place));
  const wide = arns.map((arn) =>
    typeof arn === 'string'
      ? arn
      : arn.pieces.map((piece) => (typeof piece === 'string' ? piece : piece.constructor.name)).join(''),
  );
  const widest = arns.filter(
    (_, index) =>
      !wide.some(
        (other, i) =>
          i !== index &&
          other.endsWith('*') &&
          wide[index]!.startsWith(other.slice(0, -1)) &&
          (other !== wide[index] || i < index),
      ),
  );
  if (
    types.length !== needed.size ||
    arns.length === 0 ||
    widest.length > MOST_ARNS ||
    !arns.every(limitsAccountOrRegion) ||
    !types.every(({ arn }) => covers(arn)) ||
    types.some(isRole)
  )
    return undefined;
  const names = types.filter((_, index) => widest.includes(arns[index]!)).map(({ name }) => name);
  return {
    called: some([...new Set(names.map(resourceTypePlural))], names.length > 3 ? 2 : 3, 'and', 'more types'),
    ...(names.length > 1 ? { brief: `resources of ${names.length} types` } : {}),
    where: whereIs(
      types.map(({ arn }) => arn),
      place,
    ),
    arns: widest,
    lost: [],
  };
}

/**
 * The resource types that actions need. One without required types may need each of its types, depending on the
 * request. But the author of a statement tags the resources that it is about.
 */
function typesNeeded(actions: readonly Action[]): ReadonlySet<string> {
  const isTagging = ({ name }: Action): boolean => /^Untag|(?:^|[a-z])Tags?(?![a-z])/.test(name);
  const typesOf = ({ resources }: Action): readonly string[] => resources.map(({ type }) => type);
  const subject = new Set(flatMap(actions, (action) => (isTagging(action) ? [] : typesOf(action))));
  const tagged = flatMap(actions.filter(isTagging), ({ resources }) => {
    const own = resources.filter(({ required }) => required);
    const about = own.length > 0 ? resources : resources.filter(({ type }) => subject.has(type));
    return (about.length > 0 ? about : resources).map(({ type }) => type);
  });
  return new Set([...subject, ...tagged]);
}

/** The account and Region in the ARNs of all resources of some types, in words. */
function whereIs(forms: readonly string[], { account, region }: ArnScope): string {
  const [inAccount, inRegion] = [[account, '${Account}'] as const, [region, '${Region}'] as const].map(
    ([named, field]) => named !== '*' && forms.every((form) => form.includes(field)),
  );
  if (typeof account !== 'string')
    return inAccount || inRegion
      ? `in this ${inAccount ? `account${inRegion ? ' and ' : ''}` : ''}${inRegion ? 'Region' : ''}`
      : '';
  return [inAccount ? `in account ${account}` : [], inRegion && typeof region === 'string' ? `in ${region}` : []]
    .flat()
    .join(' ');
}

/**
 * The actions that support certain types, and the actions of patterns that do not; undefined if a named action does not
 * support them, or no action does.
 */
function usable(
  actions: readonly WrittenAction[],
  has: (type: string) => boolean,
): { readonly kept: readonly Action[]; readonly lost: readonly Action[] } | undefined {
  const kept: Action[] = [];
  const lost: Action[] = [];
  for (const { exact, limited } of actions) {
    let any = false;
    for (const action of limited) {
      const required = action.resources.filter((one) => one.required);
      const fits =
        required.length > 0 ? required.every(({ type }) => has(type)) : action.resources.some(({ type }) => has(type));
      (fits ? kept : lost).push(action);
      any ||= fits;
    }
    if (!any || (exact && lost.includes(limited[0]!))) return undefined;
  }
  return { kept, lost };
}
