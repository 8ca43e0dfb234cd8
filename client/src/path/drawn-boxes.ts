/** The boxes of a drawn graph with their lines of text: one for each node, and one for each way to get into a node. */
import { l10n } from '../l10n.ts';
import type { PathEdge, PathGraph, PathNode, PathState, GraphStep, DocumentRange } from './graph.ts';
import type { Box } from './layout.ts';
import type { LayerLink } from './layers.ts';
import { linesOf, textWidth } from './text-lines.ts';

/** A line of text. `y` is its baseline below the top of its part. */
export interface TextLine {
  readonly text: string;
  readonly y: number;
  readonly what: 'name' | 'type' | 'requirement' | 'state';
}

/** A part of a box that can have the focus: a node, or a requirement. */
export interface FocusPart {
  readonly id: string;
  /** Below the top of the box. */
  readonly top: number;
  readonly height: number;
  readonly lines: readonly TextLine[];
  readonly state: PathState;
  /** All of its text, for screen readers and tooltips. */
  readonly text: string;
  readonly place?: DocumentRange;
}

export interface DrawnBox extends Box {
  readonly what: PathNode['role'] | 'requirements';
  readonly state: PathState;
  readonly parts: readonly FocusPart[];
  /** Text above the parts. */
  readonly heading?: readonly TextLine[];
}

export interface DrawnLink extends LayerLink {
  readonly state: PathState;
  /** Whether it ends at a node, with an arrowhead. */
  readonly isLast: boolean;
}

export interface DrawnGraph {
  /** In the order of the paths. */
  readonly boxes: readonly DrawnBox[];
  readonly links: readonly DrawnLink[];
}

/** Sizes of fonts and distances, where 13 is the font size of the page. */
const SIZES = { name: 13, type: 11, requirement: 12, state: 11 } as const;
const LINE = 1.35;
const MOST_LINES = { name: 3, type: 2, requirement: 6, state: 3 } as const;
const TEXT_WIDTH = 190;
const PADDING = 10;
const PART_GAP = 4;
/** The space for the mark of a state. */
const MARK = 16;

/** The words for whether traffic passes a requirement. */
export function stateText({ state, when }: Pick<GraphStep, 'state' | 'when'>): string {
  const words = { open: l10n.t('open'), closed: l10n.t('closed'), unknown: l10n.t('unknown') };
  return when === '' ? words[state] : `${words[state]} ${when}`;
}

/** The words for whether traffic from outside gets to a node. */
export function reachedText({ role, state, when }: Pick<PathNode, 'role' | 'state' | 'when'>): string {
  if (role === 'outside') return '';
  const words = { open: l10n.t('reached'), closed: l10n.t('not reached'), unknown: l10n.t('unknown if reached') };
  return when === '' ? words[state] : `${words[state]} ${when}`;
}

/** The boxes and links of a graph. Edges into one node with the same requirements share a box. */
export function drawnGraph({ nodes, edges, paths }: PathGraph): DrawnGraph {
  const boxes = new Map<string, DrawnBox>();
  const links = new Map<string, DrawnLink>();
  const link = (from: string, to: string, state: PathState, isLast: boolean): void => {
    const key = JSON.stringify([from, to]);
    if (from !== to && !links.has(key)) links.set(key, { from, to, state, isLast });
  };
  const node = (id: string): string => {
    const index = nodes.findIndex((one) => one.id === id);
    const key = `node-${index}`;
    if (!boxes.has(key)) boxes.set(key, nodeBox(key, nodes[index]!));
    return key;
  };
  const byId = new Map(edges.map((edge) => [edge.id, edge]));
  const labels = new Map<string, string>();
  const drawnEdges = paths.flatMap((path) => path.edges.flatMap((id) => byId.get(id) ?? []));
  for (const way of waysOf(drawnEdges)) {
    const { from, to, state, steps } = way;
    const upper = node(from);
    if (steps.length === 0) {
      link(upper, node(to), state, true);
      continue;
    }
    const key = JSON.stringify([to, way.isAny, steps.map((step) => [step.text, step.state, step.when])]);
    const label = labels.get(key) ?? `step-${labels.size}`;
    if (!labels.has(key)) {
      labels.set(key, label);
      boxes.set(label, requirementsBox(label, way));
    }
    link(upper, label, state, false);
    link(label, node(to), state, true);
  }
  for (const { id } of nodes) node(id);
  return { boxes: [...boxes.values()], links: [...links.values()] };
}

