import type { Lines } from './lines.ts';
import { leaveOut, type ReadingError, type RepairAttempt } from './repair-attempt.ts';
import { closing, unclosedQuotes, openAt } from './scan.ts';

/** Remedies for a quote that is not closed: without the quote, and without the rest of its line. */
export function* quotes(lines: Lines, fault: ReadingError): Generator<RepairAttempt> {
  const { text } = lines;
  const last = lines.at(fault.at);
  const places = new Set<number>();
  const read = quoteReadBefore(lines, fault);
  if (read >= 0) places.add(read);
  for (let line = last; line >= lines.surroundings(last) && places.size < 3; line--) {
    for (const at of unclosedQuotes(text, lines.start(line), lines.end(line)).slice(0, 2)) places.add(at);
  }
  for (const at of places) {
    const end = lines.end(lines.at(at));
    const close = closing(text, at);
    const message = close >= 0 && close < end ? 'Unexpected text after the closing quote.' : 'Unclosed quote.';
    const justQuote: RepairAttempt = {
      ...leaveOut(text, { start: at, end: at + 1 }, message),
      reported: [{ start: at, end }],
    };
    const rest = leaveOut(text, opensBlock(lines, at) ? lines.block(lines.at(at)) : { start: at, end }, message);
    // Without its quote, a text at the beginning of a line would be a part of the text above it.
    if (at === lines.filled(lines.at(at)).start) yield* [rest, justQuote];
    else yield* [justQuote, rest];
  }
}

/** Remedies for an unclosed bracket: it is closed in place of a comma, or its content is removed. */
export function* brackets(lines: Lines, fault: ReadingError): Generator<RepairAttempt> {
  const { text } = lines;
  const line = lines.at(fault.at);
  const open = openAt(text, lines.start(lines.surroundings(line)), fault.at).filter((at) => '[{'.includes(text[at]!));
  const at = open[0];
  if (at === undefined) return;
  const end = lines.end(lines.at(at));
  const message = 'Unclosed bracket.';
  const comma = /,[ \t]*$/.exec(text.slice(at, end));
  if (comma && open.length === 1) {
    const start = at + comma.index;
    yield {
      changes: [{ start, end: start + 1, by: text[at] === '[' ? ']' : '}' }],
      isKept: true,
      message,
      reported: [{ start: at, end }],
    };
  }
  const above = lines.above(line);
  const upToHere = above > lines.at(at) ? leaveOut(text, { start: at, end: lines.end(above) }, message) : undefined;
  // Without a bracket at the end of a line, its content would be read as a plain scalar, so all of it is removed first.
  if (upToHere && text.slice(at + 1, end).trim() === '') yield upToHere;
  yield leaveOut(text, opensBlock(lines, at) ? lines.block(lines.at(at)) : { start: at, end }, message);
  if (upToHere) yield upToHere;
  if (end < lines.start(line)) yield leaveOut(text, { start: at, end: lines.end(line) }, message);
}

/** Whether a stray quote or bracket is the first character of a line that others belong to. */
function opensBlock(lines: Lines, at: number): boolean {
  const line = lines.at(at);
  return at === lines.filled(line).start && lines.isOpener(line);
}

/**
 * The opening quote of the quoted text that the parser had read, or was reading, when it stopped; -1 if it was not one.
 */
function quoteReadBefore(lines: Lines, { at, reason }: ReadingError): number {
  const { text } = lines;
  const kind = /of the stream within a (single|double)/.exec(reason)?.[1];
  if (kind) return openQuote(lines, at, kind === 'single' ? "'" : '"');
  if (reason === 'deficient indentation') return openQuote(lines, at, `'"`);
  let close = at - 1;
  while (close > 0 && /\s/.test(text[close]!)) close--;
  const quote = text[close];
  if (quote !== '"' && quote !== "'") return -1;
  const open = text.lastIndexOf(quote, close - 1);
  // A quoted text that ends its own line well is not to blame for the next.
  return lines.at(open) === lines.at(close) && lines.at(close) < lines.at(at) ? -1 : open;
}

/** The last quote of some kinds that opens a text which is not closed before an offset; -1 if many above it are. */
function openQuote(lines: Lines, end: number, kinds: string): number {
  const { text } = lines;
  let closed = 0;
  for (let line = lines.at(end); line >= 0 && closed < 20; line--) {
    for (const at of unclosedQuotes(text, lines.start(line), lines.end(line))) {
      if (!kinds.includes(text[at]!)) continue;
      const close = closing(text, at);
      if (close < 0 || close >= end) return at;
      closed++;
    }
  }
  return -1;
}
