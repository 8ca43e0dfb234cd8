/** Actions of a statement that none of its resources can be meant for. */
import { table, type Table } from '../base/table.ts';
import { all, any, exists, judge, judgement, not, YES, type Judgement } from '../model/judgement.ts';
import { itemsOf, leaves } from '../model/navigate.ts';
import type { Statement } from '../model/policy.ts';
import type { Element, Leaf, Value } from '../model/value.ts';
import { actionPattern, isEverything, type Action, type ServiceActions } from './action.ts';
import { arnOf } from './arn-fault.ts';
import { typesOf } from './resource-arn.ts';
import { isEverythingOf } from './resource-pattern.ts';
import type { Services } from './unknown-action.ts';
import { authoredAction, foundIn } from './written.ts';

/** An action, and the resources that it cannot be meant for. */
export interface Mismatch {
  readonly written: string;
  readonly at: Value;
  readonly wrong: Judgement;
  readonly service: ServiceActions;
  /** The types that the action takes; none where it can be allowed on everything alone. */
  readonly takes: readonly string[];
  /**
   * Whether the action surely has no effect on the resources. Some services check an action without a resource type against the ARN of all resources
   * of a type, so that a whole-type ARN may do for it. Amazon EC2 does not.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policies-for-amazon-ec2.html
   */
  readonly proven: boolean;
}

/** The most comparisons of actions with resources that are not the same in every scenario. */
const MOST_COMPARISONS = 20_000;

/**
 * The actions of a statement for which no resource of it is of a type that they take. Nothing is said where resources are not all known.
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
  const actions = itemsOf(statement.actions, true).items;
  const unions = new Map<ServiceActions, Reach>();
  const union = (service: ServiceActions): Reach => {
    if (!unions.has(service)) unions.set(service, together(reached.always.map((text) => reachOf(text, service))));
    return unions.get(service)!;
  };
  if (reached.depends.length * actions.length > MOST_COMPARISONS) return [];
  const texts = [
    ...reached.always,
    ...reached.depends.flatMap(({ value }) => leaves(value).flatMap(({ value: leaf }) => textOf(leaf) ?? [])),
  ];
  const mayBeWhole = (service: ServiceActions): boolean =>
    service.service !== 'ec2' && texts.some((text) => reachOf(text, service).wholeType);
  return actions.flatMap(({ value, when }) =>
    foundIn(value, authoredAction, (text) => neededBy(text, services)).flatMap(
      ({ what, wrong }): readonly Mismatch[] => {
        if (isMet(what, union(what.service))) return [];
        const meets = (item: Element): Judgement =>
          judge(item.value, (leaf) => {
            const text = textOf(leaf);
            return text === undefined || isMet(what, reachOf(text, what.service));
          });
        const met = exists({ items: reached.depends, complete: resources.complete }, meets);
        if (met.yes.isAlways()) return [];
        // A list that is empty in some scenario names nothing there that is of another type, and neither does what meets an action wherever it is there.
        const other =
          reached.always.length > 0
            ? YES
            : any(...reached.depends.map((item) => all(judgement(item.when), not(meets(item)))));
        return [
          {
            written: what.written,
            at: value,
            wrong: all(judgement(when), wrong, other, not(met)),
            service: what.service,
            takes: what.takes,
            proven: !(what.takesNone && mayBeWhole(what.service)),
          },
        ];
      },
    ),
  );
}

interface Reached {
  /** The resources that are there in every scenario and the same in all. */
  readonly always: readonly string[];
  readonly depends: readonly Element[];
}

function typesReached(items: readonly Element[], textOf: (leaf: Leaf) => string | undefined): Reached {
  const always: string[] = [];
  const depends: Element[] = [];
  for (const item of items) {
    const text = item.when.yes.isAlways() && item.value.state !== 'choice' ? textOf(item.value) : undefined;
    if (text === undefined) depends.push(item);
    else always.push(text);
  }
  return { always, depends };
}

