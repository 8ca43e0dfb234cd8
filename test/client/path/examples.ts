/** Graphs for tests of drawings. */
import type { Path, PathEdge, PathGraph, PathNode, PathState, DocumentRange } from '../../../client/src/path/graph.ts';

export const PLACE: DocumentRange = {
  uri: 'file:///w/a.yaml',
  range: { start: { line: 4, character: 2 }, end: { line: 4, character: 9 } },
};

export function node(id: string, role: PathNode['role'] = 'between', state: PathState = 'open'): PathNode {
  return role === 'outside'
    ? { id, label: id, detail: '', role, state: 'open', when: '' }
    : { id, label: id, detail: `AWS::Toy::${id}`, role, state, when: '', place: PLACE };
}

/** An edge with a requirement for each text. */
export function edge(from: string, to: string, texts: readonly string[], state: PathState = 'open'): PathEdge {
  const steps = texts.map((text) => ({ text, state, when: '', place: PLACE }));
  return { id: `${from} ${to} ${texts.join()}`, from, to, state, steps };
}

export function path(edges: readonly PathEdge[], options: Partial<Path> = {}): Path {
  return {
    from: edges[0]!.from,
    to: edges.at(-1)!.to,
    traffic: 'TCP port 22',
    state: 'open',
    when: '',
    edges: edges.map(({ id }) => id),
    limits: [],
    missing: [],
    ...options,
  };
}

export function graphOf(nodes: readonly PathNode[], paths: readonly (readonly PathEdge[])[]): PathGraph {
  const edges = new Map(paths.flat().map((one) => [one.id, one]));
  return {
    subject: { label: nodes.at(-1)!.label, detail: nodes.at(-1)!.detail },
    leads: 'to',
    nodes,
    edges: [...edges.values()],
    paths: paths.map((edges) => path(edges)),
    missing: [],
  };
}

/** Two subnets, one group with two ports, and an instance. */
export const WEB: PathGraph = graphOf(
  [
    node('internet', 'outside'),
    node('Gateway'),
    node('SubnetA'),
    node('SubnetB', 'between', 'unknown'),
    node('WebGroup'),
    node('Web', 'target'),
  ],
  ['22', '443'].flatMap((port) =>
    (['SubnetA', 'SubnetB'] as const).map((subnet) => {
      const state = subnet === 'SubnetA' ? 'open' : 'unknown';
      return [
        edge('internet', 'Gateway', [`${subnet} routes 0.0.0.0/0 to Gateway`], state),
        edge('Gateway', subnet, [`Web is in the subnet ${subnet}`]),
        edge(subnet, 'WebGroup', [`WebGroup allows TCP port ${port} from 0.0.0.0/0`]),
        edge('WebGroup', 'Web', ['Web has a public IP address (MapPublicIpOnLaunch is true)']),
      ];
    }),
  ),
);
