/** Layers of a directed graph: each link leads from a layer to a lower one, with the longest chain deciding. */

export interface LayerLink {
  readonly from: string;
  readonly to: string;
}

/**
 * The layer of each node, from zero on.
 * @param nodes In the order in which cycles are entered; a link back to where the cycle was entered is turned around.
 * @param lowered Nodes that are right above what they lead to, instead of right below where they come from.
 */
export function layersOf(
  nodes: readonly string[],
  links: readonly LayerLink[],
  lowered: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, number> {
  const below = withoutCycles(nodes, links);
  const order = topological(nodes, below);
  const layers = new Map<string, number>(nodes.map((node) => [node, 0]));
  for (const node of order)
    for (const next of below.get(node)!) layers.set(next, Math.max(layers.get(next)!, layers.get(node)! + 1));
  for (const node of order.toReversed()) {
    const next = below.get(node)!;
    if (lowered.has(node) && next.length > 0) layers.set(node, Math.min(...next.map((one) => layers.get(one)!)) - 1);
  }
  return layers;
}

/** The nodes below each node, with links that close a cycle turned around. */
function withoutCycles(nodes: readonly string[], links: readonly LayerLink[]): ReadonlyMap<string, readonly string[]> {
  const targets = new Map<string, string[]>(nodes.map((node) => [node, []]));
  for (const { from, to } of links) if (from !== to) targets.get(from)!.push(to);
  const below = new Map<string, string[]>(nodes.map((node) => [node, []]));
  const state = new Map<string, 'entered' | 'left'>();
  const visit = (node: string): void => {
    state.set(node, 'entered');
    for (const next of targets.get(node)!) {
      const isBack = state.get(next) === 'entered';
      below.get(isBack ? next : node)!.push(isBack ? node : next);
      if (!state.has(next)) visit(next);
    }
    state.set(node, 'left');
  };
  for (const node of nodes) if (!state.has(node)) visit(node);
  return below;
}

function topological(nodes: readonly string[], below: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (node: string): void => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const next of below.get(node)!) visit(next);
    order.push(node);
  };
  for (const node of nodes) visit(node);
  return order.reverse();
}
