/** The structure of HCL on one line: `resource.t.n{ a=1 b=text "c" d=(var.e) f=[1, 2] g=object(h=1) }`. */
import type { MapNode, Node, Pair, ScalarNode, Tree } from '../../server/src/syntax/tree.ts';

export function shapeOf({ roots }: Tree): string {
  return (roots[0] as MapNode).pairs.map(member).join(' ');
}

function member({ name, separator, value }: Pair): string {
  if (separator >= 0) return `${name}=${shape(value)}`;
  const { pairs, indent } = value as MapNode;
  if (indent < 0) return `${name}.${pairs.map(member).join(' ')}`;
  return pairs.length === 0 ? `${name}{}` : `${name}{ ${pairs.map(member).join(' ')} }`;
}

function shape(node: Node): string {
  switch (node.kind) {
    case 'map':
      return `object(${node.pairs.map(member).join(', ')})`;
    case 'list':
      return `[${node.items.map(({ value }) => shape(value)).join(', ')}]`;
    case 'alias':
      return `*${node.name}`;
    case 'scalar':
      return scalar(node);
  }
}

function scalar({ style, value }: ScalarNode): string {
  if (style === 'expression') return `(${value})`;
  return style === 'double' ? `text ${JSON.stringify(value)}` : value;
}
