/** Paths as a graph of resources, for drawings and texts. It has ranges of documents, but no values and judgements. */
import { flatMap } from '../base/flat-map.ts';
import { Guard } from '../base/guard.ts';
import { inert } from '../base/inert.ts';
import type { Span } from '../base/span.ts';
import { all, any, judgement, YES, type Judgement } from '../model/judgement.ts';
import { never, sometimes } from '../model/quantified.ts';
import type { Resource } from '../model/resource.ts';
import { scenario } from '../model/scenario.ts';
import { isOpen, type AccessPath, type PathStep } from './access-path.ts';
import type { Outside } from './public-access/outside.ts';
import { OUTSIDE } from './graph-text.ts';

/** Whether traffic passes: in some scenario, in none, or it is not known. */
export type PathState = 'open' | 'closed' | 'unknown';

/** A requirement of a path. */
export interface GraphStep {
  /** A sentence without its period. */
  readonly text: string;
  readonly state: PathState;
  /** The scenario in which it is open, `when IsProd is true`; empty if it is the same in all scenarios. */
  readonly when: string;
  readonly at: Span;
}

export interface GraphNode {
  readonly id: string;
  readonly label: string;
  /** The type of the resource in the document's format; empty for what is outside. */
  readonly detail: string;
  readonly role: 'outside' | 'between' | 'target';
  /** Whether traffic from outside gets there. */
  readonly state: PathState;
  /** As that of a step. */
  readonly when: string;
  /** The name of the resource; absent for what is outside. */
  readonly at?: Span;
}

/** How traffic gets from one node to the next. */
export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly state: PathState;
  readonly steps: readonly GraphStep[];
}

export interface GraphPath {
  readonly from: Outside;
  /** The identifier of the target. */
  readonly to: string;
  readonly traffic: string;
  readonly state: PathState;
  /** As that of a step. */
  readonly when: string;
  /** The identifiers of its edges, in order. */
  readonly edges: readonly string[];
  /** What callers still need, each as a noun phrase. */
  readonly limits: readonly string[];
  /** The missing information about whether it is open, each as the end of a sentence. */
  readonly missing: readonly string[];
}

export interface PathGraph {
  /** The resource whose paths are shown. */
  readonly subject: { readonly label: string; readonly detail: string };
  /** Whether the paths lead to the resource, or pass it on the way to others. */
  readonly leads: 'to' | 'through';
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Open paths come first, then unknown ones. */
  readonly paths: readonly GraphPath[];
  /** The missing information about whether there are other paths, each as the end of a sentence. */
  readonly missing: readonly string[];
  /** Set if there are more paths, or the time limit was exceeded. */
  readonly incomplete?: true;
}

/** The maximum number of paths of a graph. */
const MOST_PATHS = 64;

const ORDER: readonly PathState[] = ['open', 'unknown', 'closed'];

/** The graph of some paths. */
export function pathGraph(
  subject: Resource,
  paths: readonly AccessPath[],
  {
    missing = [],
    leads = 'to',
    incomplete = false,
  }: Partial<Pick<PathGraph, 'missing' | 'leads'>> & { readonly incomplete?: boolean } = {},
): PathGraph {
  const drawn = new Drawn(new Set(paths.map(({ to }) => keyOf(to))));
  const ordered = paths
    .map((path) => ({ path, state: stateOf(reaches(path)) }))
    .sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
  for (const { path } of ordered.slice(0, MOST_PATHS)) drawn.add(path);
  if (paths.length === 0) drawn.node(subject);
  return {
    subject: { label: inert(subject.displayName), detail: inert(subject.nativeType) },
    leads,
    nodes: drawn.nodes(),
    edges: drawn.edges(),
    paths: drawn.paths(),
    missing: missing.map(inert),
    ...(incomplete || ordered.length > MOST_PATHS ? { incomplete: true as const } : {}),
  };
}

/** The state of a link: open if it exists in a scenario, closed if in none, otherwise unknown. */
export function stateOf(truth: Judgement): PathState {
  if (sometimes(truth)) return 'open';
  return never(truth) ? 'closed' : 'unknown';
}

/** Whether a path is open and its target exists. */
function reaches(path: AccessPath): Judgement {
  return all(isOpen(path), judgement(path.to.when));
}

/** The nodes, edges and paths that were added, each once. */
class Drawn {
  /** The keys of the targets. */
  readonly #targets: ReadonlySet<string>;
  /** The identifiers of nodes by their keys. */
  readonly #ids = new Map<string, string>();
  readonly #nodes = new Map<string, { readonly of: Resource | Outside; readonly reached: Judgement[] }>();
  readonly #edges = new Map<string, GraphEdge>();
  readonly #paths = new Map<string, GraphPath>();

