/** Cards that take no more rows than a hover has space for: what does not fit is counted or named. */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import { MAX_LINES, type Card, type Line, type LineRank, type Status } from './card.ts';
import { labelText, linePartsText } from './line-text.ts';
import { cutToRows, MAX_ROWS, rowsOf } from './rows.ts';

/** The length of what an editor shows before a line about the document, which depends on how it shows its status. */
export type MarkLength = (status: Status | undefined) => number;

/** The maximum number of rows of a line, even if a card has space for more. */
const WIDEST: Readonly<Record<LineRank, number>> = {
  shared: 2,
  aws: 2,
  detail: 3,
  state: 5,
  you: 2,
  fact: 5,
  finding: 5,
  kept: 1,
};

/** How many rows the lines of each kind are shortened to, one after the other, until the card fits. */
const STEPS: readonly (readonly [LineRank, rows: number])[] = [
  ['state', 3],
  ['fact', 3],
  ['shared', 1],
  ['aws', 1],
  ['detail', 2],
  ['state', 2],
  ['finding', 3],
  ['you', 1],
  ['detail', 1],
  ['fact', 2],
  ['state', 1],
  ['finding', 2],
  ['fact', 1],
];

/** The kinds of lines that are not truncated, because their exceptions are at the end of the text. */
const WHOLE: ReadonlySet<LineRank> = new Set(['shared', 'aws', 'you']);

/** The order in which lines get the remaining space. */
const BY_IMPORTANCE: readonly LineRank[] = ['finding', 'fact', 'you', 'state', 'detail', 'aws', 'shared'];

/** The kinds of lines that are left out after that. */
const LEFT_OUT: readonly LineRank[] = ['detail', 'state', 'fact', 'finding'];

/** The maximum number of rows of the first sentence with the title. */
const ROWS_OF_HEAD = 4;

/** The same in a card without space. */
const FEWEST_ROWS_OF_HEAD = 2;

/** The longest title. */
const LONGEST_TITLE = 110;

/** A card that takes no more than the maximum number of rows, with the sources on one of them. */
export function fittedCard(card: Card, markLength: MarkLength): Card {
  const before = (line: Line): number => lengthBefore(line, markLength);
  const full = card.lines.map((line) =>
    shortened(withLabel(line), WIDEST[rankOf(line)], before, WHOLE.has(rankOf(line))),
  );
  const short = withHead(card, ROWS_OF_HEAD);
  const lines = [...full];
  for (const [rank, rows] of STEPS) {
    const longest = full
      .map((line, index) => ({ line, index, rows: rowsOfLine(lines[index]!, before) }))
      .filter((one) => rankOf(one.line) === rank && one.rows > rows)
      .toSorted((one, other) => other.rows - one.rows);
    for (const { line, index } of longest) {
      if (fits({ ...short, lines }, before)) return widened({ ...short, lines }, full, before);
      lines[index] = shortened(line, rows, before, WHOLE.has(rank));
    }
  }
  return fits({ ...short, lines }, before)
    ? widened({ ...short, lines }, full, before)
    : withoutLines(withHead({ ...card, lines }, FEWEST_ROWS_OF_HEAD), full, before);
}

/** A card whose lines have the space that shortening others left, row by row. */
function widened(card: Card, full: readonly Line[], before: LengthBefore): Card {
  const lines = [...card.lines];
  for (let rows = 2; rows <= MOST_ROWS; rows++)
    for (const rank of BY_IMPORTANCE)
      for (const [index, line] of full.entries()) {
        if (rankOf(line) !== rank || rowsOfLine(lines[index]!, before) >= rows) continue;
        const wider = shortened(line, rows, before, WHOLE.has(rank));
        if (fits({ ...card, lines: lines.with(index, wider) }, before)) lines[index] = wider;
      }
  return { ...card, lines };
}

/** The maximum number of rows of any line. */
const MOST_ROWS = Math.max(...Object.values(WIDEST));

/**
 * A card without the lines for which there is no space, which the last line names. Findings are left out last, after
 * they are shortened.
 */
function withoutLines(card: Card, full: readonly Line[], before: LengthBefore): Card {
  const isLeftOut = new Set<number>();
  const lines = [...card.lines];
  for (const rank of LEFT_OUT) {
    if (rank === 'fact')
      for (const [index, line] of full.entries())
        if (rankOf(line) === 'finding') lines[index] = shortened(line, 1, before);
    for (const index of [...full.keys()].toReversed()) {
      if (rankOf(full[index]!) !== rank) continue;
      isLeftOut.add(index);
      const note = noteOn(full, isLeftOut, before);
      const isKept = (_: Line, at: number): boolean => !isLeftOut.has(at);
      const short = { ...card, lines: [...lines.filter(isKept), note] };
      if (fits(short, before)) return widened(short, [...full.filter(isKept), note], before);
    }
  }
  return {
    ...card,
    lines: card.lines.map((line) => shortened(line, 1, before)).slice(0, MAX_LINES - FEWEST_ROWS_OF_HEAD),
  };
}

/** The line that names the omitted lines, findings first. */
function noteOn(all: readonly Line[], isLeftOut: ReadonlySet<number>, before: LengthBefore): Line {
  const left = all.filter((_, index) => isLeftOut.has(index));
  const isHere = all.some(({ here }, index) => here && !isLeftOut.has(index));
  const names = left
    .toSorted((one, other) => Number(other.status === 'wrong') - Number(one.status === 'wrong'))
    .map(({ label, status }) => (status === 'wrong' ? `${label} (finding)` : label));
  const note: Line = {
    label: isHere ? 'not shown' : 'Not shown',
    ...(isHere ? { here: true } : {}),
    ...(isHere && left.some(({ status }) => status === 'wrong') ? { status: 'wrong' } : {}),
    parts: [...new Set(names)].map((text) => ({ text, cite: [] })),
    names: { most: names.length },
    separator: ', ',
    rank: 'kept',
  };
  return shortened(note, 1, before);
}

