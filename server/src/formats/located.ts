import type { Span } from '../base/span.ts';
import { secrecyOf } from '../model/secrecy.ts';
import type { Address, EditPlace, Leaf, Origin, Step, Value } from '../model/value.ts';
import { outermost } from '../syntax/embedded.ts';
import type { Node, Tree } from '../syntax/tree.ts';
import type { Range } from '../base/span.ts';

/** A node with the tree that it is in. */
export interface Located {
  readonly tree: Tree;
  readonly node: Node;
}

/**
 * Values are plain data without the tree that they were read from; code that writes fixes finds the node under this
 * key. Copies of a value keep it. A separate map from values to nodes would do the same at several times the cost.
 */
const LOCATED = Symbol('located');

/** Under this key a text that is JSON, made of a value, keeps that value. */
const JSON_OF = Symbol('JSON of');

/** The key under which a reference keeps the value that it leads to. */
const WRITTEN = Symbol('written');

/** Under this key a value that is not known, for the document in a text that cannot be read, keeps that text. */
const TEXT_OF = Symbol('string of');

interface MaybeLocated {
  [LOCATED]?: Located | (() => Located | undefined);
  [TEXT_OF]?: Leaf;
  [JSON_OF]?: () => Value | undefined;
  [WRITTEN]?: Value;
}

/** Records the value that a reference leads to, and returns the reference. */
export function writtenAs<V extends Value>(reference: V, written: Value): V {
  (reference as MaybeLocated)[WRITTEN] = written;
  return reference;
}

/** A value as a string instead of a reference: for a reference, the value that it leads to, if known. */
export function asWritten(value: Value): Value {
  return (value as MaybeLocated)[WRITTEN] ?? value;
}

/** Records the source of a JSON string, which is computed when the JSON is read, and returns the string. */
export function jsonOf<V extends Value>(text: V, made: () => Value | undefined): V {
  (text as MaybeLocated)[JSON_OF] = made;
  return text;
}

/** What a string of JSON was made of, if it was made. */
export function madeOfJson(text: Value): Value | undefined {
  return (text as MaybeLocated)[JSON_OF]?.();
}

/** Remembers the string of a document that could not be read, and returns what stands for the document. */
export function unreadIn<V extends Value>(document: V, text: Leaf): V {
  (document as MaybeLocated)[TEXT_OF] = text;
  return document;
}

/** The string of a document that could not be read. */
export function unreadText(document: Value): Leaf | undefined {
  return (document as MaybeLocated)[TEXT_OF];
}

/** Remembers which node a value was read from, and returns the value. The first node stays: it is the innermost. */
export function locatedAt<V extends Value>(value: V, tree: Tree, node: Node): V {
  const holder = value as MaybeLocated;
  if (holder[LOCATED] === undefined) holder[LOCATED] = { tree, node };
  return value;
}

/** The same where the node is sought on demand: few values are ever changed. */
export function locatedBy<V extends Value>(value: V, located: () => Located | undefined): V {
  const holder = value as MaybeLocated;
  if (holder[LOCATED] === undefined) holder[LOCATED] = located;
  return value;
}

/** The node that a value was read from, if it was read from one. */
export function locate(value: Value): Located | undefined {
  const located = (value as MaybeLocated)[LOCATED];
  return typeof located === 'function' ? located() : located;
}

/** Whether the node of a value is known without seeking it. */
export function isLocated(value: Value): boolean {
  return typeof (value as MaybeLocated)[LOCATED] === 'object';
}

/** The place of a range of a tree in the outermost document. */
export function spanOf(tree: Tree, range: Range): Span {
  if (!tree.layer) return { doc: tree.doc, start: range.start, end: range.end };
  return { doc: tree.doc, ...outermost(tree, range) };
}

/** The place of a node as a finding marks it: inside an embedded document quotes are not part of it. */
export function markOf(tree: Tree, node: Node): Span {
  const quoted = tree.layer && node.kind === 'scalar' && (node.style === 'double' || node.style === 'single');
  return spanOf(tree, quoted ? node.content : node);
}

/** The origin of a value that is written where it is used. */
export function originOf(
  tree: Tree,
  node: Node,
  key?: Span,
  edit: EditPlace = 'here',
  steps: readonly Step[] = NO_STEPS,
): Origin {
  const use = markOf(tree, node);
  return key ? { use, key, steps, edit } : { use, steps, edit };
}

const NO_STEPS: readonly Step[] = [];

/** What a value that is known refers to in the configuration that it was planned from. */
const configured = new WeakMap<Value, readonly Address[]>();

/** Remembers what a planned value was configured as, and returns the value. */
export function configuredAs<V extends Value>(value: V, references: readonly Address[]): V {
  if (references.length > 0) configured.set(value, references);
  return value;
}

/** The resources that a planned value was configured to refer to; none for values of other origins. */
export function configuredReferences(value: Value): readonly Address[] {
  return configured.get(value) ?? [];
}

/** The same value seen from another place: where it is used is `use`, where it stands is where it is written. */
export function usedAt(
  value: Value,
  use: Span,
  key: Span | undefined,
  step: Step | undefined,
  edit: EditPlace = 'shared',
): Value {
  const origin: Origin = {
    use,
    def: value.origin.def ?? value.origin.use,
    edit,
    steps: step ? [step, ...value.origin.steps] : value.origin.steps,
    ...(key ? { key } : {}),
    ...secrecyOf([value.origin]),
  };
  return value.state === 'choice'
    ? {
        ...value,
        origin,
        branches: value.branches.map((b) => ({ guard: b.guard, value: usedAt(b.value, use, key, step, edit) })),
      }
    : { ...value, origin };
}
