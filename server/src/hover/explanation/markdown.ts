import type { Span } from '../../base/span.ts';
import { markdownCode, markdownText } from '../markdown-text.ts';
import { INCOMPLETE, isShown, type Explained } from './explained.ts';
import { decisionsInFull, decisionsInShort, type ExplanationScope } from './decision-sentences.ts';
import { outcomeSentences, placesOnce, whySentences, type SentencePiece, type Sentence } from './sentences.ts';

/** Labels and link targets of places and rules. */
export interface Links {
  /** The label of a place, such as `line 17`, with a link if the client supports it. */
  place(at: Span): MarkdownLink;
  /** The documentation page of a rule, if there is one. */
  page(rule: string): string | undefined;
}

export interface MarkdownLink {
  readonly text: string;
  readonly href?: string;
}

/** The maximum number of lines that explain a value in a hover. */
const MOST_WHY = 8;
const MOST_WHY_IN_FULL = 60;

/**
 * The hover for a value: its outcomes, their evaluation, and the decisions of rules in short. Empty without any of
 * these.
 */
export function shortMarkdown(
  { explanation, computed, decisions, incomplete }: Explained,
  scope: ExplanationScope,
  links: Links,
): string {
  const sections: string[] = [];
  if (explanation && computed && !scope.beside) {
    sections.push(lines(outcomeSentences(explanation), links), list(whySentences(explanation, MOST_WHY), links));
  }
  const rules = decisionsInShort(decisions, scope);
  if (rules.length > 0) sections.push(`**Rules**\n\n${list(rules, links)}`);
  if (incomplete) sections.push(`*${INCOMPLETE}*`);
  return sections.filter((section) => section !== '').join('\n\n');
}

/** The full explanation of a position as a Markdown page. */
export function fullMarkdown(explained: Explained, scope: ExplanationScope, links: Links): string {
  const { at, owner, explanation, computed, decisions, incomplete } = explained;
  const where = links.place(at);
  const sections = [
    `# ${owner ? markdownText(owner.path === '' ? owner.displayName : `${owner.displayName}: ${owner.path}`) : explanation && isShown(explained) ? markdownCode(explanation.text) : markdownText(where.text)}`,
    [...(owner ? [markdownText(owner.type)] : []), link(where)].join(', '),
  ];
  if (explanation) {
    if (isShown(explained)) sections.push(markdownCode(explanation.text));
    if (computed) sections.push(list(outcomeSentences(explanation), links));
    const why = list(whySentences(explanation, MOST_WHY_IN_FULL), links);
    if (why !== '') sections.push(computed ? '## Why' : '## Contained values', why);
  }
  sections.push(
    '## Rules',
    decisions.length > 0 ? list(decisionsInFull(decisions, scope), links) : 'No rule evaluates this.',
    ...(incomplete ? [`*${INCOMPLETE}*`] : []),
  );
  return `${sections.join('\n\n')}\n`;
}

function lines(sentences: readonly Sentence[], links: Links): string {
  return sentences.map((sentence) => inline(sentence, links)).join('  \n');
}

function list(sentences: readonly Sentence[], links: Links): string {
  return sentences.map((sentence) => `${'  '.repeat(sentence.depth)}- ${inline(sentence, links)}`).join('\n');
}

function inline({ pieces }: Sentence, links: Links): string {
  return placesOnce(pieces, (place) => links.place(place).text)
    .map((piece) => inlinePiece(piece, links))
    .join('');
}

function inlinePiece(piece: SentencePiece, links: Links): string {
  if (typeof piece === 'string') return markdownText(piece);
  if ('code' in piece) return markdownCode(piece.code);
  if ('strong' in piece) return `**${markdownCode(piece.strong)}**`;
  if ('place' in piece) return link(links.place(piece.place));
  const page = links.page(piece.rule);
  return link({ text: piece.rule, ...(page === undefined ? {} : { href: page }) });
}

function link({ text, href }: MarkdownLink): string {
  return href === undefined
    ? markdownText(text)
    : `[${markdownText(text)}](${href.replaceAll(/[()\s<>]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`)})`;
}
