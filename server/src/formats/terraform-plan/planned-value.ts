import { TRUE } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { absentFrom, unknown } from '../../model/navigate.ts';
import type { Element, Member, Origin, Value } from '../../model/value.ts';
import { isTrueNode, readScalar } from '../../syntax/scalar.ts';
import { pairOf, valueOf, type ListNode, type MapNode, type Node, type Pair, type Tree } from '../../syntax/tree.ts';
import { configuredAs, locatedAt, NO_STEPS, originOf, keySpan, spanOf } from '../located.ts';
import { lazyElement, lazyMemberOf, MAX_VALUE_DEPTH } from '../plain.ts';
import { hiddenByName } from '../secret-places.ts';
import { configuredAt, configuredItem, isConfigured, isConfiguredByReference, type Configured } from './configured.ts';
import type { Followed, PlannedReference } from './references.ts';
import { UNKNOWN_SHAPE, type SchemaShape } from './shape.ts';

/** The context of a value in a plan. */
export interface PlanContext {
  /** Resolves the expressions of the resource to references. */
  follow(expressions: readonly Node[]): Followed;
  /** The known result of a reference, as a string. */
  textOf(reference: PlannedReference): string | undefined;
  /** The value of a data source at the place that the origin describes; undefined if unknown. */
  dataValue(reference: PlannedReference, origin: Origin): Value | undefined;
  /** Whether the target of a reference is marked as sensitive. */
  isSensitive(reference: PlannedReference): boolean;
  /** Whether values of the resource can depend on a value that is only known after apply. */
  canBeUnknown(): boolean;
}

export interface Planned {
  readonly tree: Tree;
  readonly after: Node;
  /** The parts that are only known after apply: the same shape with `true` for each. */
  readonly unknown: Node | undefined;
  /** Whether the plan marks unknown values; if not, omitted values can exist. */
  readonly marked: boolean;
  readonly sensitive: Node | undefined;
  readonly configured: Configured;
  /** The schema of the body, or of each item. */
  readonly shape: SchemaShape;
  /** Whether it is a set, whose items are in another order in the configuration. */
  readonly isSet: boolean;
  readonly around: PlanContext;
  readonly key: Span | undefined;
}

/**
 * A planned value. Terraform marks values that the provider computes as unknown, whether configured or not. So an
 * unknown attribute without a configured expression was omitted.
 */
export function plannedValue(planned: Planned, depth = 0): Value {
  const { tree, after, key } = planned;
  const written = originOf(tree, after, key, 'generated');
  // A resource as a whole is marked at its address.
  const placed = depth === 0 && key ? { ...written, use: key } : written;
  const origin: Origin = isTrueNode(planned.sensitive) ? { secret: true, ...placed } : placed;
  if (depth > MAX_VALUE_DEPTH) return locatedAt(unknown(origin, 'budget'), tree, after);
  switch (after.kind) {
    case 'scalar':
      return scalarValue(planned, origin);
    // Values have their nodes from the beginning, because adding a field takes much more memory.
    case 'list':
      return {
        state: 'list',
        origin,
        open: isTrueNode(planned.unknown),
        items: items(planned, after, depth),
        located: { tree, node: after },
      };
    case 'map':
      return {
        state: 'object',
        origin,
        open: isTrueNode(planned.unknown) || (depth === 0 && !planned.marked),
        entries: members(planned, after, depth),
        located: { tree, node: after },
      };
    case 'alias':
      return unknown(origin, 'syntax');
  }
}

const SECRET = { secret: true } as const;

function scalarValue(planned: Planned, origin: Origin): Value {
  const { tree, after, around } = planned;
  if (after.kind !== 'scalar') return unknown(origin, 'syntax');
  const made = around.follow(planned.configured.nodes);
  const hidden: Origin = made.secret ? { ...origin, ...SECRET } : origin;
  // A secret that comes from elsewhere is in the plan, but not in the author's source.
  const from: Origin =
    hidden.secret && made.given !== undefined ? { ...hidden, steps: [{ what: 'variable', name: made.given }] } : hidden;
  const { raw, quoted, value: scalar } = readScalar(after);
  const value = hiddenByName(tree, after, {
    state: 'known',
    origin: from,
    raw,
    quoted,
    value: scalar,
    located: { tree, node: after },
  });
  if (made.references.length === 0) return value;
  // If a list or condition has several references, the one with the value is the source.
  const equal =
    made.references.length > 1 ? made.references.filter((reference) => around.textOf(reference) === after.value) : [];
  return configuredAs(
    value,
    (equal.length > 0 ? equal : made.references).map(({ to }) => to),
  );
}

/** The items of a list. A null represents an unknown item. */
function items(planned: Planned, after: ListNode, depth: number): readonly Element[] {
  const { tree, unknown: marks, sensitive: secrets, configured, isSet, marked, shape, around } = planned;
  let orders: ReadonlyMap<number, number> | undefined;
  return after.items.map(({ value: node }, index) =>
    lazyElement(() => {
      const unknownHere = at(marks, index);
      const sensitive = isTrueNode(secrets) ? secrets : at(secrets, index);
      if (isTrueNode(unknownHere))
        return itemWhenApplied(
          { ...planned, sensitive },
          index,
          (orders ??= ordersOf(marks)),
          originOf(tree, node, undefined, 'generated'),
        );
      const own = configured.nodes.length === 0 ? configured : configuredItem(configured, after.items, index, isSet);
      return plannedValue(
        {
          tree,
          after: node,
          unknown: unknownHere,
          marked,
          sensitive,
          isSet,
          key: undefined,
          configured: own,
          shape,
          around,
        },
        depth + 1,
      );
    }),
  );
}

