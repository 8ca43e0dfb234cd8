import { TRUE } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { absentFrom, unknown } from '../../model/navigate.ts';
import type { Element, Member, Origin, Value } from '../../model/value.ts';
import { isTrue, readScalar } from '../../syntax/scalar.ts';
import { valueOf, type ListNode, type MapNode, type Node, type Tree } from '../../syntax/tree.ts';
import { configuredAs, locatedAt, originOf, spanOf } from '../located.ts';
import { lazyElement, lazyMember, MAX_DEPTH } from '../plain.ts';
import { hiddenByName } from '../secret-places.ts';
import { configuredAt, configuredItem, isConfigured, isMade, type Configured } from './configured.ts';
import type { Followed, PlannedReference } from './references.ts';
import { UNKNOWN_SHAPE, type Shape } from './shape.ts';

/** What else is known of the plan that a value is in. */
export interface PlanAround {
  /** What expressions of the resource were made from. */
  follow(expressions: readonly Node[]): Followed;
  /** What a reference is known to lead to, as a text. */
  textOf(reference: PlannedReference): string | undefined;
  /** What a data source resolves to, at the place that the origin describes; undefined if that is not known. */
  dataValue(reference: PlannedReference, origin: Origin): Value | undefined;
  /** Whether what a reference leads to is marked as sensitive. */
  isSensitive(reference: PlannedReference): boolean;
  /** Whether values of the resource can be made from something that is only known after apply. */
  canBeUnknown(): boolean;
}

export interface Planned {
  readonly tree: Tree;
  readonly after: Node;
  /** What of it is only known after the plan is applied: the same shape with `true` in place of it. */
  readonly unknown: Node | undefined;
  /** Whether the plan marks what is not known; where it does not, what is left out may be there. */
  readonly marked: boolean;
  readonly sensitive: Node | undefined;
  readonly configured: Configured;
  /** What is known of the body that it is, or that each of its items is. */
  readonly shape: Shape;
  /** Whether it is a set, whose items are in another order in the configuration. */
  readonly isSet: boolean;
  readonly around: PlanAround;
  readonly key?: Span;
}

/**
 * A planned value. Terraform marks as unknown what the provider will decide, whether it was configured or not, so an
 * attribute that is unknown and that no expression configures is one that was left out.
 */
export function plannedValue(planned: Planned, depth = 0): Value {
  const { tree, after, key } = planned;
  const written = originOf(tree, after, key, 'generated');
  // A resource as a whole is marked at its address.
  const origin = {
    ...written,
    ...(depth === 0 && key ? { use: key } : {}),
    ...(isTrue(planned.sensitive) ? SECRET : {}),
  };
  if (depth > MAX_DEPTH) return locatedAt(unknown(origin, 'budget'), tree, after);
  switch (after.kind) {
    case 'scalar':
      return scalar(planned, origin);
    case 'list':
      return locatedAt(
        { state: 'list', origin, open: isTrue(planned.unknown), items: items(planned, after, depth) },
        tree,
        after,
      );
    case 'map':
      return locatedAt(
        {
          state: 'object',
          origin,
          open: isTrue(planned.unknown) || (depth === 0 && !planned.marked),
          entries: members(planned, after, depth),
        },
        tree,
        after,
      );
    case 'alias':
      return unknown(origin, 'syntax');
  }
}

const SECRET = { secret: true } as const;

function scalar(planned: Planned, origin: Origin): Value {
  const { tree, after, around } = planned;
  if (after.kind !== 'scalar') return unknown(origin, 'syntax');
  const made = around.follow(planned.configured.nodes);
  const hidden: Origin = isSecret(made, around) ? { ...origin, ...SECRET } : origin;
  // A secret that comes from elsewhere is in the plan, and not written by the author.
  const from: Origin =
    hidden.secret && made.given !== undefined ? { ...hidden, steps: [{ what: 'variable', name: made.given }] } : hidden;
  const value = locatedAt(
    hiddenByName(tree, after, { state: 'known', origin: from, ...readScalar(after) }),
    tree,
    after,
  );
  // Of what a list or a condition was made from, that is meant which has the value.
  const equal =
    made.references.length > 1 ? made.references.filter((reference) => around.textOf(reference) === after.value) : [];
  return configuredAs(
    value,
    (equal.length > 0 ? equal : made.references).map(({ to }) => to),
  );
}

/** The items of a list. A null stands for one that is unknown. */
function items(planned: Planned, after: ListNode, depth: number): readonly Element[] {
  const { tree, unknown: marks, sensitive: secrets, configured, isSet } = planned;
  let orders: ReadonlyMap<number, number> | undefined;
  return after.items.map(({ value: node }, index) =>
    lazyElement(() => {
      const unknownHere = at(marks, index);
      const sensitive = isTrue(secrets) ? secrets : at(secrets, index);
      if (isTrue(unknownHere))
        return itemWhenApplied(
          { ...planned, sensitive },
          index,
          (orders ??= ordersOf(marks)),
          originOf(tree, node, undefined, 'generated'),
        );
      const own = configured.nodes.length === 0 ? configured : configuredItem(configured, after.items, index, isSet);
      return plannedValue(
        { ...withoutKey(planned), after: node, unknown: unknownHere, sensitive, configured: own },
        depth + 1,
      );
    }),
  );
}

