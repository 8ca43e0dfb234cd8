import { TRUE } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { absentFrom, unknown } from '../../model/navigate.ts';
import type { Element, Member, Value } from '../../model/value.ts';
import { readScalar } from '../../syntax/scalar.ts';
import { valueOf, type MapNode, type Node, type Tree } from '../../syntax/tree.ts';
import { configuredAs, locatedAt, originOf, spanOf } from '../located.ts';
import { MAX_DEPTH } from '../plain.ts';
import { instancesIn, referencesIn } from './configuration.ts';

/** The names of the nested blocks of a native type. */
export type BlockNames = ReadonlySet<string>;

export interface Planned {
  readonly tree: Tree;
  readonly after: Node;
  /** What of it is only known after the plan is carried out: the same shape with `true` in place of it. */
  readonly unknown: Node | undefined;
  readonly sensitive: Node | undefined;
  /** How it was configured, as far as the plan says: the same shape with references in place of values. */
  readonly expressions: Node | undefined;
  readonly module: string;
  readonly blocks: BlockNames;
  readonly key?: Span;
}

/**
 * A planned value. Terraform marks as unknown what the provider will decide, whether it was configured or not, so an
 * attribute that is unknown and that no expression configures is one that was left out.
 */
export function plannedValue(planned: Planned, depth = 0): Value {
  const { tree, after, key } = planned;
  const secret = isTrue(planned.sensitive) ? { secret: true } : {};
  const origin = { ...originOf(tree, after, key, 'generated'), ...secret };
  if (depth > MAX_DEPTH) return locatedAt(unknown(origin, 'budget'), tree, after);
  switch (after.kind) {
    case 'scalar': {
      const value = locatedAt({ state: 'known', origin, ...readScalar(after) } as const, tree, after);
      return configuredAs(value, [...referencesIn(planned.expressions, planned.module).map((reference) => reference.to), ...instancesIn(planned.expressions, planned.module)]);
    }
    case 'list': return locatedAt({ state: 'list', origin, open: isTrue(planned.unknown), items: after.items.map((_, index) => item(planned, index, depth)) }, tree, after);
    case 'map': return locatedAt({ state: 'object', origin, open: false, entries: members(planned, after, depth) }, tree, after);
    case 'alias': return unknown(origin, 'syntax');
  }
}

/** An item of a list. A null stands for one that is unknown. */
function item(planned: Planned, index: number, depth: number): Element {
  const { tree, after } = planned;
  const node = after.kind === 'list' ? after.items[index]!.value : after;
  const unknownHere = at(planned.unknown, index);
  let held: Value | undefined;
  const read = (): Value => {
    if (isTrue(unknownHere)) return whenApplied(planned, originOf(tree, node, undefined, 'generated'));
    // A list of blocks is configured item by item, a single block as one object; a list of values as a whole.
    const expressions = planned.expressions?.kind === 'list' ? at(planned.expressions, index) : planned.expressions;
    return plannedValue({ ...withoutKey(planned), after: node, unknown: unknownHere, sensitive: isTrue(planned.sensitive) ? planned.sensitive : at(planned.sensitive, index), expressions }, depth + 1);
  };
  return { when: TRUE, get value() { return held ??= read(); } };
}

function withoutKey({ key: _, ...planned }: Planned): Planned {
  return planned;
}

function members(planned: Planned, after: MapNode, depth: number): readonly Member[] {
  const { tree } = planned;
  const written = after.pairs.map((pair): Member => {
    const keyAt = spanOf(tree, pair.key);
    const unknownHere = valueOf(planned.unknown, pair.name);
    const expressions = valueOf(planned.expressions, pair.name);
    let held: Value | undefined;
    const read = (): Value => {
      if (isTrue(unknownHere)) return missing(planned, pair.name, keyAt, expressions);
      return plannedValue({
        ...planned, after: pair.value, unknown: unknownHere, expressions, key: keyAt, blocks: NONE,
        sensitive: isTrue(planned.sensitive) ? planned.sensitive : valueOf(planned.sensitive, pair.name),
      }, depth + 1);
    };
    return { key: pair.name, keyAt, when: TRUE, get value() { return held ??= read(); } };
  });
  const names = new Set(after.pairs.map((pair) => pair.name));
  const left = planned.unknown?.kind === 'map' ? planned.unknown.pairs.filter((pair) => !names.has(pair.name) && isTrue(pair.value)) : [];
  const keyAt = planned.key ?? spanOf(tree, { start: after.start, end: after.start + 1 });
  return [...written, ...left.map((pair): Member => ({ key: pair.name, keyAt, when: TRUE, value: missing(planned, pair.name, keyAt, valueOf(planned.expressions, pair.name)) }))];
}

const NONE: BlockNames = new Set();

/** What is only known after apply: configured and unknown, or not configured at all. */
function missing(planned: Planned, name: string, keyAt: Span, expressions: Node | undefined): Value {
  const origin = { use: keyAt, key: keyAt, steps: [], edit: 'generated' } as const;
  if (expressions) return whenApplied({ ...planned, expressions }, origin);
  // Dynamic blocks do not show in the configuration of a plan, so a block that is unknown may have been configured.
  const holder: Value = { state: 'object', origin, entries: [], open: false };
  return absentFrom(holder, planned.blocks.has(name) || !planned.expressions);
}

/** A value that is configured and not known yet. One reference is that reference. */
function whenApplied({ expressions, module }: Planned, origin: Value['origin']): Value {
  const references = referencesIn(expressions, module);
  const [only] = references;
  if (only && references.length === 1) return configuredAs({ state: 'reference', origin, ...only }, [only.to, ...instancesIn(expressions, module)]);
  return unknown(origin, 'computed', references.map((reference) => reference.to));
}

function at(node: Node | undefined, index: number): Node | undefined {
  return node?.kind === 'list' ? node.items[index]?.value : undefined;
}

function isTrue(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.style === 'plain' && node.value === 'true';
}
