/** The explanation as text. */
import { flatMap } from '../../base/flat-map.ts';
import pico from 'picocolors';
import { inert } from '../../base/inert.ts';
import { LineIndex } from '../../base/line-index.ts';
import type { Span, Uri } from '../../base/span.ts';
import { INCOMPLETE, isShown, type Explained } from '../../hover/explanation/explained.ts';
import { decisionsInFull } from '../../hover/explanation/decision-sentences.ts';
import {
  outcomeSentences,
  placesOnce,
  whySentences,
  type SentencePiece,
  type Sentence,
} from '../../hover/explanation/sentences.ts';
import { pieceText } from '../../hover/explanation/text.ts';
import type { Profile } from '../../model/finding.ts';
import { shownUri } from '../shown-path.ts';
import { widthOf } from '../terminal-text.ts';
import type { World } from '../world.ts';
import type { Writer } from './reporter.ts';

/** The explanation of a value with its context. */
export interface ExplanationReport {
  readonly explained: Explained;
  /** The path of the file as displayed. */
  readonly path: string;
  readonly profile: Profile;
  textOf(doc: Uri): string;
}

/** The maximum width, as in the report of findings. */
const WIDEST = 100;
const NARROWEST = 40;
const MOST_WHY = 60;

type Colors = ReturnType<typeof pico.createColors>;

export const explanationText: Writer<ExplanationReport> = { report: explanationAsText };

function explanationAsText(
  { explained, path, profile, textOf }: ExplanationReport,
  { cwd, display }: Pick<World, 'cwd' | 'display'>,
): string {
  const colors = pico.createColors(display.color);
  const columns = Math.max(NARROWEST, Math.min(display.columns, WIDEST));
  const { at, owner, explanation, decisions, incomplete } = explained;
  const indexes = new Map<Uri, LineIndex>();
  const position = (span: Span): { readonly line: number; readonly character: number } => {
    const index = indexes.get(span.doc) ?? new LineIndex(textOf(span.doc));
    indexes.set(span.doc, index);
    return index.positionAt(span.start);
  };
  const place = (span: Span): { readonly text: string } => {
    const line = position(span).line + 1;
    return { text: span.doc === at.doc ? `line ${line}` : `${shownUri(span.doc, cwd)}, line ${line}` };
  };
  const block = (sentences: readonly Sentence[]): readonly string[] =>
    flatMap(sentences, (sentence) => set(sentence, columns, colors, place));
  const { line, character } = position(at);
  const why = explanation ? block(whySentences(explanation, MOST_WHY)) : [];
  const rules = block(decisionsInFull(decisions, { profile }));
  return [
    colors.bold(colors.underline(inert(`${path}:${line + 1}:${character + 1}`))),
    ...(owner
      ? set(
          {
            depth: -1,
            pieces: [`${owner.path === '' ? '' : `${owner.path} of `}${owner.displayName} (${owner.type})`],
          },
          columns,
          colors,
          place,
        )
      : []),
    ...(explanation && isShown(explained)
      ? ['', colors.cyan(inert(explanation.text)), ...(explained.computed ? block(outcomeSentences(explanation)) : [])]
      : []),
    ...(why.length > 0 ? ['', colors.bold(explained.computed ? 'Why' : 'Contained values'), ...why] : []),
    '',
    colors.bold('Rules'),
    ...(rules.length > 0 ? rules : ['  No rule evaluates this.']),
    ...(incomplete ? ['', INCOMPLETE] : []),
  ]
    .map((text) => `${text.trimEnd()}\n`)
    .join('');
}

/** Wraps a sentence, with continuation lines indented further. */
function set(
  { depth, pieces }: Sentence,
  columns: number,
  colors: Colors,
  place: (span: Span) => { readonly text: string },
): readonly string[] {
  const indent = '  '.repeat(depth + 1);
  const lines: string[] = [];
  let line = indent;
  let width = indent.length;
  const words = wordsOf(pieces, colors, place);
  for (const [index, { text, color, joined }] of words.entries()) {
    const gap = joined || width === indent.length || line.trim() === '' ? '' : ' ';
    if (gap !== '' && width + 1 + widthWithJoined(words, index) > columns) {
      lines.push(line);
      line = `${indent}  ${color(text)}`;
      width = indent.length + 2 + widthOf(text);
      continue;
    }
    line += gap + color(text);
    width += gap.length + widthOf(text);
  }
  return [...lines, line];
}

/** The width of a word with the words that follow without a space, because no line ends between them. */
function widthWithJoined(words: readonly Word[], index: number): number {
  let width = widthOf(words[index]!.text);
  for (let next = index + 1; words[next]?.joined; next++) width += widthOf(words[next]!.text);
  return width;
}

interface Word {
  readonly text: string;
  readonly color: (text: string) => string;
  /** Whether it follows the previous word without a space. */
  readonly joined: boolean;
}

function wordsOf(
  pieces: readonly SentencePiece[],
  colors: Colors,
  place: (span: Span) => { readonly text: string },
): readonly Word[] {
  let joined = true;
  return flatMap(
    placesOnce(pieces, (span) => place(span).text),
    (piece): Word[] => {
      const color = colorOf(piece, colors);
      const parts = inert(pieceText(piece, { place })).split(' ');
      return flatMap(parts, (text, index): Word[] => {
        if (index > 0) joined = false;
        if (text === '') return [];
        const word: Word = { text, color, joined };
        joined = true;
        return [word];
      });
    },
  );
}

function colorOf(piece: SentencePiece, { bold, cyan, dim }: Colors): (text: string) => string {
  if (typeof piece === 'string') return (text) => text;
  if ('code' in piece) return cyan;
  if ('strong' in piece) return (text) => bold(cyan(text));
  return 'place' in piece ? dim : bold;
}
