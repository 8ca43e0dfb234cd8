import { inert } from '../../base/inert.ts';
import { INCOMPLETE, type Explained } from './explained.ts';
import type { Links } from './markdown.ts';
import { decisionsInShort, type ExplanationScope } from './decision-sentences.ts';
import { outcomeSentences, placesOnce, whySentences, type SentencePiece, type Sentence } from './sentences.ts';

/** The maximum number of lines that explain a value in a hover. */
const MOST_WHY = 8;

/** The hover for a value as plain text, for clients without Markdown. */
export function shortText(
  { explanation, computed, decisions, incomplete }: Explained,
  scope: ExplanationScope,
  links: Links,
): string {
  const isExplained = explanation && computed && !scope.beside;
  const lines = (sentences: readonly Sentence[]): readonly string[] =>
    sentences.map(
      (sentence) =>
        `${'  '.repeat(sentence.depth)}${placesOnce(sentence.pieces, (place) => links.place(place).text)
          .map((piece) => pieceText(piece, links))
          .join('')}`,
    );
  const why = isExplained ? lines(whySentences(explanation, MOST_WHY)) : [];
  const rules = lines(decisionsInShort(decisions, scope));
  return [
    ...(isExplained ? lines(outcomeSentences(explanation)) : []),
    ...(why.length > 0 ? ['', ...why] : []),
    ...(rules.length > 0 ? ['', 'Rules', ...rules] : []),
    ...(incomplete ? ['', INCOMPLETE] : []),
  ]
    .join('\n')
    .trim();
}

/** A piece of a sentence as plain text. */
export function pieceText(piece: SentencePiece, links: Pick<Links, 'place'>): string {
  if (typeof piece === 'string') return inert(piece);
  if ('code' in piece) return inert(piece.code);
  if ('strong' in piece) return inert(piece.strong);
  return 'place' in piece ? inert(links.place(piece.place).text) : piece.rule;
}
