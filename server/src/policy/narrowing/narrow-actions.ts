/** Fixes that replace a wildcard action by the actions that an author may intend. */
import { fitting } from '../../base/fix-title.ts';
import { flatMap } from '../../base/flat-map.ts';
import type { Fix } from '../../model/edit.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Stack } from '../../model/resource.ts';
import type { Known, Leaf, Reference, Value } from '../../model/value.ts';
import { actionPattern, isEverything, type Action, type ServiceActions } from '../data/action.ts';
import { collapsed } from '../statement/collapse.ts';
import { mayDeny } from '../condition/in-force.ts';
import { examplesOf, notCovered, ofLevels, ACTION_SUBSETS, usableOn } from '../resource/expand-action.ts';
import { shapeOf } from '../text/unknown-piece.ts';
import type { Narrowed } from '../statement/narrowed.ts';
import { lengthOfList, remainingLength } from '../statement/remaining-length.ts';
import { readOperator } from '../text/condition-operator.ts';
import type { IamData } from '../data/iam-data.ts';
import { countsForNone } from '../condition/key-support.ts';
import { neededBy } from '../workload/needed-actions.ts';
import { givesPermissions } from '../data/risk.ts';
import { typesNamed } from '../resource/stack-arn.ts';
import type { ActionsOf } from '../statement/split-statement.ts';
import { replacedBy, takesSeveral, textsOf } from '../statement/statement-edits.ts';

/** A wildcard entry of Action. */
export interface NarrowedAction extends Narrowed {
  readonly iam: IamData | undefined;
}

/**
 * Fixes that replace a wildcard by fewer actions: those that the resources and conditions of the statement support,
 * those that functions with the policy need, read actions, actions without permissions management, and the full list.
 * The needed actions are always included. Patterns currently match exactly these actions.
 */
export function narrowedActions(narrowed: NarrowedAction): readonly Fix[] {
  const { at, statement, actionsOf } = narrowed;
  const pattern = at.state === 'known' ? actionPattern(at.raw) : undefined;
  if (!pattern || mayDeny(statement) || !takesSeveral(statement.actions, at)) return [];
  if (isWideInSomeScenarios(narrowed)) return [];
  if (isEverything(pattern)) return everyService(narrowed);
  const service = actionsOf(pattern.service);
  if (!service) return [];
  const all = service.matching(pattern.name);
  const remaining = notCovered(all, besides(narrowed, service.service));
  const usable = usableHere(narrowed, service, remaining);
  const base = sending(narrowed, service, usable ?? remaining);
  const supportedBy =
    base.length < (usable ?? remaining).length
      ? usable && usable.length < remaining.length
        ? 'these resources and conditions support'
        : 'these conditions support'
      : 'these resources support';
  const { needed, by } = neededBy(narrowed.policy, service, base);
  const patternsOf = (some: readonly Action[]): readonly string[] =>
    collapsed(
      service,
      some.map(({ name }) => name),
    );
  const fixes: Fix[] = [];
  const written = new Set<string>();
  let room: number | undefined;
  // A fix changes all equal entries of the statement.
  const copies = textsOf(statement.actions)?.filter(({ raw }) => raw === (at as Known).raw).length ?? 1;
  const offer = (some: readonly Action[], names: readonly string[], title: string): void => {
    const texts = names.map((name) => `${service.service}:${name}`);
    const key = texts.join();
    if (some.length === 0 || written.has(key)) return;
    if (
      copies * lengthOfList(texts) > (room ??= remainingLength(narrowed.policy, narrowed.quotaOf, narrowed.stack)) ||
      texts.includes((at as Known).raw)
    )
      return;
    written.add(key);
    fixes.push({
      title,
      safe: false,
      uncovers: 'part',
      edits: replacedBy(narrowed.policy, statement.actions, at, texts),
    });
  };
  const lostWithout = (some: readonly Action[]): string => {
    const lost = without(base, some);
    return lost.length === 0 ? 'same permissions today' : `removes ${examplesOf(lost)}`;
  };
  if (base.length < remaining.length) {
    offer(
      base,
      patternsOf(base),
      `Allow only ${count(base.length, `${service.service} action`)} that ${supportedBy} (removes ${examplesOf(without(remaining, base))})`,
    );
  }
  offer(
    needed,
    needed.map(({ name }) => name),
    fitting(
      [by, 'are needed'].map(
        (who) => `Allow only ${count(needed.length, `${service.service} action`)} that ${who} (${lostWithout(needed)})`,
      ),
    ),
  );
  for (const { levels, called, decides } of ACTION_SUBSETS) {
    const part = ofLevels(base, levels).filter(
      (action) => decides || !givesPermissions(narrowed.iam, service.service, action),
    );
    const included = new Set([...part, ...needed]);
    const some = base.filter((action) => included.has(action));
    const more =
      some.length === part.length
        ? ['']
        : [by, 'are needed'].map((who) => ` and ${some.length - part.length} that ${who}`);
    if (part.length > 0 && some.length < base.length)
      offer(
        some,
        patternsOf(some),
        fitting(
          more.map(
            (others) =>
              `Allow only ${count(part.length, `${service.service} ${called} action`)}${others} (${lostWithout(some)})`,
          ),
        ),
      );
  }
  offer(
    base,
    base.map(({ name }) => name),
    `List the ${count(base.length, 'action')} of ${(at as Known).raw}${base.length < remaining.length ? ' supported here' : ''} (excludes future actions)`,
  );
  return fixes;
}

