/** The boxes of a drawn graph with their lines of text: one for each node, and one for each way to get into a node. */
import { l10n } from '../l10n.ts';
import type { PathEdge, PathGraph, PathNode, PathState, PathStep, Place } from './graph.ts';
import type { Box } from './layout.ts';
import type { Link } from './layers.ts';
import { linesOf, widthOf } from './text-lines.ts';

/** A line of text. `y` is its baseline below the top of its part. */
export interface TextLine {
  readonly text: string;
  readonly y: number;
  readonly what: 'name' | 'type' | 'requirement' | 'state';
}

/** A part of a box that can have the focus: a node, or a requirement. */
export interface Part {
  readonly id: string;
  /** Below the top of the box. */
  readonly top: number;
  readonly height: number;
  readonly lines: readonly TextLine[];
  readonly state: PathState;
  /** All of its text, for screen readers and tooltips. */
  readonly text: string;
  readonly place?: Place;
}

export interface DrawnBox extends Box {
  readonly what: PathNode['role'] | 'requirements';
  readonly state: PathState;
  readonly parts: readonly Part[];
}

export interface DrawnLink extends Link {
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
export function stateText({ state, when }: Pick<PathStep, 'state' | 'when'>): string {
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
  for (const { from, to, state, steps } of paths.flatMap((path) => path.edges.flatMap((id) => byId.get(id) ?? []))) {
    const upper = node(from);
    if (steps.length === 0) {
      link(upper, node(to), state, true);
      continue;
    }
    const said = JSON.stringify([to, steps.map((step) => [step.text, step.state, step.when])]);
    const label = labels.get(said) ?? `step-${labels.size}`;
    if (!labels.has(said)) {
      labels.set(said, label);
      boxes.set(label, requirementsBox(label, { state, steps }));
    }
    link(upper, label, state, false);
    link(label, node(to), state, true);
  }
  for (const { id } of nodes) node(id);
  return { boxes: [...boxes.values()], links: [...links.values()] };
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

function requirementsBox(id: string, { state, steps }: Pick<PathEdge, 'state' | 'steps'>): DrawnBox {
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
  return { ...boxOf(id, 'requirements', state, parts), isLabel: true };
}

/** Texts below each other. */
function stacked(texts: readonly (readonly [TextLine['what'], string])[]): Pick<Part, 'lines' | 'height'> {
  const lines: TextLine[] = [];
  let bottom = PADDING / 2;
  for (const [what, text] of texts)
    for (const line of text === '' ? [] : linesOf(text, TEXT_WIDTH, SIZES[what], MOST_LINES[what])) {
      lines.push({ text: line, what, y: Math.round(bottom + SIZES[what]) });
      bottom += SIZES[what] * LINE;
    }
  return { lines, height: Math.ceil(bottom + PADDING / 2) };
}

function boxOf(id: string, what: DrawnBox['what'], state: PathState, parts: readonly Omit<Part, 'top'>[]): DrawnBox {
  let height = 0;
  const placed = parts.map((part, index) => {
    const top = index === 0 ? 0 : height + PART_GAP;
    height = top + part.height;
    return { ...part, top };
  });
  const widest = Math.max(
    ...parts.flatMap(({ lines }) => lines.map(({ text, what: size }) => widthOf(text, SIZES[size]))),
  );
  return { id, what, state, parts: placed, height, width: Math.ceil(widest) + 2 * PADDING + MARK };
}
