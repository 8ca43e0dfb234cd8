/**
 * The strongly connected components of a graph in reverse topological order, by Tarjan's algorithm, without recursion,
 * because chains can be as long as the document. `next` returns the successors of a node; successors that are not nodes
 * of the graph are ignored.
 */
export function strongComponents<Node>(
  nodes: Iterable<Node>,
  next: (node: Node) => readonly Node[],
  isNode: (node: Node) => boolean,
): readonly (readonly Node[])[] {
  const components: Node[][] = [];
  const number = new Map<Node, number>();
  const lowest = new Map<Node, number>();
  const stack: Node[] = [];
  const onStack = new Set<Node>();
  for (const root of nodes) {
    if (number.has(root)) continue;
    const path: { readonly node: Node; readonly others: readonly Node[]; next: number }[] = [];
    const enter = (node: Node): void => {
      number.set(node, number.size);
      lowest.set(node, number.get(node)!);
      stack.push(node);
      onStack.add(node);
      path.push({ node, others: next(node), next: 0 });
    };
    enter(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { node } = top;
      if (top.next < top.others.length) {
        const other = top.others[top.next++]!;
        if (!isNode(other)) continue;
        if (!number.has(other)) enter(other);
        else if (onStack.has(other)) lowest.set(node, Math.min(lowest.get(node)!, number.get(other)!));
        continue;
      }
      path.pop();
      const above = path.at(-1)?.node;
      if (above !== undefined) lowest.set(above, Math.min(lowest.get(above)!, lowest.get(node)!));
      if (lowest.get(node) !== number.get(node)) continue;
      const component = stack.splice(stack.lastIndexOf(node));
      for (const member of component) onStack.delete(member);
      components.push(component);
    }
  }
  return components;
}
