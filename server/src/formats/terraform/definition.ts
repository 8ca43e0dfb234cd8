/** Where a value outside the block that uses it is defined: in a local, a variable or an argument of a module call. */
import { nameOf } from '../../base/uri.ts';
import { indexOfItem, pairWith, type Node } from '../../syntax/tree.ts';
import { inFile, type Located } from '../located.ts';
import { configurationSyntax } from '../terraform-files.ts';
import { isVariableFile } from './variable-file.ts';

/** One step from a document to a node: a name, or the index of an item. */
export type NodeStep = string | number;

/** The definition of a name, with the place in its value. */
export interface Definition {
  /** `default` is that of a variable, `file` a variable file, `argument` one of a module call. */
  readonly kind: 'local' | 'default' | 'file' | 'argument';
  /** The name under which expressions read it: `local.a`, `var.a`. An argument is read in the called module. */
  readonly name: string;
  /** The name of the module call with the argument. */
  readonly call?: string;
  /** The steps from the value of the name to the node, as far as they are known: those within an expression are not. */
  readonly path: readonly NodeStep[];
  /** Whether the path leads to the node itself, and not only to an expression or a document around it. */
  readonly exact: boolean;
}

/** The definition that contains a node; undefined for a node in another block. */
export function definitionAt(located: Located): Definition | undefined {
  const { tree, node } = inFile(located);
  const exact = node === located.node;
  if (isVariableFile(nameOf(tree.doc))) {
    const [name, ...path] = stepsTo(node);
    return typeof name === 'string' ? { kind: 'file', name: `var.${name}`, path, exact } : undefined;
  }
  if (!configurationSyntax(tree.doc)) return undefined;
  const { section, labels, path } = blockPath(stepsTo(node));
  const [first, ...rest] = path;
  const [label] = labels;
  if (section === 'locals')
    return typeof first === 'string' ? { kind: 'local', name: `local.${first}`, path: rest, exact } : undefined;
  if (label === undefined || typeof first !== 'string') return undefined;
  if (section === 'variable')
    return first === 'default' ? { kind: 'default', name: `var.${label}`, path: rest, exact } : undefined;
  return section === 'module' ? { kind: 'argument', name: `var.${first}`, call: label, path: rest, exact } : undefined;
}

/** A path in a block: its type, its labels, and the steps in its body. */
export interface BlockPath {
  readonly section: string | undefined;
  readonly labels: readonly string[];
  readonly path: readonly NodeStep[];
}

/** How many labels each type of block has; other blocks have no name. */
const LABELS: ReadonlyMap<NodeStep, number> = new Map([
  ['locals', 0],
  ['variable', 1],
  ['module', 1],
  ['output', 1],
  ['resource', 2],
  ['data', 2],
]);

/**
 * A path in terms of a block. In JSON, each level down to the body can be an array of objects, whose indexes are left
 * out.
 */
export function blockPath(steps: readonly NodeStep[]): BlockPath {
  const rest = [...steps];
  const level = (): NodeStep | undefined => {
    while (typeof rest[0] === 'number') rest.shift();
    return rest.shift();
  };
  const section = level();
  const count = section === undefined ? undefined : LABELS.get(section);
  if (typeof section !== 'string' || count === undefined) return { section: undefined, labels: [], path: rest };
  const labels = Array.from({ length: count }, () => level()).filter((label) => typeof label === 'string');
  while (typeof rest[0] === 'number') rest.shift();
  return { section, labels, path: rest };
}

/** The names and indexes that lead from the root of a tree to a node. */
export function stepsTo(node: Node): readonly NodeStep[] {
  const steps: NodeStep[] = [];
  for (let inner = node; inner.parent; inner = inner.parent) {
    const { parent } = inner;
    const step: NodeStep | undefined =
      parent.kind === 'map' ? pairWith(parent, inner)?.name : indexOfItem(parent, inner);
    if (step !== undefined) steps.unshift(step);
  }
  return steps;
}

/** A name with the steps in its value, as an expression refers to them: `local.a["b c"][0]`. */
export function shownName(name: string, path: readonly NodeStep[]): string {
  return path.reduce<string>(
    (text, step) =>
      typeof step === 'string' && /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(step)
        ? `${text}.${step}`
        : `${text}[${JSON.stringify(step)}]`,
    name,
  );
}
