/** The places of a module where expressions read locals and variables, and the parts of them that they read. */
import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import {
  pairOf,
  resolved,
  textOf,
  valueOf,
  type MapNode,
  type Node,
  type ScalarNode,
  type Tree,
} from '../../syntax/tree.ts';
import type { Located } from '../located.ts';
import { blockPath, stepsTo, type NodeStep } from './definition.ts';
import type { Expression } from './expression/ast.ts';
import { referencesOf, type Traversal } from './expression/references.ts';
import { needsEvaluation, parseScalar } from './expression/template.ts';

/** One place where an expression reads a name. */
export interface Reading extends Located {
  readonly node: ScalarNode;
  /** The whole expression of the node. */
  readonly expression: Expression;
  readonly traversal: Traversal;
  /** The steps after the name, up to a computed one. */
  readonly steps: readonly NodeStep[];
  /** Whether more steps follow, whose keys are computed. */
  readonly computed: boolean;
  /** Whether a splat reads it for all items. */
  readonly splat: boolean;
}

/** A reading with the steps from what it reads to the place in question; undefined if they are not known. */
export interface PlacedReading {
  readonly reading: Reading;
  readonly rest: readonly NodeStep[] | undefined;
}

/** The readings in files by name: `local.a`, `var.a`, `data.t.n`. */
export function readingsIn(trees: readonly Tree[]): ReadonlyMap<string, readonly Reading[]> {
  const found = new Map<string, Reading[]>();
  for (const tree of trees)
    for (const one of treeReadings(tree)) {
      const before = found.get(one.name);
      if (before) before.push(one.reading);
      else found.set(one.name, [one.reading]);
    }
  return found;
}

interface NamedReading {
  readonly name: string;
  readonly reading: Reading;
}

const treeReadings = memoize((tree: Tree): readonly NamedReading[] =>
  flatMap(
    flatMap(tree.roots, (root) => [...templatesBelow(root)]),
    (node) => readingsOf(tree, node),
  ),
);

function readingsOf(tree: Tree, node: ScalarNode): readonly NamedReading[] {
  const { expression } = parseScalar(node);
  return flatMap(referencesOf(expression), (traversal): readonly NamedReading[] => {
    const { root, steps } = traversal;
    const depth = root === 'data' ? 2 : 1;
    const names = flatMap(steps.slice(0, depth), (step) => (step.kind === 'attribute' ? [step.name] : []));
    if (names.length < depth) return [];
    return [
      {
        name: [root, ...names].join('.'),
        reading: readingAt({ tree, node }, expression, traversal, steps.slice(depth)),
      },
    ];
  });
}

function readingAt(
  { tree, node }: { readonly tree: Tree; readonly node: ScalarNode },
  expression: Expression,
  traversal: Traversal,
  behind: Traversal['steps'],
): Reading {
  const steps: NodeStep[] = [];
  for (const step of behind) {
    const key = step.kind === 'attribute' ? step.name : step.kind === 'index' ? step.key : undefined;
    if (key === undefined) break;
    steps.push(key);
  }
  return {
    tree,
    node,
    expression,
    traversal,
    steps,
    computed: steps.length < behind.length,
    splat: behind.some(({ kind }) => kind === 'splat'),
  };
}

/** Every string and key below a node that Terraform evaluates. */
function* templatesBelow(root: Node): Iterable<ScalarNode> {
  const open: Node[] = [root];
  for (let node = resolved(open.pop()); node; node = resolved(open.pop())) {
    if (node.kind === 'map') for (const { key, value } of node.pairs) open.push(key, value);
    else if (node.kind === 'list') for (const { value } of node.items) open.push(value);
    else if (node.kind === 'scalar' && needsEvaluation(node)) yield node;
  }
}

/**
 * The readings of a part of a value, among all readings of the value. A repetition over the value reads the parts that
 * the block uses of each member.
 */
export function readingsOfPart(readings: readonly Reading[], path: readonly NodeStep[]): readonly PlacedReading[] {
  return flatMap(
    readings.filter(({ steps }) => meets(steps, path)),
    (reading) => placed(reading, path),
  );
}

function placed(reading: Reading, path: readonly NodeStep[]): readonly PlacedReading[] {
  const isSet = isSetOf(reading);
  const rest = reading.computed || !(isSet || isWhole(reading)) ? undefined : path.slice(reading.steps.length);
  const over = rest && rest.length > 0 ? repeatedBlock(reading) : undefined;
  // The members of a set are the keys of the instances of a block. A changed key replaces the instance.
  if (!over || (isSet && over.hasInstances)) return [{ reading, rest: isSet ? undefined : rest }];
  const each = flatMap(
    [...templatesBelow(over.body)].filter((node) => node !== reading.node),
    (node) => iteratorReadings(reading.tree, node, over.iterator, isSet),
  );
  return readingsOfPart(each, rest!.slice(1));
}

