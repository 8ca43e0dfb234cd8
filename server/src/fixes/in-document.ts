/**
 * The tree of an expression in HCL in terms of the file around it. Their texts agree, but only the file has the
 * indentation of the line on which the expression begins, and the line ends.
 */
import { memoize } from '../base/memoize.ts';
import type { Range } from '../base/span.ts';
import type { TreeEdit } from '../syntax/tree-edit.ts';
import type { Item, ListNode, MapNode, Node, Pair, Tree } from '../syntax/tree.ts';

interface Placed {
  readonly tree: Tree;
  readonly nodes: ReadonlyMap<Node, Node>;
  readonly pairs: ReadonlyMap<Pair, Pair>;
}

/** Whether a tree is an expression as it is written in a file of HCL. */
export function isWrittenInHcl({ language, layer }: Tree): boolean {
  return language === 'expression' && layer?.outer.language === 'hcl' && layer.scalar.style === 'expression';
}

/** The same edit in terms of the file. */
export function inDocument(edit: TreeEdit): TreeEdit {
  const { tree, nodes, pairs } = placed(edit.tree);
  switch (edit.op) {
    case 'removePair':
      return { ...edit, tree, map: nodes.get(edit.map) as MapNode, pair: pairs.get(edit.pair)! };
    case 'addBlock':
      throw new Error('An expression has no blocks.');
    case 'renameKey':
      return { ...edit, tree, pair: pairs.get(edit.pair)! };
    case 'insertItem':
    case 'removeItem':
      return { ...edit, tree, list: nodes.get(edit.list) as ListNode };
    case 'replaceText': {
      const moved = edit.tree.layer!.scalar.content.start;
      const range = { start: edit.range.start + moved, end: edit.range.end + moved };
      return { ...edit, tree, at: nodes.get(edit.at)!, range };
    }
    default:
      return { ...edit, tree, at: nodes.get(edit.at)! };
  }
}

const placed = memoize((tree: Tree): Placed => {
  const { outer, scalar } = tree.layer!;
  const by = scalar.content.start;
  const nodes = new Map<Node, Node>();
  const pairs = new Map<Pair, Pair>();
  const moved = <T extends Range>(range: T): T => ({ ...range, start: range.start + by, end: range.end + by });
  const copy = (node: Node, parent: MapNode | ListNode | undefined): Node => {
    if (node.kind === 'map') {
      const own: Pair[] = [];
      const map: MapNode = { ...moved(node), parent, pairs: own };
      for (const pair of node.pairs) {
        const key = copy(pair.key, map);
        const made: Pair = { ...moved(pair), separator: pair.separator + by, key, value: copy(pair.value, map) };
        pairs.set(pair, made);
        own.push(made);
      }
      nodes.set(node, map);
      return map;
    }
    if (node.kind === 'list') {
      const own: Item[] = [];
      const list: ListNode = { ...moved(node), parent, items: own };
      for (const item of node.items) own.push({ ...moved(item), value: copy(item.value, list) });
      nodes.set(node, list);
      return list;
    }
    const made: Node =
      node.kind === 'scalar'
        ? { ...moved(node), kind: node.kind, style: node.style, parent, content: moved(node.content) }
        : { ...node, parent };
    nodes.set(node, made);
    return made;
  };
  const roots = tree.roots.map((root) => copy(root, undefined));
  const comments = tree.comments.map((comment) => moved(comment));
  const problems = tree.problems.map((problem) => moved(problem));
  return { tree: { doc: tree.doc, text: outer.text, language: 'hcl', roots, comments, problems }, nodes, pairs };
});