/** A way from a node to the next one: an edge, or several of which one is sufficient. */
interface Way extends Omit<PathEdge, 'id'> {
  /** Whether one of the steps is sufficient. */
  readonly isAny: boolean;
}

/**
 * The maximum number of edges between two nodes that are drawn beside each other. More would make a drawing too wide.
 */
const MOST_BESIDE = 3;

const BEST: readonly PathState[] = ['open', 'unknown', 'closed'];

/** The ways between nodes. Where there are many with one requirement each, they are one way with all of these. */
function waysOf(edges: readonly PathEdge[]): readonly Way[] {
  const all = [...new Set(edges)];
  const keyOf = ({ id, from, to, steps }: PathEdge): string => JSON.stringify([from, to, steps.length === 1 ? '' : id]);
  const groups = new Map<string, PathEdge[]>();
  for (const edge of all) groups.set(keyOf(edge), [...(groups.get(keyOf(edge)) ?? []), edge]);
  return all.flatMap((edge): readonly Way[] => {
    const group = groups.get(keyOf(edge))!;
    if (group.length <= MOST_BESIDE) return [{ ...edge, isAny: false }];
    if (edge !== group[0]) return [];
    const state = BEST.find((one) => group.some((other) => other.state === one))!;
    return [{ ...edge, state, steps: group.flatMap(({ steps }) => steps), isAny: true }];
  });
}

function nodeBox(id: string, { label, detail, role, state, when, place }: PathNode): DrawnBox {
  const reached = reachedText({ role, state, when });
  const lines = stacked([
    ['name', label],
    ['type', detail],
    ['state', reached],
  ]);
  const text = [label, detail, reached].filter(Boolean).join(', ');
  return boxOf(id, role, state, [{ id: `${id}-0`, state, text, ...lines, ...(place ? { place } : {}) }]);
}

function requirementsBox(id: string, { state, steps, isAny }: Pick<Way, 'state' | 'steps' | 'isAny'>): DrawnBox {
  const parts = steps.map((step, index) => ({
    id: `${id}-${index}`,
    state: step.state,
    text: `${step.text}, ${stateText(step)}`,
    place: step.place,
    ...stacked([
      ['requirement', step.text],
      ['state', stateText(step)],
    ]),
  }));
  const heading = isAny ? stacked([['type', l10n.t('One of {0}:', steps.length)]]) : undefined;
  return { ...boxOf(id, 'requirements', state, parts, heading), isLabel: true };
}

/** Texts below each other. */
function stacked(texts: readonly (readonly [TextLine['what'], string])[]): Pick<FocusPart, 'lines' | 'height'> {
  const lines: TextLine[] = [];
  let bottom = PADDING / 2;
  for (const [what, text] of texts)
    for (const line of text === '' ? [] : linesOf(text, TEXT_WIDTH, SIZES[what], MOST_LINES[what])) {
      lines.push({ text: line, what, y: Math.round(bottom + SIZES[what]) });
      bottom += SIZES[what] * LINE;
    }
  return { lines, height: Math.ceil(bottom + PADDING / 2) };
}

function boxOf(
  id: string,
  what: DrawnBox['what'],
  state: PathState,
  parts: readonly Omit<FocusPart, 'top'>[],
  heading?: Pick<FocusPart, 'lines' | 'height'>,
): DrawnBox {
  let height = heading?.height ?? 0;
  const placed = parts.map((part, index) => {
    const top = index === 0 ? height : height + PART_GAP;
    height = top + part.height;
    return { ...part, top };
  });
  const widest = Math.max(
    ...parts.flatMap(({ lines }) => lines.map(({ text, what: size }) => textWidth(text, SIZES[size]))),
  );
  const width = Math.ceil(widest) + 2 * PADDING + MARK;
  return { id, what, state, parts: placed, height, width, ...(heading ? { heading: heading.lines } : {}) };
}
