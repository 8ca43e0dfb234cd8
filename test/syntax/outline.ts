import { childrenOf, type Node, type Tree } from '../../server/src/syntax/tree.ts';

/** What is in a tree and where, one line a node and comment, in the order of the text. */
export function outline(tree: Tree): readonly (readonly [what: string, start: number, end: number])[] {
  const lines: [string, number, number][] = tree.comments.map(({ start, end }) => [
    tree.text.slice(start, end),
    start,
    end,
  ]);
  const visit = (node: Node): void => {
    lines.push([describeNode(node), node.start, node.end]);
    if (node.kind === 'map')
      for (const pair of node.pairs)
        lines.push(
          ['pair', pair.start, pair.end],
          [`colon ${pair.separator < 0 ? 'none' : ''}`, pair.separator, pair.separator],
        );
    childrenOf(node).forEach(visit);
  };
  tree.roots.forEach(visit);
  return lines.filter(([what]) => what !== 'colon none');
}

function describeNode(node: Node): string {
  const properties = `${node.tag ? `${node.tag.name} ` : ''}${node.anchor ? `&${node.anchor.name} ` : ''}`;
  switch (node.kind) {
    case 'scalar':
      return `${properties}${node.style} ${JSON.stringify(node.value)}`;
    case 'alias':
      return `*${node.name}${node.target ? '' : ' unknown'}`;
    default:
      return `${properties}${node.style} ${node.kind} ${node.indent}`;
  }
}
