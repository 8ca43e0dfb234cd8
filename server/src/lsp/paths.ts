import type { TextDocumentPositionParams } from 'vscode-languageserver';
import type { GraphEdge, GraphNode, GraphPath, GraphStep, PathGraph } from '../reachability/path-graph.ts';
import { graphText } from '../reachability/graph-text.ts';
import { analyzedAt } from './analyzed-at.ts';
import { answer } from './answer.ts';
import { linksOf } from './links.ts';
import { clientLocations, type ClientLocation } from './places.ts';
import { positionRequest } from './position-request.ts';
import type { Session } from './session.ts';
import { offsetBefore } from '../base/shift.ts';

/** The request for the paths from outside to a resource. */
export const PATHS = 'stackwarden/paths';

type Step = Omit<GraphStep, 'at'> & { readonly place: ClientLocation };

/** The graph with places instead of ranges. */
interface Paths extends Omit<PathGraph, 'nodes' | 'edges'> {
  readonly nodes: readonly (Omit<GraphNode, 'at'> & { readonly place?: ClientLocation })[];
  readonly edges: readonly (Omit<GraphEdge, 'steps'> & { readonly steps: readonly Step[] })[];
  readonly paths: readonly GraphPath[];
  /** The same as plain text. */
  readonly text: string;
}

/**
 * Answers `stackwarden/paths` with the paths from the internet and other accounts to the resource at a position, as a
 * graph; null if there is no resource.
 */
export function paths(session: Session): void {
  const { connection, log } = session;
  connection.onRequest(PATHS, (params: TextDocumentPositionParams, token) =>
    answer(log, token, PATHS, null, async (): Promise<Paths | null> => {
      const request = await positionRequest(session, params, token);
      if (!request) return null;
      const { doc, open, offset, engine, reader } = request;
      const { stacks, shift } = await analyzedAt(session, engine, open, offset, token);
      const graph = await engine.paths(
        reader,
        { doc, offset: offsetBefore(shift, offset) ?? offset, ...(stacks ? { stacks } : {}) },
        request.limited(),
        request.pause,
      );
      if (!graph) return null;
      const placeOf = clientLocations(session, reader, doc, shift);
      const links = linksOf(session, reader, doc, shift);
      return {
        ...graph,
        nodes: graph.nodes.map(({ at, ...node }) => ({ ...node, ...(at ? { place: placeOf(at) } : {}) })),
        edges: graph.edges.map(({ steps, ...edge }) => ({
          ...edge,
          steps: steps.map(({ at, ...step }) => ({ ...step, place: placeOf(at) })),
        })),
        text: graphText(graph, (at) => links.place(at).text),
      };
    }),
  );
}