/** The unknown items of a list by index, numbered in order. Computed once per list, because a list can be very long. */
function ordersOf(marks: Node | undefined): ReadonlyMap<number, number> {
  const orders = new Map<number, number>();
  if (marks?.kind === 'list')
    for (const [index, { value }] of marks.items.entries()) if (isTrueNode(value)) orders.set(index, orders.size);
  return orders;
}

/**
 * An unknown item. If there are as many unknown items as references, each is one of them; in a set, the assignment does
 * not matter.
 */
function itemWhenApplied(planned: Planned, index: number, orders: ReadonlyMap<number, number>, place: Origin): Value {
  const { references, complete } = planned.around.follow(planned.configured.nodes);
  const reference = references[orders.get(index)!];
  const origin = isTrueNode(planned.sensitive) ? { ...place, ...SECRET } : place;
  if (!reference || !complete || references.length !== orders.size) return whenApplied(planned, origin);
  return refer(reference, planned.around.isSensitive(reference) ? { ...origin, ...SECRET } : origin, planned.around);
}

function members(planned: Planned, after: MapNode, depth: number): readonly Member[] {
  const { tree, marked, shape, around } = planned;
  const read = (pair: Pair, keyAt: Span): Value => {
    const unknownHere = valueOf(planned.unknown, pair.name);
    const configured = configuredAt(planned.configured, pair.name, shape);
    const isNull = pair.value.kind === 'scalar' && pair.value.style === 'plain' && pair.value.value === 'null';
    if (isTrueNode(unknownHere) || (!marked && isNull && isConfiguredByReference(configured)))
      return missing(planned, pair.name, keyAt);
    const block = shape.block(pair.name);
    return plannedValue(
      {
        tree,
        after: pair.value,
        unknown: unknownHere,
        marked,
        sensitive: isTrueNode(planned.sensitive) ? planned.sensitive : valueOf(planned.sensitive, pair.name),
        isSet: block?.isSet === true,
        key: keyAt,
        configured,
        shape: block?.shape ?? UNKNOWN_SHAPE,
        around,
      },
      depth + 1,
    );
  };
  const all = after.pairs.map((pair) => lazyMemberOf(pair.name, keySpan(tree, pair), read, pair));
  const omitted = leftOut(planned, after);
  if (omitted.length === 0) return all;
  // A block in a list has no key; its place is its start, regardless of the order of its members.
  const keyAt = planned.key ?? spanOf(tree, { start: after.start, end: after.start + 1 });
  const readOmitted = (name: string): Value => missing(planned, name, keyAt);
  for (const name of omitted) all.push(lazyMemberOf(name, keyAt, readOmitted, name));
  return all;
}

/**
 * The members that are omitted because they are unknown: those that are marked, otherwise those that are configured.
 */
function leftOut({ unknown: marks, marked, configured }: Planned, written: MapNode): readonly string[] {
  let names: Set<string> | undefined;
  for (const node of marked ? [marks] : configured.nodes) {
    if (node?.kind !== 'map') continue;
    for (const { name, value } of node.pairs)
      if ((!marked || isTrueNode(value)) && !pairOf(written, name)) (names ??= new Set()).add(name);
  }
  names?.delete('references');
  names?.delete('constant_value');
  return names ? [...names] : NONE_OMITTED;
}

const NONE_OMITTED: readonly string[] = [];

/** A value that is only known after apply: configured and unknown, or not configured. */
function missing(planned: Planned, name: string, keyAt: Span): Value {
  const sensitive = isTrueNode(planned.sensitive) || isTrueNode(valueOf(planned.sensitive, name));
  const place: Origin = { use: keyAt, key: keyAt, steps: NO_STEPS, edit: 'generated' };
  const origin: Origin = sensitive ? { ...SECRET, ...place } : place;
  const configured = configuredAt(planned.configured, name, planned.shape);
  if (isConfigured(configured))
    return whenApplied({ ...planned, configured }, origin, planned.shape.isCollection(name));
  // The configuration of a plan does not show dynamic blocks, so an unknown block may be configured, unless every value
  // that it could depend on is known.
  return absentFrom(
    { state: 'object', origin, entries: [], open: false },
    !configured.complete && planned.around.canBeUnknown(),
  );
}

/**
 * A configured value that is not known yet: its reference, if it has one, or one of several. Their list may be
 * incomplete.
 */
function whenApplied({ configured, around }: Planned, place: Origin, isCollection = false): Value {
  const made = around.follow(configured.nodes);
  const origin = made.secret ? { ...place, ...SECRET } : place;
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

function refer(reference: PlannedReference, origin: Origin, around: PlanContext): Value {
  const { to, attribute, family, isExact } = reference;
  if (family.split('.').includes('data')) {
    const value = around.dataValue(reference, origin);
    if (value) return value;
  }
  const value: Value = { state: 'reference', origin, to, ...(attribute === undefined ? {} : { attribute }) };
  return isExact ? value : configuredAs(value, [to]);
}

function at(node: Node | undefined, index: number): Node | undefined {
  return node?.kind === 'list' ? node.items[index]?.value : undefined;
}
