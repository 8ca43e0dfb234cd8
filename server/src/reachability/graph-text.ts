/** A graph of paths as plain text. */
import { flatMap } from '../base/flat-map.ts';
import type { Span } from '../base/span.ts';
import type { Outside } from './public-access/outside.ts';
import type { GraphEdge, GraphPath, GraphStep, PathGraph } from './path-graph.ts';

/** The names of what is outside. */
export const OUTSIDE: Readonly<Record<Outside, string>> = {
  internet: 'Internet',
  'other-accounts': 'Other AWS accounts',
};

/** The text for a place: `line 12`. */
export type PlaceText = (at: Span) => string;

/** The paths as text, one line for each requirement. */
export function graphText(graph: PathGraph, placeText: PlaceText = () => ''): string {
  const { subject, leads, paths, missing, incomplete } = graph;
  const name = `${subject.label} (${subject.detail})`;
  const lines = [
    paths.length > 0
      ? `Paths ${leads} ${name}`
      : `No known path from the internet or other AWS accounts leads to ${name}.`,
    ...flatMap(paths, (path, index) => pathLines(graph, path, index + 1, placeText)),
    ...(missing.length > 0 ? ['Not known:', ...missing.map((what) => `- ${what}`)] : []),
    ...(incomplete ? [INCOMPLETE] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** The note on a graph that lacks paths. */
const INCOMPLETE = 'Incomplete: there are more paths, or evaluation exceeded the time limit.';

function pathLines(graph: PathGraph, path: GraphPath, number: number, placeText: PlaceText): readonly string[] {
  const indent = ' '.repeat(String(number).length + 2);
  const steps = flatMap(path.edges, (id) => edgeOf(graph, id)?.steps ?? []);
  const to = graph.leads === 'through' ? ` to ${graph.nodes.find(({ id }) => id === path.to)?.label ?? ''}` : '';
  return [
    `${number}. ${OUTSIDE[path.from]}${to}, ${path.traffic}: ${withScenario(path)}`,
    ...steps.map(
      (step) => `${indent}- ${step.text} [${[withScenario(step), placeText(step.at)].filter(Boolean).join(', ')}]`,
    ),
    ...(path.limits.length > 0 ? [`${indent}Requires ${path.limits.join(', ')}.`] : []),
    ...(path.missing.length > 0 ? [`${indent}Not known: ${path.missing.join('; ')}.`] : []),
  ];
}

function edgeOf({ edges }: PathGraph, id: string): GraphEdge | undefined {
  return edges.find((edge) => edge.id === id);
}

function withScenario({ state, when }: Pick<GraphStep, 'state' | 'when'>): string {
  return when === '' ? state : `${state} ${when}`;
}
