/**
 * Suppressions in comments: `stackwarden-disable-line RULE, RULE until 2027-01-31 -- reason`, the same with
 * `stackwarden-disable-next-line`, and `stackwarden-disable` for the document.
 */
import { flatMap } from '../base/flat-map.ts';
import { closest, distance } from 'fastest-levenshtein';
import { inert } from '../base/inert.ts';
import type { Range, Span } from '../base/span.ts';
import type { SuppressedRule, Suppression, SuppressionScope } from '../model/suppression.ts';
import type { Tree } from '../syntax/tree.ts';
import { commentLines, isLineSpace, wordsOf, type CommentLine } from './comment-lines.ts';
import { isDay } from '../base/today.ts';
import { rangeIn, spanIn } from './places.ts';
import { withoutPart, withoutRule } from './removal.ts';
import { scopesOf, type Scopes } from './scopes.ts';

/** What each directive covers. */
const DIRECTIVES = {
  'stackwarden-disable': 'file',
  'stackwarden-disable-line': 'line',
  'stackwarden-disable-next-line': 'next line',
} as const;

/** A directive in a comment. */
export type Directive = keyof typeof DIRECTIVES;

const NAMES = Object.keys(DIRECTIVES) as readonly Directive[];

/** Words that other tools have for the same, with the directive that is meant. */
const SYNONYMS: ReadonlyMap<string, Directive | undefined> = new Map([
  ['stackwarden-ignore', 'stackwarden-disable-next-line'],
  ['stackwarden-ignore-line', 'stackwarden-disable-line'],
  ['stackwarden-ignore-next-line', 'stackwarden-disable-next-line'],
  ['stackwarden-ignore-file', 'stackwarden-disable'],
  ['stackwarden-disable-file', 'stackwarden-disable'],
  ['stackwarden-suppress', 'stackwarden-disable-next-line'],
  ['stackwarden-skip', 'stackwarden-disable-next-line'],
  ['stackwarden-enable', undefined],
]);

/** A syntax error of a suppression. */
type SyntaxError = NonNullable<Suppression['error']>;

/** The suppressions in comments of a document. */
export function commentSuppressions(tree: Tree): readonly Suppression[] {
  return flatMap(commentLines(tree), (line) => {
    const named = directiveOf(tree.text, line);
    if (!named) return [];
    return [suppressionOf(tree, line, named)];
  });
}

/** The first words of a comment as a directive, or as a misspelled one. */
interface Named extends Range {
  readonly written: string;
  readonly directive?: Directive;
  /** The directive that a misspelled one is close to. */
  readonly intended?: Directive;
}

function directiveOf(text: string, line: CommentLine): Named | undefined {
  if (text.slice(line.start, line.start + PREFIX.length).toLowerCase() !== PREFIX) return undefined;
  const [first, second] = wordsOf(text, { start: line.start, end: Math.min(line.end, line.start + LONGEST) });
  const written = text.slice(first!.start, first!.end);
  if (isDirective(written)) return { ...first!, written, directive: written };
  const isApart = second !== undefined && (written.length === PREFIX.length || written.length === PREFIX.length + 1);
  const range = isApart ? { start: first!.start, end: second.end } : first!;
  const normal = normalized(text.slice(range.start, range.end));
  if (isDirective(normal)) return { ...range, written: text.slice(range.start, range.end), intended: normal };
  if (isApart) return undefined;
  const intended = SYNONYMS.has(normal) ? SYNONYMS.get(normal) : near(normal);
  return intended || SYNONYMS.has(normal) ? { ...range, written, ...(intended ? { intended } : {}) } : undefined;
}

const PREFIX = 'stackwarden';

/** The number of characters that are compared with names of directives. Documents can have longer words. */
const LONGEST = 80;

function isDirective(word: string): word is Directive {
  return Object.hasOwn(DIRECTIVES, word);
}

/** A word in lower case with hyphens in place of other separators, and without a colon at the end. */
function normalized(word: string): string {
  return word
    .toLowerCase()
    .split(/[-_:.\s]/)
    .filter((part) => part !== '')
    .join('-');
}

/** The directive that a word with the same beginning is close to. */
function near(word: string): Directive | undefined {
  if (!word.startsWith(`${PREFIX}-`)) return undefined;
  const best = closest(word, [...NAMES]);
  return distance(word, best) <= MOST_CHANGED ? (best as Directive) : undefined;
}

/** How many letters a misspelled directive can differ in. */
const MOST_CHANGED = 4;

