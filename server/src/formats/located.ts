import type { Span } from '../base/span.ts';
import { secrecyOf } from '../model/secrecy.ts';
import type {
  Address,
  EditPlace,
  Leaf,
  Origin,
  Reference,
  Sourced,
  SourceNode,
  Step,
  Unknown,
  Value,
} from '../model/value.ts';
import { outermost } from '../syntax/embedded.ts';
import type { Node, Pair, Tree } from '../syntax/tree.ts';
import type { Range } from '../base/span.ts';

/** A node with its tree. */
export interface Located extends SourceNode {
  readonly tree: Tree;
  readonly node: Node;
}

/**
 * Fields are set once on a new value. A copy of each value to set a field, or a map from values to nodes, would take
 * several times the memory and time.
 */
type Fresh<V> = { -readonly [Field in keyof V]: V[Field] };

/** Records the value that a reference resolves to, and returns the reference. */
export function writtenAs(reference: Reference, written: Value): Reference {
  (reference as Fresh<Reference>).leadsTo = written;
  return reference;
}

/** A value as a string instead of a reference: for a reference, the value that it resolves to, if known. */
export function dereferenced(value: Value): Value {
  return value.state === 'reference' ? (value.leadsTo ?? value) : value;
}

/** Records the source of a JSON string, which is computed when the JSON is read, and returns the string. */
export function jsonOf<V extends Value>(text: V, made: () => Value | undefined): V {
  (text as Fresh<Sourced>).json = made;
  return text;
}

/** The value that a JSON string was made from, if any. */
export function decodedJson(text: Value): Value | undefined {
  return text.json?.();
}

/** Records the string of a document with syntax errors, and returns the value that represents the document. */
export function withUnparsedText(document: Unknown, text: Leaf): Unknown {
  (document as Fresh<Unknown>).unread = text;
  return document;
}

/** The string of a document with syntax errors. */
export function unparsedText(document: Value): Leaf | undefined {
  return document.state === 'unknown' ? document.unread : undefined;
}

/** Records the node that a value was read from, and returns the value. The first node is kept: it is the innermost. */
export function locatedAt<V extends Value>(value: V, tree: Tree, node: Node): V {
  if (value.located === undefined) (value as Fresh<Sourced>).located = { tree, node };
  return value;
}

/** The same with a lazily computed node, because few values are changed. */
export function locatedBy<V extends Value>(value: V, located: () => Located | undefined): V {
  if (value.located === undefined) (value as Fresh<Sourced>).located = located;
  return value;
}

/** The node that a value was read from, if any. */
export function locate({ located }: Value): Located | undefined {
  return (typeof located === 'function' ? located() : located) as Located | undefined;
}

/** Whether the node of a value is known without computing it. */
export function isLocated({ located }: Value): boolean {
  return typeof located === 'object';
}

/** Records the references of a planned value in its configuration, and returns the value. */
export function configuredAs<V extends Value>(value: V, references: readonly Address[]): V {
  if (references.length > 0) (value as Fresh<Sourced>).configured = references;
  return value;
}

/** The resources that a planned value refers to in the configuration; none for other values. */
export function configuredReferences({ configured }: Value): readonly Address[] {
  return configured ?? NO_REFERENCES;
}

const NO_REFERENCES: readonly Address[] = [];

/** The node of a file that contains a node: for one of an expression or of an embedded document, the string with it. */
export function inFile(located: Located): Located {
  const { layer } = located.tree;
  return layer ? inFile({ tree: layer.outer, node: layer.scalar }) : located;
}

/** The place of a range of a tree in the outermost document. */
export function spanOf(tree: Tree, range: Range): Span {
  if (!tree.layer) return { doc: tree.doc, start: range.start, end: range.end };
  // Without a spread, which gives an object another hidden class with its fields outside of it.
  const { start, end } = outermost(tree, range);
  return { doc: tree.doc, start, end };
}

/** The place of the key of a pair, which needs no node. */
export function keySpan(tree: Tree, { start, keyEnd }: Pick<Pair, 'start' | 'keyEnd'>): Span {
  return spanOf(tree, { start, end: keyEnd });
}

/** The range of a node for findings: inside an embedded document, without quotes. */
export function markedRange(tree: Tree, node: Node): Span {
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
  const use = markedRange(tree, node);
  return key ? { use, key, steps, edit } : { use, steps, edit };
}

/** The steps of a value that is used where it is written. */
export const NO_STEPS: readonly Step[] = [];

/** The same value at another use: `use` is the new use, and the old range is its definition. */
export function usedAt(
  value: Value,
  use: Span,
  key: Span | undefined,
  step: Step | undefined,
  edit: EditPlace = 'shared',
): Value {
  const def = value.origin.def ?? value.origin.use;
  const steps = step ? [step, ...value.origin.steps] : value.origin.steps;
  // Without a spread in most cases, because the value of a parameter is copied to each of its uses.
  const open: Origin = key ? { use, def, edit, steps, key } : { use, def, edit, steps };
  const origin: Origin = value.origin.secret ? { ...open, ...secrecyOf([value.origin]) } : open;
  return value.state === 'choice'
    ? {
        ...value,
        origin,
        branches: value.branches.map((b) => ({ guard: b.guard, value: usedAt(b.value, use, key, step, edit) })),
      }
    : { ...value, origin };
}