/** The length of the text before that of a line. */
type LengthBefore = (line: Line) => number;

/** The rows of lines by the length of what precedes them, because each is measured several times. */
const measured = memoize((_: Line) => new Map<number, number>());

function rowsOfLine(line: Line, before: LengthBefore): number {
  const length = before(line);
  const known = measured(line);
  const rows = known.get(length) ?? rowsOf(`${'x'.repeat(length)} ${linePartsText(line)}`);
  known.set(length, rows);
  return rows;
}

function fits({ title, verdict, lines }: Card, before: LengthBefore): boolean {
  const others = lines.some(({ here }) => here) ? 2 : 1;
  const rows = lines.reduce(
    (sum, line) => sum + rowsOfLine(line, before),
    rowsOf(`${title}: ${verdict.text}`) + others,
  );
  return rows <= MAX_ROWS && lines.length + 1 + others <= MAX_LINES;
}

/** A line with a label that leaves space for its text: the name of a statement can be long. */
function withLabel(line: Line): Line {
  const { label } = line;
  return label.length > LONGEST_LABEL ? { ...line, label: `${label.slice(0, LONGEST_LABEL)}\u2026` } : line;
}

const LONGEST_LABEL = 50;

function withHead(card: Card, rows: number): Card {
  const { title, verdict } = card;
  const short = title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE)}\u2026` : title;
  return { ...card, title: short, verdict: { ...verdict, text: cutToRows(verdict.text, rows, short.length + 1) } };
}

/**
 * A line of at most a number of rows: with fewer names or parts; else with a part of its only text, unless it has to be
 * whole.
 */
function shortened(line: Line, rows: number, before: LengthBefore, isWhole = false): Line {
  if (rowsOfLine(line, before) <= rows) return line;
  const candidates = line.names ? withFewerNames(line, line.names.most) : withFewerParts(line);
  const found = candidates.find((candidate) => rowsOfLine(candidate, before) <= rows);
  if (found) return found;
  const last = candidates.at(-1) ?? line;
  return isWhole ? last : cut(last, rows, before);
}

function withFewerNames(line: Line, most: number): readonly Line[] {
  return Array.from({ length: Math.min(most, line.parts.length) - 1 }, (_, index): Line => ({
    ...line,
    names: { ...line.names!, most: Math.min(most, line.parts.length) - 1 - index },
  }));
}

function withFewerParts(line: Line): readonly Line[] {
  const most = Math.max(0, ...line.parts.map(({ shorter = [] }) => shorter.length));
  const worded = Array.from({ length: most }, (_, level) => withWords(line, level));
  const shortest = worded.at(-1) ?? line;
  return [...worded, ...withoutParts(shortest)];
}

/** A line whose parts have fewer words. */
function withWords(line: Line, level: number): Line {
  const parts = line.parts.map((part) => ({
    ...part,
    text: part.shorter?.[level] ?? part.shorter?.at(-1) ?? part.text,
  }));
  return { ...line, parts };
}

function withoutParts(line: Line): readonly Line[] {
  const byRank = line.parts.toSorted((one, other) => (one.rank ?? NO_RANK) - (other.rank ?? NO_RANK));
  return line.parts.slice(1).map((_, index): Line => {
    const kept = new Set(byRank.slice(0, line.parts.length - 1 - index));
    return { ...line, parts: line.parts.filter((part) => kept.has(part)), total: line.total ?? line.parts.length };
  });
}

/** The rank of a part without one, after those with findings. */
const NO_RANK = 2;

/** A line with the beginning of its text, which names the rule nevertheless. */
function cut(line: Line, rows: number, before: LengthBefore): Line {
  const { names, ...rest } = line;
  const withText = (text: string): Line => ({
    ...rest,
    parts: [{ text, cite: flatMap(line.parts, ({ cite }) => cite) }],
  });
  const all = linePartsText(line);
  // That a scenario is the default one can be left out without changing the statement.
  const text = all.replaceAll(DEFAULT_NOTE, '');
  if (text !== all && rowsOfLine(withText(text), before) <= rows) return withText(text);
  const sentences = text.split(SENTENCES);
  for (let count = sentences.length - 1; count > 0; count--) {
    const whole = withText(sentences.slice(0, count).join(' ').replace(/\.$/, ''));
    if (rowsOfLine(whole, before) <= rows) return whole;
  }
  const rule = [...text.matchAll(RULES)].at(-1);
  return withText(cutToRows(text.slice(0, rule?.index), rows, before(line), rule?.[0]));
}

const DEFAULT_NOTE = ' (the default)';

/** Between sentences. */
const SENTENCES = /(?<=[.!?]) (?=[A-Z])/;

/** The rules that a text names as those that report what it states. */
const RULES = / \([a-z]\w*(?:-\w+)+(?:, suppressed)?\)/g;

function lengthBefore(line: Line, markLength: MarkLength): number {
  return (line.here ? markLength(line.status) : 0) + labelText(line).length + 1;
}

function rankOf({ here, status, rank }: Line): LineRank {
  if (status === 'wrong' && rank !== 'kept') return 'finding';
  return rank ?? (here && status !== 'unknown' ? 'state' : 'fact');
}