function suppressionOf(tree: Tree, line: CommentLine, named: Named): Suppression {
  const scopes = scopesOf(tree);
  const at: Span = { doc: tree.doc, start: line.comment.start, end: line.comment.end };
  if (!named.directive) {
    const hint = named.intended ? ` Did you mean "${named.intended}"?` : '';
    const message = `Unknown directive "${inert(named.written)}".${hint}`;
    return {
      tool: 'stackwarden',
      kind: 'comment',
      at,
      rules: [],
      scope: lineScope(tree, scopes, line),
      error: { at: spanIn(tree, named), message },
      removal: () => withoutPart(tree, line, line),
    };
  }
  const { rules, until, reason, error } = statedIn(tree, line, named);
  const { scope, error: misplaced } = scopeOf(tree, scopes, line, named, named.directive);
  const problem = error ?? misplaced;
  return {
    tool: 'stackwarden',
    kind: 'comment',
    at,
    rules,
    scope,
    ...(reason ? { reason } : {}),
    ...(until ? { until } : {}),
    ...(problem ? { error: problem } : {}),
    removal: (rule) =>
      withoutRule(
        tree,
        line,
        rules.map((one) => one.at),
        rule,
      ),
  };
}

function lineScope(tree: Tree, scopes: Scopes, { start }: Range): SuppressionScope {
  return rangeIn(tree, scopes.line(scopes.lineOf(start)));
}

/** What a directive covers. A line without content has no findings, so it is an error. */
function scopeOf(
  tree: Tree,
  scopes: Scopes,
  line: CommentLine,
  at: Range,
  directive: Directive,
): { readonly scope: SuppressionScope; readonly error?: SyntaxError } {
  switch (DIRECTIVES[directive]) {
    case 'file':
      return { scope: { kind: 'file', doc: tree.doc } };
    case 'line': {
      const scope = lineScope(tree, scopes, line);
      if (scopes.hasContent(scopes.lineOf(line.start))) return { scope };
      const message = 'The line contains only this comment. Use "stackwarden-disable-next-line" above a line.';
      return { scope, error: { at: spanIn(tree, at), message } };
    }
    case 'next line': {
      const next = scopes.nextWithContent(scopes.lineOf(line.comment.end));
      if (next !== undefined) return { scope: rangeIn(tree, scopes.statement(next)) };
      const message = 'Nothing follows this comment that could be suppressed.';
      return { scope: lineScope(tree, scopes, line), error: { at: spanIn(tree, at), message } };
    }
  }
}

/** What a directive states after its name. */
interface Stated {
  readonly rules: readonly SuppressedRule[];
  readonly until?: string;
  readonly reason?: string;
  readonly error?: SyntaxError;
}

function statedIn(tree: Tree, line: CommentLine, directive: Range): Stated {
  const { text } = tree;
  const separator = reasonFrom(text, { start: directive.end, end: line.end });
  const reason = inert(text.slice(separator + SEPARATOR.length, line.end)).trim();
  const tokens = tokensOf(text, { start: directive.end, end: separator });
  const rules: SuppressedRule[] = [];
  let isNamed = false;
  let until: string | undefined;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    const word = text.slice(token.start, token.end);
    if (word === ',') {
      isNamed = false;
      continue;
    }
    const failed = (at: Range, message: string): Stated => ({
      rules,
      ...(reason ? { reason } : {}),
      error: { at: spanIn(tree, at), message },
    });
    if (word === 'until') {
      const date = tokens[index + 1];
      const day = date && text.slice(date.start, date.end);
      if (!date || !isDay(day!)) return failed(date ?? token, 'Expected a date such as 2027-01-31 after "until".');
      const next = tokens[index + 2];
      if (next) return failed(next, `Expected "--" before the reason, found "${shown(text, next)}".`);
      until = day!;
      break;
    }
    if (isNamed) return failed(token, `Expected a comma, "until" or "--" before "${shown(text, token)}".`);
    rules.push({ name: inert(word), at: spanIn(tree, token) });
    isNamed = true;
  }
  const missing = { at: spanIn(tree, directive), message: 'Name the rules to suppress after the directive.' };
  return {
    rules,
    ...(until ? { until } : {}),
    ...(reason ? { reason } : {}),
    ...(rules.length === 0 ? { error: missing } : {}),
  };
}

const SEPARATOR = '--';

/** The offset of the two hyphens before the reason, which white space precedes; the end if there are none. */
function reasonFrom(text: string, { start, end }: Range): number {
  const stated = text.slice(start, end);
  for (let at = stated.indexOf(SEPARATOR); at >= 0; at = stated.indexOf(SEPARATOR, at + 1))
    if (at > 0 && isLineSpace(stated[at - 1]!)) return start + at;
  return end;
}

/** Words and commas. */
function tokensOf(text: string, range: Range): readonly Range[] {
  return flatMap(wordsOf(text, range), (word) => {
    const tokens: Range[] = [];
    let from = word.start;
    for (let at = word.start; at <= word.end; at++) {
      if (at < word.end && text[at] !== ',') continue;
      if (at > from) tokens.push({ start: from, end: at });
      if (at < word.end) tokens.push({ start: at, end: at + 1 });
      from = at + 1;
    }
    return tokens;
  });
}

/** A word in a message. */
function shown(text: string, { start, end }: Range): string {
  const word = inert(text.slice(start, Math.min(end, start + LONGEST)));
  return word.length < end - start ? `${word}…` : word;
}