interface Needed {
  readonly written: string;
  readonly service: ServiceActions;
  readonly takes: readonly string[];
  /** Whether some of the actions take no resource. */
  readonly takesNone: boolean;
}

const needs = new WeakMap<ServiceActions, Map<string, Needed | undefined>>();

function neededBy(written: string, services: Services): Needed | undefined {
  const pattern = actionPattern(written);
  if (!pattern || isEverything(pattern)) return undefined;
  const service = services(pattern.service);
  if (!service) return undefined;
  // As it is written, since messages quote it.
  return remembered(needs, service, written, () => {
    const actions = service.matching(pattern.name);
    const takesNone = actions.some(takesNothing);
    return actions.length === 0
      ? undefined
      : {
          written,
          service,
          takes: [...new Set(actions.flatMap(({ resources }) => resources.map(({ type }) => type)))],
          takesNone,
        };
  });
}

function takesNothing({ resources }: Action): boolean {
  return resources.length === 0;
}

/** What a resource can be for a service: anything, all that the service has, all of one type, something of some types. */
interface Reach {
  readonly anything: boolean;
  readonly everything: boolean;
  /** Whether it is every resource of one type, as far as names go: `log-group:*`. */
  readonly wholeType: boolean;
  readonly types: ReadonlySet<string>;
}

const reaches = new WeakMap<ServiceActions, Map<string, Reach>>();

function reachOf(text: string, service: ServiceActions): Reach {
  return remembered(reaches, service, text, () => {
    const arn = arnOf(text);
    // What is no whole ARN may stand for anything.
    if (!arn) return { anything: true, everything: true, wholeType: true, types: new Set() };
    // What AWS offers to everybody has neither a Region nor an account, whatever the form says.
    const filled = `arn:${arn.partition}:${arn.service}:${arn.region || '*'}:${arn.account || '*'}:${arn.rest}`;
    const types = new Set(typesOf(service, filled).map(({ name }) => name));
    const isOwn = arn.service === service.service;
    return {
      // Of a resource of the service that the data has no form for nobody knows what it takes.
      anything: isOwn && types.size === 0,
      everything: isEverythingOf(service.service, text) || (isOwn && /^\*+$/.test(arn.rest)),
      wholeType: isOwn && isWholeType(arn.rest, service),
      types,
    };
  });
}

/** Whether a resource is all of one type by its name: `log-group:*`. */
function isWholeType(rest: string, { resourceTypes }: ServiceActions): boolean {
  const word = /^([A-Za-z0-9_-]+[:/])\*(?:[:/]\*)*$/.exec(rest)?.[1];
  return (
    word !== undefined &&
    resourceTypes.some(({ arns }) => arns.some((arn) => arn.split(':').slice(5).join(':').startsWith(`${word}\${`)))
  );
}

function together(several: readonly Reach[]): Reach {
  return {
    anything: several.some(({ anything }) => anything),
    everything: several.some(({ everything }) => everything),
    wholeType: several.some(({ wholeType }) => wholeType),
    types: new Set(several.flatMap(({ types }) => [...types])),
  };
}

/** Whether a resource can be one that is needed. Actions that take no resource also work on all that their service has in an account and Region. */
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
 * Types whose ARNs also do for another one: a call of a function may name a version or an alias of it.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html
 */
const SAME: Table<readonly string[]> = table({ 'lambda:function': ['function alias', 'function version'] });

/** The number of answers that are remembered for each service. */
const MOST_ANSWERS = 2000;

function remembered<What>(
  of: WeakMap<ServiceActions, Map<string, What>>,
  service: ServiceActions,
  key: string,
  work: () => What,
): What {
  let known = of.get(service);
  if (!known || known.size > MOST_ANSWERS) of.set(service, (known = new Map()));
  if (!known.has(key)) known.set(key, work());
  return known.get(key)!;
}
