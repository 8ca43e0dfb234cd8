/** Actions of a statement that none of its resources supports. */
import { flatMap } from '../../base/flat-map.ts';
import { memoizeText } from '../../base/memoize.ts';
import { once } from '../../base/once.ts';
import { table, type Table } from '../../base/table.ts';
import { all, among, any, judge, judgement, not, YES, type Judgement } from '../../model/judgement.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Statement } from '../../model/policy.ts';
import type { Element, Leaf, Value } from '../../model/value.ts';
import { actionPattern, isEverything, type Action, type ActionPattern, type ServiceActions } from '../data/action.ts';
import { parsedArn, type Arn } from './arn-fault.ts';
import { namesOtherService, typesOf } from './resource-arn.ts';
import { isEverythingOf } from './resource-pattern.ts';
import type { Services } from '../statement/unknown-action.ts';
import { authoredAction, resultsOf } from '../statement/written.ts';
import { arnFields } from '../text/arn-fields.ts';

/** An action, and the resources that do not support it. */
export interface Mismatch {
  readonly written: string;
  readonly at: Value;
  readonly wrong: Judgement;
  readonly service: ServiceActions;
  /** The resource types that the action supports; none for an action without resource-level permissions. */
  readonly takes: readonly string[];
  /**
   * Whether AWS documentation proves that the action has no effect on the resources. Some services check an action
   * without resource types against the ARN of all resources of a type, so an ARN for a whole type may match. Amazon EC2
   * does not.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policies-for-amazon-ec2.html
   */
  readonly proven: boolean;
}

/** The maximum number of comparisons of actions with resources that differ by scenario. */
const MOST_COMPARISONS = 20_000;

/**
 * The actions of a statement that support none of its resource types; none if some resources are unknown.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_actions-resources-contextkeys.html
 */
export function mismatchesIn(
  statement: Statement,
  services: Services,
  textOf: (leaf: Leaf) => string | undefined,
): readonly Mismatch[] {
  const resources = itemsOf(statement.resources, true);
  if (resources.items.length === 0 || !resources.complete.yes.satisfiable()) return [];
  const reached = typesReached(resources.items, textOf);
  if (!reached) return [];
  const { always, depends } = reached;
  const actions = itemsOf(statement.actions, true).items;
  if (depends.length * actions.length > MOST_COMPARISONS) return [];
  const unions = new Map<ServiceActions, Reach>();
  const union = (service: ServiceActions): Reach => {
    if (!unions.has(service)) unions.set(service, together(always.map((one) => reachOf(service, one))));
    return unions.get(service)!;
  };
  const mayBeWhole = (service: ServiceActions): boolean =>
    service.service !== 'ec2' &&
    (union(service).wholeType ||
      depends.some(({ texts }) => [...texts.values()].some((text) => text && reachOf(service, text).wholeType)));
  /** Where no resource is of the required type; null if one always is. */
  const unmetOf = (what: Needed): Judgement | null => {
    if (isMet(what, union(what.service))) return null;
    const isMetBy = (text: ResourceText | undefined): boolean =>
      text === undefined || isMet(what, reachOf(what.service, text));
    if (depends.some(({ texts, isAlways }) => [...texts.values()].every(isMetBy) && isAlways())) return null;
    const meets = ({ item, texts }: Dependent): Judgement => judge(item.value, (leaf) => isMetBy(texts.get(leaf)));
    const met = among(any(...depends.map((one) => all(judgement(one.item.when), meets(one)))), resources.complete);
    if (met.yes.isAlways()) return null;
    // A list that is empty in some scenario has no resource of another type there, and neither has one with a
    // resource that always matches the action.
    const other =
      always.length > 0 ? YES : any(...depends.map((one) => all(judgement(one.item.when), not(meets(one)))));
    return all(other, not(met));
  };
  const unmets = new Map<string, Judgement | null>();
  return flatMap(actions, ({ value, when }) =>
    flatMap(
      resultsOf(value, authoredAction, (text) => neededBy(text, services)),
      ({ what, wrong }): readonly Mismatch[] => {
        let unmet = unmets.get(what.key);
        if (unmet === undefined) unmets.set(what.key, (unmet = unmetOf(what)));
        if (unmet === null) return [];
        return [
          {
            written: what.written,
            at: value,
            wrong: all(judgement(when), wrong, unmet),
            service: what.service,
            takes: what.takes,
            proven: !(what.takesNone && mayBeWhole(what.service)),
          },
        ];
      },
    ),
  );
}

/** The string of a resource, and its fields if it has all of them. */
interface ResourceText {
  readonly text: string;
  readonly arn: Arn | undefined;
}

/** A resource that depends on the scenario, with its possible strings; undefined for an unknown one. */
interface Dependent {
  readonly item: Element;
  readonly texts: ReadonlyMap<Leaf, ResourceText | undefined>;
  /** Whether it is one of them in every scenario. */
  readonly isAlways: () => boolean;
}

interface Reached {
  /** The resources that are the same in every scenario. */
  readonly always: readonly ResourceText[];
  readonly depends: readonly Dependent[];
}

/** The resources of a statement; undefined if an unknown one, which any action can support, is always listed. */
function typesReached(items: readonly Element[], textOf: (leaf: Leaf) => string | undefined): Reached | undefined {
  const always: ResourceText[] = [];
  const depends: Dependent[] = [];
  const resourceText = (leaf: Leaf): ResourceText | undefined => {
    const text = textOf(leaf);
    return text === undefined ? undefined : { text, arn: parsedArn(text) };
  };
  for (const item of items) {
    const { value, when } = item;
    if (value.state !== 'choice' && when.yes.isAlways()) {
      const text = resourceText(value);
      if (!text) return undefined;
      always.push(text);
    } else
      depends.push({
        item,
        texts: new Map(leaves(value).map(({ value: leaf }) => [leaf, resourceText(leaf)])),
        isAlways: once(() => when.yes.isAlways() && judge(value, () => true).yes.isAlways()),
      });
  }
  return { always, depends };
}