  constructor(targets: ReadonlySet<string>) {
    this.#targets = targets;
  }

  /** The identifier of a node. */
  node(of: Resource | Outside): string {
    const key = typeof of === 'string' ? of : keyOf(of);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = typeof of === 'string' ? of : `n${this.#ids.size}`;
    this.#ids.set(key, id);
    this.#nodes.set(id, { of, reached: typeof of === 'string' ? [YES] : [] });
    return id;
  }

  add(path: AccessPath): void {
    let from = this.node(path.from);
    let way: readonly PathStep[] = [];
    const edges: string[] = [];
    for (const { resource, steps } of stagesOf(path)) {
      way = [...way, ...steps];
      const to = this.node(resource);
      this.#nodes.get(to)!.reached.push(all(...way.map(({ open }) => open)));
      edges.push(this.#edge(from, to, steps));
      from = to;
    }
    const open = reaches(path);
    const state = stateOf(open);
    const shownPath: GraphPath = {
      from: path.from,
      to: from,
      traffic: inert(path.traffic),
      state,
      when: whenOpen(open),
      edges,
      limits: path.limits.map(inert),
      missing: state === 'unknown' ? missingOf(path) : [],
    };
    this.#paths.set(JSON.stringify(shownPath), shownPath);
  }

  nodes(): readonly GraphNode[] {
    return [...this.#nodes].map(([id, { of, reached }]) => {
      const open = any(...reached);
      const base = { id, state: stateOf(open), when: whenOpen(open) };
      if (typeof of === 'string') return { ...base, label: OUTSIDE[of], detail: '', role: 'outside' };
      const isTarget = this.#targets.has(keyOf(of)) || this.#targets.size === 0;
      return {
        ...base,
        label: inert(of.displayName),
        detail: inert(of.nativeType),
        role: isTarget ? 'target' : 'between',
        at: placeOf(of),
      };
    });
  }

  edges(): readonly GraphEdge[] {
    return [...this.#edges.values()];
  }

  paths(): readonly GraphPath[] {
    return [...this.#paths.values()];
  }

  #edge(from: string, to: string, steps: readonly PathStep[]): string {
    const shownSteps = steps.map((step) => ({
      text: inert(step.text),
      state: stateOf(step.open),
      when: whenOpen(step.open),
      at: step.at.origin.use,
    }));
    const key = JSON.stringify([from, to, shownSteps.map(({ text, state, when }) => [text, state, when])]);
    const known = this.#edges.get(key);
    if (known) return known.id;
    const edge = {
      id: `e${this.#edges.size}`,
      from,
      to,
      state: stateOf(all(...steps.map(({ open }) => open))),
      steps: shownSteps,
    };
    this.#edges.set(key, edge);
    return edge.id;
  }
}

/**
 * The resources of a path in order, each with all steps about it. A resource that has steps at several points of the
 * path is where the last one is, and the target at the end, so that no path passes a resource twice.
 */
function stagesOf({ steps, to }: AccessPath): readonly { readonly resource: Resource; readonly steps: PathStep[] }[] {
  const stages = new Map<string, { readonly resource: Resource; readonly steps: PathStep[] }>();
  const moved = (resource: Resource, more: readonly PathStep[]): void => {
    const key = keyOf(resource);
    const before = stages.get(key)?.steps ?? [];
    stages.delete(key);
    stages.set(key, { resource, steps: [...before, ...more] });
  };
  for (const step of steps) moved(step.resource, [step]);
  moved(to, []);
  return [...stages.values()];
}

/** The same for resources that readers cannot distinguish: those that a transform makes of one. */
function keyOf(resource: Resource): string {
  const { doc, start } = placeOf(resource);
  return JSON.stringify([resource.displayName, resource.nativeType, doc, start]);
}

function placeOf({ parts, self }: Resource): Span {
  return parts[0]?.nameAt ?? self.origin.use;
}

/** The scenario in which something is open; empty if it is always, never, or not known. */
function whenOpen({ yes }: Judgement): string {
  return scenario(yes.describe());
}

/**
 * The missing information about whether a path is open: that of the unknown steps, or of those with unknown scenarios.
 */
function missingOf({ steps }: AccessPath): readonly string[] {
  const unknown = steps.filter(({ open }) => stateOf(open) === 'unknown');
  const some = unknown.length > 0 ? unknown : steps.filter(({ open: { yes, no } }) => !Guard.always.coveredBy(yes, no));
  return [...new Set(flatMap(some, ({ missing }) => (missing === undefined ? [] : [inert(missing)])))];
}