/** The items of a list that are not known, by their indexes, numbered in order: once for all of them, because a list can have very many. */
function ordersOf(marks: Node | undefined): ReadonlyMap<number, number> {
  const orders = new Map<number, number>();
  if (marks?.kind === 'list')
    for (const [index, { value }] of marks.items.entries()) if (isTrue(value)) orders.set(index, orders.size);
  return orders;
}

/** An item that is not known. Where as many are not known as there are references, each is one of them; it does not matter which of a set. */
function itemWhenApplied(planned: Planned, index: number, orders: ReadonlyMap<number, number>, place: Origin): Value {
  const { references, complete } = planned.around.follow(planned.configured.nodes);
  const reference = references[orders.get(index)!];
  const origin = isTrue(planned.sensitive) ? { ...place, ...SECRET } : place;
  if (!reference || !complete || references.length !== orders.size) return whenApplied(planned, origin);
  return refer(reference, planned.around.isSensitive(reference) ? { ...origin, ...SECRET } : origin, planned.around);
}

function withoutKey({ key: _, ...planned }: Planned): Planned {
  return planned;
}

function members(planned: Planned, after: MapNode, depth: number): readonly Member[] {
  const { tree, marked, shape } = planned;
  const written = after.pairs.map((pair): Member => {
    const keyAt = spanOf(tree, pair.key);
    return lazyMember(pair.name, keyAt, () => {
      const unknownHere = valueOf(planned.unknown, pair.name);
      const configured = configuredAt(planned.configured, pair.name, shape);
      const isNull = pair.value.kind === 'scalar' && pair.value.style === 'plain' && pair.value.value === 'null';
      if (isTrue(unknownHere) || (!marked && isNull && isMade(configured))) return missing(planned, pair.name, keyAt);
      const block = shape.block(pair.name);
      return plannedValue(
        {
          ...planned,
          after: pair.value,
          unknown: unknownHere,
          configured,
          key: keyAt,
          shape: block?.shape ?? UNKNOWN_SHAPE,
          isSet: block?.isSet === true,
          sensitive: isTrue(planned.sensitive) ? planned.sensitive : valueOf(planned.sensitive, pair.name),
        },
        depth + 1,
      );
    });
  });
  const names = new Set(after.pairs.map((pair) => pair.name));
  // A block in a list has no key; it is marked where it begins, whatever the order in it is.
  const keyAt = planned.key ?? spanOf(tree, { start: after.start, end: after.start + 1 });
  return [
    ...written,
    ...leftOut(planned, names).map((name) => lazyMember(name, keyAt, () => missing(planned, name, keyAt))),
  ];
}

/** The members that are not written because they are not known: those that are marked, else those that were configured. */
function leftOut({ unknown: marks, marked, configured }: Planned, written: ReadonlySet<string>): readonly string[] {
  const from = marked ? [marks] : configured.nodes;
  const names = from.flatMap((node) =>
    node?.kind === 'map'
      ? node.pairs.flatMap((pair) => (!written.has(pair.name) && (!marked || isTrue(pair.value)) ? [pair.name] : []))
      : [],
  );
  return [...new Set(names)].filter((name) => name !== 'references' && name !== 'constant_value');
}

/** What is only known after apply: configured and unknown, or not configured at all. */
function missing(planned: Planned, name: string, keyAt: Span): Value {
  const sensitive = isTrue(planned.sensitive) || isTrue(valueOf(planned.sensitive, name));
  const origin = { use: keyAt, key: keyAt, steps: [], edit: 'generated', ...(sensitive ? SECRET : {}) } as const;
  const configured = configuredAt(planned.configured, name, planned.shape);
  if (isConfigured(configured))
    return whenApplied({ ...planned, configured }, origin, planned.shape.isCollection(name));
  // Dynamic blocks do not show in the configuration of a plan, so a block that is unknown may have been configured, unless
  // all that it could be made from is known.
  return absentFrom(
    { state: 'object', origin, entries: [], open: false },
    !configured.complete && planned.around.canBeUnknown(),
  );
}

/** A value that is configured and not known yet. One reference is that reference, and of several values one of them, which may not be all. */
function whenApplied({ configured, around }: Planned, place: Origin, isCollection = false): Value {
  const made = around.follow(configured.nodes);
  const origin = isSecret(made, around) ? { ...place, ...SECRET } : place;
  const addresses = made.references.map(({ to }) => to);
  if (isCollection) {
    const items = made.references.map((reference): Element => ({
      when: TRUE,
      value: refer(reference, origin, around),
    }));
    return { state: 'list', origin, items, open: true };
  }
  const [only] = made.references;
  if (only && made.references.length === 1 && made.complete) return refer(only, origin, around);
  return configuredAs(unknown(origin, 'computed', made.complete ? addresses : []), addresses);
}

function refer(reference: PlannedReference, origin: Origin, around: PlanAround): Value {
  const { to, attribute, family, isExact } = reference;
  if (family.split('.').includes('data')) {
    const value = around.dataValue(reference, origin);
    if (value) return value;
  }
  const value: Value = { state: 'reference', origin, to, ...(attribute === undefined ? {} : { attribute }) };
  return isExact ? value : configuredAs(value, [to]);
}

function isSecret({ secret, references }: Followed, around: PlanAround): boolean {
  return secret || references.some((reference) => around.isSensitive(reference));
}

function at(node: Node | undefined, index: number): Node | undefined {
  return node?.kind === 'list' ? node.items[index]?.value : undefined;
}