interface Needed {
  readonly written: string;
  readonly service: ServiceActions;
  readonly takes: readonly string[];
  /** Whether some of the actions lack resource-level permissions. */
  readonly takesNone: boolean;
  /** The same for actions of a service that the same resources support. */
  readonly key: string;
}

function neededBy(written: string, services: Services): Needed | undefined {
  const pattern = actionPattern(written);
  if (!pattern || isEverything(pattern)) return undefined;
  const service = services(pattern.service);
  // The key is the action as written, because messages quote it.
  return service && needs(service, written, pattern);
}

/** The number of results that are cached for each service. */
const MOST_ANSWERS = 2000;

const needs = memoizeText((service: ServiceActions, written: string, pattern: ActionPattern): Needed | undefined => {
  const actions = service.matching(pattern.name);
  const takesNone = actions.some(takesNothing);
  const takes = [...new Set(flatMap(actions, (action) => typesTaken(service, action)))];
  return actions.length === 0
    ? undefined
    : { written, service, takes, takesNone, key: `${service.service} ${takesNone} ${takes.join()}` };
}, MOST_ANSWERS);

function takesNothing({ resources }: Action): boolean {
  return resources.length === 0;
}

function typesTaken({ service }: ServiceActions, { name, resources }: Action): readonly string[] {
  return resources.length > 0 ? resources.map(({ type }) => type) : (CHECKED[`${service}:${name.toLowerCase()}`] ?? []);
}

/**
 * The resource types of actions that the Service Authorization Reference lists without any. The service checks them
 * against an ARN nevertheless, and AWS documents policies with that ARN. The reference allows * too.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concept-create-iam-advanced.html
 * https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html
 */
const CHECKED: Table<readonly string[]> = table({
  'states:sendtasksuccess': ['activity', 'statemachine'],
  'states:sendtaskfailure': ['activity', 'statemachine'],
  'states:sendtaskheartbeat': ['activity', 'statemachine'],
  'states:invokehttpendpoint': ['statemachine'],
});

/**
 * The resources of a service that an ARN can match: anything, all resources of the service, all of one type, or some of
 * several types.
 */
interface Reach {
  readonly anything: boolean;
  readonly everything: boolean;
  /** Whether it matches all resources of one type by name: `log-group:*`. */
  readonly wholeType: boolean;
  readonly types: ReadonlySet<string>;
}

const NOTHING: Reach = { anything: false, everything: false, wholeType: false, types: new Set() };

// An incomplete ARN can match anything.
const ANYTHING: Reach = { anything: true, everything: true, wholeType: true, types: new Set() };

/** What a resource can match. Most ARNs are of another service than an action, so these are excluded first. */
function reachOf(service: ServiceActions, { text, arn }: ResourceText): Reach {
  if (!arn) return ANYTHING;
  return namesOtherService(service, arn.service) ? NOTHING : reachOfArn(service, text, arn);
}

const reachOfArn = memoizeText((service: ServiceActions, text: string, arn: Arn): Reach => {
  // Resources that AWS offers to all customers have neither a Region nor an account, even if their ARN format has them.
  const filled = `arn:${arn.partition}:${arn.service}:${arn.region || '*'}:${arn.account || '*'}:${arn.rest}`;
  const types = new Set(typesOf(service, filled).map(({ name }) => name));
  const isOwn = arn.service === service.service;
  return {
    // If the data lacks the ARN format, the resource type is unknown.
    anything: isOwn && types.size === 0,
    everything: isEverythingOf(service.service, text) || (isOwn && /^\*+$/.test(arn.rest)),
    wholeType: isOwn && isWholeType(arn.rest, service),
    types,
  };
}, MOST_ANSWERS);

/** Whether a resource matches all resources of one type by its name: `log-group:*`. */
function isWholeType(rest: string, { resourceTypes }: ServiceActions): boolean {
  const word = /^([A-Za-z0-9_-]+[:/])\*(?:[:/]\*)*$/.exec(rest)?.[1];
  return (
    word !== undefined &&
    resourceTypes.some(({ arns }) => arns.some((arn) => (arnFields(arn)[5] ?? '').startsWith(`${word}\${`)))
  );
}

function together(all: readonly Reach[]): Reach {
  const several = all.filter((reach) => reach !== NOTHING);
  if (several.length < 2) return several[0] ?? NOTHING;
  return {
    anything: several.some(({ anything }) => anything),
    everything: several.some(({ everything }) => everything),
    wholeType: several.some(({ wholeType }) => wholeType),
    types: new Set(flatMap(several, ({ types }) => [...types])),
  };
}

/**
 * Whether a resource can be of the required type. Actions without resource-level permissions also apply to all
 * resources of their service in an account and Region.
 */
function isMet({ service, takes, takesNone }: Needed, reach: Reach): boolean {
  return (
    reach.anything ||
    (takesNone && reach.everything) ||
    takes.some(
      (type) =>
        reach.types.has(type) || SAME[`${service.service}:${type}`]?.some((other) => reach.types.has(other)) === true,
    )
  );
}

/**
 * Types whose ARNs are also accepted for another type: a function call can name a version or an alias of the function.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html
 */
const SAME: Table<readonly string[]> = table({ 'lambda:function': ['function alias', 'function version'] });