/**
 * Where the value of each member is read in a block: `each.value.a`. The object itself contains it. In a set, the key
 * is the value.
 */
function iteratorReadings(tree: Tree, node: ScalarNode, iterator: string, isSet: boolean): readonly Reading[] {
  const { expression } = parseScalar(node);
  return flatMap(referencesOf(expression), (traversal) => {
    if (traversal.root !== iterator) return [];
    const [first, ...behind] = traversal.steps;
    if (!isSet && first?.kind === 'attribute' && first.name === 'key') return [];
    return [readingAt({ tree, node }, expression, traversal, first ? behind : [])];
  });
}

/** Whether an expression converts what it reads to a set: `toset(local.names)`. */
export function isSetOf({ expression, traversal }: Reading): boolean {
  const call = bare(expression);
  const [only, ...others] = call.kind === 'call' && call.name === 'toset' ? call.args : [];
  const inner = only && others.length === 0 ? bare(only) : undefined;
  return inner !== undefined && inner.start === traversal.start && inner.end === traversal.end;
}

/** Whether an expression consists of a reading. */
export function isWhole({ expression, traversal }: Reading): boolean {
  const inner = bare(expression);
  return inner.start === traversal.start && inner.end === traversal.end;
}

/** An expression without parentheses, and without a string around it that contains nothing else. */
function bare(expression: Expression): Expression {
  if (expression.kind === 'parentheses') return bare(expression.inner);
  if (expression.kind !== 'template' || expression.parts.length !== 1) return expression;
  const [part] = expression.parts;
  return part?.kind === 'interpolation' ? bare(part.expression) : expression;
}

interface RepeatedBlock {
  readonly body: MapNode;
  readonly iterator: string;
  /** Whether it makes instances, which have keys, and not nested blocks. */
  readonly hasInstances: boolean;
}

/** The block that a reading in its `for_each` repeats, with the name of its members. */
function repeatedBlock({ node }: Reading): RepeatedBlock | undefined {
  const body = node.parent;
  if (body?.kind !== 'map' || pairOf(body, 'for_each')?.value !== node) return undefined;
  const { section, path } = blockPath(stepsTo(node));
  if (section !== 'resource' && section !== 'data' && section !== 'module') return undefined;
  if (path.length === 1) return { body, iterator: 'each', hasInstances: true };
  const names = path.filter((step) => typeof step === 'string');
  const [marker, label] = names.slice(-3);
  if (marker !== 'dynamic' || label === undefined || !pairOf(body, 'content')) return undefined;
  const iterator = textOf(valueOf(body, 'iterator'));
  return { body, iterator: iterator?.replace(/^\$\{|\}$/g, '').trim() ?? label, hasInstances: false };
}

/** Whether one path leads to the other, or through it. */
function meets(one: readonly NodeStep[], other: readonly NodeStep[]): boolean {
  return one.slice(0, other.length).every((step, index) => String(step) === String(other[index]));
}

/** Functions whose result contains their arguments, or the items or members of these, unchanged. */
const PASSING: ReadonlySet<string> = new Set([
  'coalesce',
  'coalescelist',
  'compact',
  'concat',
  'distinct',
  'flatten',
  'jsonencode',
  'merge',
  'tobool',
  'tolist',
  'tomap',
  'tonumber',
  'toset',
  'tostring',
  'try',
]);

/** Whether an expression returns what it reads, instead of computing something from it. */
export function passesOn({ expression, traversal, splat }: Reading): boolean {
  const holds = (one: Expression): boolean => one.start <= traversal.start && one.end >= traversal.end;
  const passes = (given: Expression): boolean => {
    const one = bare(given);
    if (one.start === traversal.start && one.end === traversal.end) return true;
    switch (one.kind) {
      case 'conditional':
        return [one.then, one.otherwise].some((branch) => holds(branch) && passes(branch));
      case 'tuple':
        return one.items.some((item) => holds(item) && passes(item));
      case 'object':
        return one.items.some(({ value }) => holds(value) && passes(value));
      case 'call': {
        const args = PASSING.has(one.name) ? one.args : one.name === 'lookup' ? one.args.filter((_, i) => i !== 1) : [];
        return args.some((arg) => holds(arg) && passes(arg));
      }
      default:
        return false;
    }
  };
  return !splat && passes(expression);
}

/** Whether a file can contain undetected readings, because it or an expression in it has syntax errors. */
export const hidesReadings = memoize(
  (tree: Tree): boolean =>
    tree.problems.length > 0 ||
    flatMap(tree.roots, (root) => [...templatesBelow(root)]).some((node) => parseScalar(node).problems.length > 0),
);
