/** The HTML page of the paths to a resource: a drawing, and the paths as a list. */
import { l10n } from '../l10n.ts';
import { pageHtml } from '../value-page.ts';
import { drawnGraph, stateText, type DrawnGraph } from './drawn-boxes.ts';
import type { Path, PathGraph, PathState, GraphStep } from './graph.ts';
import { escapedMarkup, sampleSvg, svgOf, type HrefOf } from './svg.ts';

export { translateWith } from '../l10n.ts';

/** The maximum number of boxes of a drawing. */
const MOST_BOXES = 200;

/** The states with the words of the legend. */
const STATES: readonly PathState[] = ['open', 'unknown', 'closed'];

/**
 * The page of a graph. Everything of the document is escaped.
 * @param hrefOf The link to a place.
 * @param nonce Allows the only script, which moves the focus with the arrow keys.
 */
export function pathPage(graph: PathGraph, hrefOf: HrefOf, nonce: string): string {
  const { subject, leads, paths, missing, incomplete } = graph;
  const heading = leads === 'to' ? l10n.t('Paths to {0}', subject.label) : l10n.t('Paths through {0}', subject.label);
  const body = [
    `<h1>${escapedMarkup(heading)}</h1>`,
    `<p>${escapedMarkup(subject.detail)}</p>`,
    paths.length > 0
      ? `${drawing(drawnGraph(graph), heading, hrefOf)}\n${pathList(graph, hrefOf)}`
      : `<p>${escapedMarkup(l10n.t('No known path from the internet or other AWS accounts leads to {0}.', subject.label))}</p>
<p>${escapedMarkup(l10n.t('Only the resources and policies of these documents are known.'))}</p>`,
    ...(missing.length > 0
      ? [`<h2>${escapedMarkup(l10n.t('Not known'))}</h2>`, list('ul', missing.map(escapedMarkup))]
      : []),
    ...(incomplete
      ? [`<p>${escapedMarkup(l10n.t('Incomplete: there are more paths, or evaluation exceeded the time limit.'))}</p>`]
      : []),
  ];
  return pageHtml(body.join('\n'), l10n.t('Path'), { style: STYLE, script: { text: SCRIPT, nonce } });
}

function drawing(drawn: DrawnGraph, heading: string, hrefOf: HrefOf): string {
  if (drawn.boxes.length > MOST_BOXES)
    return `<p>${escapedMarkup(l10n.t('Too many resources to draw ({0} boxes; the maximum is {1}). The list has all paths.', drawn.boxes.length, MOST_BOXES))}</p>`;
  const label = l10n.t(
    '{0}. Press Tab for the next step and Enter to open its place. The arrow keys follow a path.',
    heading,
  );
  const words = { open: l10n.t('open'), unknown: l10n.t('unknown'), closed: l10n.t('closed') };
  const legend = STATES.map((state) => `<span>${sampleSvg(state)} ${escapedMarkup(words[state])}</span>`).join(' ');
  return `<div class="drawing">${svgOf(drawn, label, hrefOf)}</div>
<p class="legend">${legend}</p>`;
}

function pathList(graph: PathGraph, hrefOf: HrefOf): string {
  return `<h2>${escapedMarkup(l10n.t('Paths'))}</h2>
${list(
  'ol',
  graph.paths.map((path) => pathItem(graph, path, hrefOf)),
)}`;
}

function pathItem({ nodes, edges, leads }: PathGraph, path: Path, hrefOf: HrefOf): string {
  const nameOf = (id: string): string => nodes.find((node) => node.id === id)?.label ?? '';
  const outside = nameOf(path.from);
  const ends = leads === 'to' ? outside : l10n.t('{0} to {1}', outside, nameOf(path.to));
  const steps = path.edges.flatMap((id) => edges.find((edge) => edge.id === id)?.steps ?? []);
  const notes = [
    ...(path.limits.length > 0 ? [l10n.t('Requires {0}.', path.limits.join(', '))] : []),
    ...(path.missing.length > 0 ? [l10n.t('Not known: {0}.', path.missing.join('; '))] : []),
  ];
  return `<strong>${escapedMarkup(`${ends}, ${path.traffic}`)}</strong>: ${escapedMarkup(stateText(path))}
${list(
  'ul',
  steps.map((step) => stepItem(step, hrefOf)),
)}${notes.map((note) => `<p>${escapedMarkup(note)}</p>`).join('\n')}`;
}

function stepItem(step: GraphStep, hrefOf: HrefOf): string {
  const link = `<a href="${escapedMarkup(hrefOf(step.place))}">${escapedMarkup(l10n.t('line {0}', step.place.range.start.line + 1))}</a>`;
  return `${escapedMarkup(step.text)}: ${escapedMarkup(stateText(step))} (${link})`;
}

/** Items are HTML. */
function list(tag: 'ol' | 'ul', items: readonly string[]): string {
  return `<${tag}>\n${items.map((item) => `<li>${item}</li>`).join('\n')}\n</${tag}>`;
}

/**
 * A state has a color, a kind of line and a word. Colors are those of the theme, also with high contrast. Nothing
 * moves, so that reduced motion needs no other style.
 */
const STYLE = `
.drawing { overflow-x: auto; font-size: 1em; }
.drawing > svg { display: block; height: auto; font-family: var(--vscode-font-family, sans-serif); }
.drawing text { fill: var(--vscode-foreground, currentColor); text-anchor: middle; }
.open { --state: var(--vscode-charts-red, #d33); }
.unknown { --state: var(--vscode-charts-yellow, #a80); }
.closed { --state: var(--vscode-charts-green, #383); }
.name { font-size: 13px; font-weight: 600; }
.requirement { font-size: 12px; }
.type, .state { font-size: 11px; }
.mark { fill: var(--state); font-weight: 700; }
.box { fill: var(--vscode-editorWidget-background, transparent); stroke: var(--state); stroke-width: 1.5; }
.target .box { stroke-width: 3; }
.outside .box { stroke: var(--vscode-foreground, currentColor); }
.requirements .box { fill: var(--vscode-editor-background, transparent); stroke: none; }
.link { fill: none; stroke: var(--state); stroke-width: 2; }
.arrow { fill: var(--state); }
.box.unknown, .link.unknown { stroke-dasharray: 7 4; }
.box.closed, .link.closed { stroke-dasharray: 2 4; }
.ring { fill: transparent; stroke: none; }
.part { outline: none; text-decoration: none; }
a.part:hover .name, a.part:hover .requirement { text-decoration: underline; }
.part:focus .ring { stroke: var(--vscode-focusBorder, #08f); stroke-width: 2.5; }
.legend span { margin-right: 1.5em; white-space: nowrap; }
.sample { width: 36px; height: 10px; }
`;

/** Moves the focus with the arrow keys. It reads identifiers that are ours, and nothing of documents. */
const SCRIPT = `
document.addEventListener('keydown', (event) => {
  const part = event.target instanceof Element && event.target.closest('.part');
  const target = part && event.key.startsWith('Arrow') && part.dataset[event.key.slice(5).toLowerCase()];
  if (!target) return;
  event.preventDefault();
  document.getElementById(target).focus();
});
`;
