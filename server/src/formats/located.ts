import type { Span } from '../base/span.ts';
import { secrecyOf } from '../model/secrecy.ts';
import type { Address, EditPlace, Leaf, Origin, Step, Value } from '../model/value.ts';
import { outermost } from '../syntax/embedded.ts';
import type { Node, Tree } from '../syntax/tree.ts';
import type { Range } from '../base/span.ts';

/** A node with its tree. */
export interface Located {
  readonly tree: Tree;
  readonly node: Node;
}

/**
 * Values are plain data without the tree that they were read from; code that writes fixes finds the node under this
 * key. Copies of a value keep it. A separate map from values to nodes would do the same at several times the cost.
 */
const LOCATED = Symbol('located');

/** The key under which a JSON string keeps the value that it was made from. */
const JSON_OF = Symbol('JSON of');

/** The key under which a reference keeps the value that it leads to. */
const WRITTEN = Symbol('written');

/** The key under which an unknown value keeps the string of a document with syntax errors. */
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

/** The value that a JSON string was made from, if any. */
export function madeOfJson(text: Value): Value | undefined {
  return (text as MaybeLocated)[JSON_OF]?.();
}

/** Records the string of a document with syntax errors, and returns the value that represents the document. */
export function unreadIn<V extends Value>(document: V, text: Leaf): V {
  (document as MaybeLocated)[TEXT_OF] = text;
  return document;
}

/** The string of a document with syntax errors. */
export function unreadText(document: Value): Leaf | undefined {
  return (document as MaybeLocated)[TEXT_OF];
}

/** Records the node that a value was read from, and returns the value. The first node is kept: it is the innermost. */
export function locatedAt<V extends Value>(value: V, tree: Tree, node: Node): V {
  const holder = value as MaybeLocated;
  if (holder[LOCATED] === undefined) holder[LOCATED] = { tree, node };
  return value;
}

/** The same with a lazily computed node, because few values are ever changed. */
export function locatedBy<V extends Value>(value: V, located: () => Located | undefined): V {
  const holder = value as MaybeLocated;
  if (holder[LOCATED] === undefined) holder[LOCATED] = located;
  return value;
}

/** The node that a value was read from, if any. */
export function locate(value: Value): Located | undefined {
  const located = (value as MaybeLocated)[LOCATED];
  return typeof located === 'function' ? located() : located;
}

/** Whether the node of a value is known without computing it. */
export function isLocated(value: Value): boolean {
  return typeof (value as MaybeLocated)[LOCATED] === 'object';
}

/** The place of a range of a tree in the outermost document. */
export function spanOf(tree: Tree, range: Range): Span {
  if (!tree.layer) return { doc: tree.doc, start: range.start, end: range.end };
  return { doc: tree.doc, ...outermost(tree, range) };
}

/** The range of a node for findings: inside an embedded document, without quotes. */
export function markOf(tree: Tree, node: Node): Span {
  const quoted = tree.layer && node.kind === 'scalar' && (node.style === 'double' || node.style === 'single');
  return spanOf(tree, quoted ? node.content : node);
}

/** The origin of a literal at its use. */
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

/** The configured references of a known planned value. */
const configured = new WeakMap<Value, readonly Address[]>();

/** Records the configuration of a planned value, and returns the value. */
export function configuredAs<V extends Value>(value: V, references: readonly Address[]): V {
  if (references.length > 0) configured.set(value, references);
  return value;
}

/** The resources that a planned value refers to in the configuration; none for other values. */
export function configuredReferences(value: Value): readonly Address[] {
  return configured.get(value) ?? [];
}

/** The same value at another use: `use` is the new use, and the old range is its definition. */
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
