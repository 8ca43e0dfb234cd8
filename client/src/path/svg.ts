/** A drawn graph as SVG. Text of documents is escaped. */
import type { DrawnBox, DrawnGraph, DrawnLink, FocusPart } from './drawn-boxes.ts';
import type { PathState, DocumentRange } from './graph.ts';
import { neighborsOf, type Direction } from './keyboard.ts';
import { layoutOf, type PlacedBox, type Point, type Route } from './layout.ts';

/** The target of a link to a place. */
export type HrefOf = (place: DocumentRange) => string;

/** The font size of the page in units of the drawing. */
const EM = 13;

/** How much smaller than the text of the page a drawing gets in a narrow pane, before it is scrolled. */
const LEAST = 0.85;

const ARROW = { length: 9, half: 4.5 } as const;

/** The drawing of a graph. `label` is its text for screen readers; `hrefOf` gives the links of boxes. */
export function svgOf(graph: DrawnGraph, label: string, hrefOf: HrefOf): string {
  const { width, height, boxes, rows, routes } = layoutOf(graph.boxes, graph.links);
  const neighbors = neighborsOf(graph, rows);
  const size = `width: min(100%, ${em(width)}); min-width: ${em(width * LEAST)}`;
  return `<svg role="group" aria-label="${escapedMarkup(label)}" viewBox="0 0 ${width} ${height}" style="${size}">
<g aria-hidden="true">
${routes.map(linkSvg).join('\n')}
</g>
${graph.boxes.map((box) => boxSvg(box, boxes.get(box.id)!, (part) => neighbors.get(part) ?? {}, hrefOf)).join('\n')}
</svg>`;
}

/** A sample of the line for a state. */
export function sampleSvg(state: PathState): string {
  return `<svg class="sample" viewBox="0 0 36 10" aria-hidden="true"><path class="link ${state}" d="M0 5H36"/></svg>`;
}

/** Text for HTML and XML, also in attributes with either kind of quotes. */
export function escapedMarkup(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function em(units: number): string {
  return `${Math.round((units / EM) * 100) / 100}em`;
}

function linkSvg({ link: { state, isLast }, points }: Route<DrawnLink>): string {
  const [first, ...others] = points;
  const isUp = points.at(-1)!.y < first!.y;
  const parts = others.map((point, index) => {
    const before = points[index]!;
    if (before.x === point.x) return before.y === point.y ? '' : `V${point.y}`;
    const middle = (before.y + point.y) / 2;
    return `C${before.x} ${middle} ${point.x} ${middle} ${point.x} ${point.y}`;
  });
  const line = `<path class="link ${state}" d="M${first!.x} ${first!.y}${parts.join('')}"/>`;
  return isLast ? `${line}${arrowhead(points.at(-1)!, isUp, state)}` : line;
}

function arrowhead({ x, y }: Point, isUp: boolean, state: PathState): string {
  const back = isUp ? y + ARROW.length : y - ARROW.length;
  return `<path class="arrow ${state}" d="M${x} ${y}L${x - ARROW.half} ${back}H${x + ARROW.half}Z"/>`;
}

type Neighbors = (part: string) => Readonly<Partial<Record<Direction, string>>>;

function boxSvg(box: DrawnBox, { x, y, width, height }: PlacedBox, neighbors: Neighbors, hrefOf: HrefOf): string {
  const radius = box.what === 'outside' ? height / 2 : 4;
  return `<g class="${box.what}" transform="translate(${x} ${y})">
<rect class="box ${box.state}" width="${width}" height="${height}" rx="${radius}"/>${(box.heading ?? []).map(({ text, y: at, what }) => `<text class="${what}" x="${width / 2}" y="${at}">${escapedMarkup(text)}</text>`).join('')}
${box.parts.map((part) => partSvg(part, width, neighbors(part.id), hrefOf)).join('\n')}
</g>`;
}

function partSvg(
  { id, top, height, lines, state, text, place }: FocusPart,
  width: number,
  neighbors: ReturnType<Neighbors>,
  hrefOf: HrefOf,
): string {
  const data = Object.entries(neighbors).map(([direction, target]) => ` data-${direction}="${target}"`);
  const attributes = `class="part" id="${id}" aria-label="${escapedMarkup(text)}"${data.join('')}`;
  const middle = width / 2;
  const marked = lines.find(({ what }) => what === 'state');
  const written = lines.map((one) => {
    const { text: line, y, what } = one;
    const mark = one === marked ? `<tspan class="mark ${state}">${MARKS[state]}</tspan> ` : '';
    return `<text class="${what}" x="${middle}" y="${top + y}">${mark}${escapedMarkup(line)}</text>`;
  });
  const content = `<title>${escapedMarkup(text)}</title><rect class="ring" x="2" y="${top + 2}" width="${width - 4}" height="${height - 4}" rx="3"/>${written.join('')}`;
  return place
    ? `<a ${attributes} href="${escapedMarkup(hrefOf(place))}">${content}</a>`
    : `<g ${attributes} role="img" tabindex="0">${content}</g>`;
}

/** The marks of states, at most as wide as the space that boxes have for them. */
const MARKS: Readonly<Record<PathState, string>> = { open: '●', unknown: '?', closed: '✕' };