/** The actions of a list that are not in another one. */
function without(actions: readonly Action[], others: readonly Action[]): readonly Action[] {
  const excluded = new Set(others);
  return actions.filter((action) => !excluded.has(action));
}

/** The actions that support the required condition keys. Without these keys, the actions are never allowed. */
function sending(
  { statement, actionsOf, iam }: NarrowedAction,
  service: ServiceActions,
  some: readonly Action[],
): readonly Action[] {
  const keys = statement.conditions
    .filter(({ operator, key }) => needsItsKey(operator) && !/^(?:aws|saml):|^[^./]*[./][^:]*:/i.test(key))
    .map(({ key }) => key);
  const data = { iam, actions: actionsOf };
  return keys.length === 0
    ? some
    : some.filter(({ name }) => !keys.some((key) => countsForNone(key, `${service.service}:${name}`, data)));
}

function needsItsKey(written: string): boolean {
  const operator = readOperator(written);
  return operator !== undefined && !operator.holdsWithoutKey && operator.how !== 'null';
}

function count(number: number, noun: string): string {
  return number === 1 ? `one ${noun}` : `${number} ${noun}s`;
}

/** The name patterns of a service in the other actions of the statement. */
function besides({ statement, at }: Narrowed, service: string): readonly string[] {
  return flatMap(
    (textsOf(statement.actions) ?? []).filter((one) => one !== at),
    ({ raw }) => {
      const pattern = actionPattern(raw);
      return pattern?.service === service && pattern.name !== '*' ? [pattern.name] : [];
    },
  );
}

/**
 * The actions that support the resources of the statement; undefined if the resources are unknown, or are all
 * resources.
 */
export function usableHere(
  { statement, stack }: Pick<Narrowed, 'statement' | 'stack'>,
  service: ServiceActions,
  some: readonly Action[],
): readonly Action[] | undefined {
  const named = namedIn(statement.resources, stack);
  if (!named || named.some(isStar)) return undefined;
  const usable = usableWith(service, some, named);
  return usable.length === 0 ? undefined : usable;
}

/** A specific resource: an ARN pattern, or the IAM resource types of a reference. */
interface Named {
  readonly arn?: string;
  /** With their services: `dynamodb:table`. */
  readonly types?: readonly string[];
}

function usableWith(service: ServiceActions, some: readonly Action[], named: readonly Named[]): readonly Action[] {
  const types = new Set(flatMap(named, (one) => one.types ?? []));
  const written = new Set(
    usableOn(
      service,
      some,
      flatMap(named, ({ arn }) => arn ?? []),
    ),
  );
  return some.filter(
    (action) => written.has(action) || action.resources.some(({ type }) => types.has(`${service.service}:${type}`)),
  );
}

/**
 * Whether a statement applies to all resources in some scenarios and to specific ones in others, which do not support
 * all of its actions.
 */
function isWideInSomeScenarios({ statement: { resources }, stack }: NarrowedAction): boolean {
  const { items } = itemsOf(resources, true);
  if (resources.state !== 'choice' && items.every(({ value, when }) => value.state !== 'choice' && when.yes.isAlways()))
    return false;
  const named = namedIn(resources, stack) ?? [];
  const wide = named.filter(isStar);
  return wide.length > 0 && wide.length < named.length;
}

function isStar({ arn }: Named): boolean {
  return arn !== undefined && /^\*+$/.test(arn);
}

/** The resources of a statement in every scenario; undefined if one is unknown. */
function namedIn(resources: Value, stack: Stack): readonly Named[] | undefined {
  const items = flatMap(leaves(resources), ({ value }) =>
    value.state === 'list' ? flatMap(value.items, (item) => leaves(item.value)) : leaves(value),
  );
  if (items.length === 0 || leaves(resources).some(({ value }) => value.state === 'list' && value.open))
    return undefined;
  const named = flatMap(items, ({ value }) => namedBy(value, stack) ?? []);
  return named.length === items.length ? named : undefined;
}

