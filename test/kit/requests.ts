/** Invariants of every request about a position of a document: hover, paths, explanation and completion. */
import type { Reader } from '../../server/src/base/snapshot.ts';
import type { Range, Span, Uri } from '../../server/src/base/span.ts';
import { finished } from '../../server/src/base/steps.ts';
import { asText } from '../../server/src/completion/write.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { analyze } from '../../server/src/engine/analyze.ts';
import { completeAt } from '../../server/src/engine/complete.ts';
import { explainAt } from '../../server/src/engine/explain.ts';
import { stacksOf } from '../../server/src/engine/analyzed-stacks.ts';
import { inspect } from '../../server/src/engine/inspect.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { pathsAt } from '../../server/src/engine/paths-at.ts';
import { collect } from '../../server/src/engine/run.ts';
import { hoverAt } from '../../server/src/hover/responsibility/hover.ts';
import type { PathGraph } from '../../server/src/reachability/path-graph.ts';
import { internalsIn } from './internals-in.ts';

/**
 * How often the time is asked for in one request: some hundred thousand steps, which no document of a few pages needs.
 */
const MOST_STEPS = 2000;

/** Asks for everything that can be known at some offsets, and tells what does not hold, a sentence each. */
export function examineRequests(
  reader: Reader,
  doc: Uri,
  offsets: readonly number[],
  options: AnalysisOptions,
): readonly string[] {
  const answer = reader.file(doc);
  if (answer.kind !== 'text') return [];
  const { text } = answer;
  const broken: string[] = [];
  const cache = new ParseCache();
  const within = ({ start, end }: Range): boolean => start >= 0 && start <= end && end <= text.length;
  const ask = <T>(
    what: string,
    offset: number,
    request: (limited: AnalysisOptions & { readonly expired: () => boolean }) => T,
    holds: (answer: T) => string | undefined,
  ): void => {
    let steps = 0;
    try {
      const given = request({ ...options, expired: () => ++steps > MOST_STEPS });
      const words =
        steps > MOST_STEPS
          ? 'takes more steps than it may'
          : (holds(given) ?? internalsIn(JSON.stringify(given) ?? '', text));
      if (words !== undefined) broken.push(`${what} at ${offset} ${words}`);
    } catch (error) {
      broken.push(`${what} at ${offset} threw: ${(error as Error).stack ?? String(error)}`);
    }
  };
  for (const offset of offsets) {
    ask(
      'the explanation',
      offset,
      (limited) => explainAt(collect(reader, [doc], limited, cache), doc, offset, limited, cache),
      (found) => (found && found.at.doc === doc && !within(found.at) ? 'is about no range of the text' : undefined),
    );
    ask(
      'the hover',
      offset,
      (limited) => {
        const snapshot = collect(reader, [doc], limited, cache);
        const inspected = inspect(snapshot, doc, limited, cache);
        return (
          inspected &&
          hoverAt({
            ...inspected,
            offset,
            level: 'all',
            findings: () => analyze(snapshot, options, cache).documents[0]!.findings,
            today: '2026-11-24',
            data: (name) => reader.data(name),
            expired: limited.expired,
          })
        );
      },
      (card) => (card && !within(card.range) ? 'is about no range of the text' : undefined),
    );
    ask(
      'the path',
      offset,
      (limited) => {
        const stacks = stacksOf(collect(reader, [doc], limited, cache), limited, cache);
        return finished(pathsAt(() => stacks, doc, offset, { ...limited, today: '2026-11-24' }));
      },
      (graph) => graph && brokenGraph(graph, (at) => at.doc !== doc || within(at)),
    );
    ask(
      'the completion',
      offset,
      (limited) => completeAt(reader, doc, offset, limited, new ParseCache()),
      (found) => {
        const wrong = found?.items.find(
          ({ edit }) =>
            !within(edit.range) ||
            edit.range.start > offset ||
            edit.range.end < offset ||
            /[\r\n]/.test(text.slice(edit.range.start, edit.range.end)) ||
            internalsIn(asText(edit.pieces), text) !== undefined,
        );
        return wrong && `offers ${wrong.label}, whose edit is not around it`;
      },
    );
  }
  return broken;
}

/**
 * What is wrong with a graph of paths: a path that is no chain from outside to its target, or a place outside the text.
 */
function brokenGraph({ nodes, edges, paths }: PathGraph, isPlace: (at: Span) => boolean): string | undefined {
  const ids = new Set(nodes.map(({ id }) => id));
  if (!edges.every(({ from, to }) => ids.has(from) && ids.has(to) && from !== to))
    return 'has an edge without its nodes';
  const places = [...nodes.flatMap(({ at }) => at ?? []), ...edges.flatMap(({ steps }) => steps.map(({ at }) => at))];
  if (!places.every(isPlace)) return 'has a place outside the text';
  const isChain = paths.every((path) => {
    const passed = path.edges.map((id) => edges.find((edge) => edge.id === id)!);
    const stops = [path.from as string, ...passed.map(({ to }) => to)];
    return (
      passed.every(({ from }, index) => from === stops[index]) &&
      stops.at(-1) === path.to &&
      new Set(stops).size === stops.length
    );
  });
  return isChain ? undefined : 'has a path that is no chain';
}