function namedBy(leaf: Leaf, stack: Stack): Named | undefined {
  switch (leaf.state) {
    case 'known':
      return leaf.raw.startsWith('arn:') || /^\*+$/.test(leaf.raw) ? { arn: leaf.raw } : undefined;
    case 'reference':
      return referred(leaf, '', stack);
    case 'template': {
      const [first, ...rest] = leaf.pieces;
      const behind = shapeOf({ pieces: rest });
      if (typeof first !== 'string') return first?.state === 'reference' ? referred(first, behind, stack) : undefined;
      const arn = first + behind;
      // At least the service must be literal.
      return /^arn:[^:]*:[a-z0-9-]+:/.test(arn) && arn.split(':').length >= 6 ? { arn } : undefined;
    }
    default:
      return undefined;
  }
}

function referred({ to, attribute }: Reference, behind: string, stack: Stack): Named | undefined {
  const types = typesNamed(stack.byAddress(to)?.type ?? '', attribute, behind);
  return types.length > 0 ? { types } : undefined;
}

/**
 * Fixes that replace NotAction by the allowed actions under Action, for a statement with specific resources: the
 * actions that the resources support, of known services, without those in NotAction. Other resources are not affected.
 */
export function allowedByNotAction({
  policy,
  statement,
  stack,
  actionsOf,
  quotaOf,
}: Omit<Narrowed, 'at'>): readonly Fix[] {
  const { notActions, resources } = statement;
  if (mayDeny(statement)) return [];
  const patterns = textsOf(notActions)?.map(({ raw }) => actionPattern(raw));
  const kept = takenBy(namedIn(resources, stack), actionsOf);
  if (!kept || !patterns?.every((pattern) => pattern !== undefined)) return [];
  const remaining = kept.map(({ service, actions }) => ({
    service,
    actions: notCovered(
      actions,
      flatMap(patterns, (pattern) =>
        isEverything(pattern) || pattern.service === service.service ? [pattern.name] : [],
      ),
    ),
  }));
  const texts = flatMap(remaining, ({ service, actions }) =>
    collapsed(
      service,
      actions.map(({ name }) => name),
    ).map((name) => `${service.service}:${name}`),
  );
  if (texts.length === 0 || lengthOfList(texts) > remainingLength(policy, quotaOf, stack)) return [];
  const number = remaining.reduce((sum, { actions }) => sum + actions.length, 0);
  return [
    {
      title: `List the ${count(number, 'action')} of ${remaining
        .filter(({ actions }) => actions.length > 0)
        .map(({ service }) => service.service)
        .join(', ')} that these resources support (removes actions of other services and future ones)`,
      safe: false,
      uncovers: 'part',
      edits: [
        { op: 'renameKey', resource: policy.host, target: notActions, name: 'Action' },
        { op: 'replace', resource: policy.host, target: notActions, value: texts.length === 1 ? texts[0]! : texts },
      ],
    },
  ];
}

/** The actions that the resources support, by service; undefined if one is unknown or supports no action. */
function takenBy(
  named: readonly Named[] | undefined,
  actionsOf: ActionsOf,
): readonly { readonly service: ServiceActions; readonly actions: readonly Action[] }[] | undefined {
  const services =
    named &&
    [
      ...new Set(
        flatMap(named, ({ arn, types }) => types?.map((type) => type.split(':')[0]!) ?? arn?.split(':')[2] ?? '*'),
      ),
    ].map((prefix) => (/^[a-z0-9-]+$/.test(prefix) ? actionsOf(prefix) : undefined));
  if (!services?.every((service) => service !== undefined)) return undefined;
  const kept = services.map((service) => ({ service, actions: usableWith(service, service.actions, named!) }));
  return kept.some(({ actions }) => actions.length === 0) ? undefined : kept;
}

/**
 * For all actions of all services: those that the resources of the statement support. All resources must belong to
 * known services.
 */
function everyService({ policy, statement, at, stack, actionsOf, quotaOf }: Narrowed): readonly Fix[] {
  const kept =
    (textsOf(statement.actions)?.length ?? 0) === 1
      ? takenBy(namedIn(statement.resources, stack), actionsOf)
      : undefined;
  if (!kept) return [];
  const offer = (called: string, of: (actions: readonly Action[]) => readonly Action[]): readonly Fix[] => {
    const texts = flatMap(kept, ({ service, actions }) =>
      collapsed(
        service,
        of(actions).map(({ name }) => name),
      ).map((name) => `${service.service}:${name}`),
    );
    if (texts.length === 0 || lengthOfList(texts) > remainingLength(policy, quotaOf, stack)) return [];
    const number = kept.reduce((sum, { actions }) => sum + of(actions).length, 0);
    return [
      {
        title: `Allow only ${count(number, `${kept.map(({ service }) => service.service).join(', ')} ${called}action`)} for these resources`,
        safe: false,
        uncovers: 'part',
        edits: replacedBy(policy, statement.actions, at, texts),
      },
    ];
  };
  return [
    ...offer('', (actions) => actions),
    ...offer('read ', (actions) => ofLevels(actions, ACTION_SUBSETS[0]!.levels)),
  ];
}
