/**
 * Suppressions of other tools in comments, as their documentation describes them. None is an error: what a tool itself
 * would not understand is ignored.
 *
 * - Checkov: https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html
 * - Trivy: https://trivy.dev/latest/docs/configuration/filtering/#by-inline-comments
 * - tfsec: https://aquasecurity.github.io/tfsec/latest/guides/configuration/ignores/
 * - KICS: https://docs.kics.io/latest/running-kics/#using-commands-on-scanned-files-as-comments
 */
import { flatMap } from '../base/flat-map.ts';
import { inert } from '../base/inert.ts';
import type { Range } from '../base/span.ts';
import type { Format } from '../model/format.ts';
import type { SuppressedRule, Suppression, SuppressionScope, SuppressionTool } from '../model/suppression.ts';
import { pairOf, textOf, type Node, type Tree } from '../syntax/tree.ts';
import { commentLines, isLineSpace, wordsOf, type CommentLine } from './comment-lines.ts';
import { isDay } from '../base/today.ts';
import { rangeIn, spanIn } from './places.ts';
import { withoutPart, withoutRule } from './removal.ts';
import { scopesOf, type Scopes } from './scopes.ts';

/** What reads the comments of a tool. */
interface Context {
  readonly tree: Tree;
  readonly scopes: Scopes;
  readonly format: Format;
}

/** The suppressions of other tools in the comments of a document. */
export function peerComments(tree: Tree, format: Format): readonly Suppression[] {
  const context: Context = { tree, scopes: scopesOf(tree), format };
  return flatMap(commentLines(tree), (line) => flatMap(READERS, ({ read }) => read(context, line)));
}

/** The reader of the comments of one tool. */
interface CommentReader {
  /** A text that each of its comments has. */
  readonly mark: string;
  read(context: Context, line: CommentLine): readonly Suppression[];
}

const CHECKOV = 'checkov:skip=';

/** `checkov:skip=ID:reason` within a resource or block, for all of it. */
function checkov({ tree, scopes, format }: Context, line: CommentLine): readonly Suppression[] {
  const [found] = occurrences(tree.text, line, CHECKOV);
  if (found === undefined) return [];
  const { text } = tree;
  let start = found + CHECKOV.length;
  while (start < line.end && isLineSpace(text[start]!)) start++;
  let end = start;
  while (end < line.end && isIdCharacter(text[end]!)) end++;
  const resource = scopes.resourceAround(line.comment, format);
  if (end === start || !resource) return [];
  const reason = text[end] === ':' ? unquoted(text.slice(end + 1, line.end).trim()) : '';
  return [
    {
      ...commentOf(tree, line, 'checkov', { start: found, end: line.end }),
      rules: [rule(tree, { start, end })],
      scope: rangeIn(tree, resource),
      ...(reason ? { reason: inert(reason) } : {}),
    },
  ];
}

/** A reason can be in quotation marks. */
function unquoted(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).trim() : text;
}

function isIdCharacter(character: string): boolean {
  return /[A-Za-z0-9_-]/.test(character);
}

/**
 * `trivy:ignore:ID` and `tfsec:ignore:ID` above a block or attribute or at the end of its line, several in one comment.
 * `:exp:` is the last day, `[name=value]` limits it to blocks with these attributes, and `:ws:` to a workspace, which
 * is not known here.
 */
function aqua(context: Context, line: CommentLine, tool: 'trivy' | 'tfsec'): readonly Suppression[] {
  const { tree, scopes } = context;
  const prefix = `${tool}:ignore:`;
  const found = occurrences(tree.text, line, prefix);
  if (found.length === 0) return [];
  const own = scopes.lineOf(line.start);
  const target = scopes.hasContent(own) ? own : scopes.adjacent(scopes.lineOf(line.comment.end));
  if (target === undefined) return [];
  const scope: SuppressionScope = rangeIn(tree, scopes.statement(target));
  const ignores = found.map((start) => ignoreAt(tree.text, start, prefix.length, line.end));
  const [entry] = tree.text.slice(ignores.at(-1)!.end, line.end).split('#');
  const reason = inert(entry!).trim();
  return flatMap(ignores, (ignore) => {
    if (!ignore.counts || !fits(tree, scopes.pairOn(target)?.value, ignore.attributes)) return [];
    return [
      {
        ...commentOf(tree, line, tool, ignore),
        rules: [rule(tree, ignore.id)],
        scope,
        ...(reason ? { reason } : {}),
        ...(ignore.until ? { until: ignore.until } : {}),
      },
    ];
  });
}

/** One `trivy:ignore:…` of a comment. */
interface Ignore extends Range {
  readonly id: Range;
  readonly attributes: readonly string[];
  readonly until?: string;
  /** Whether it can be evaluated: it has an id, a date if any, and no workspace. */
  readonly counts: boolean;
}

function ignoreAt(text: string, start: number, prefix: number, limit: number): Ignore {
  let end = start;
  while (end < limit && !isLineSpace(text[end]!)) end++;
  let idEnd = start + prefix;
  while (idEnd < end && !':['.includes(text[idEnd]!)) idEnd++;
  const isLimited = text[idEnd] === '[';
  const length = isLimited ? text.slice(idEnd, end).indexOf(']') : 0;
  const attributes = isLimited && length > 0 ? text.slice(idEnd + 1, idEnd + length).split(',') : [];
  const sections = text
    .slice(idEnd + Math.max(0, length), end)
    .split(':')
    .slice(1);
  const until = section(sections, 'exp');
  const workspace = section(sections, 'ws');
  const counts =
    idEnd > start + prefix &&
    length >= 0 &&
    (until === undefined || isDay(until)) &&
    (workspace === undefined || workspace === '*');
  return {
    start,
    end,
    id: { start: start + prefix, end: idEnd },
    attributes,
    ...(until === undefined ? {} : { until }),
    counts,
  };
}

/** The part after a name in `exp:2027-01-31:ws:dev`. */
function section(parts: readonly string[], name: string): string | undefined {
  const index = parts.indexOf(name);
  return index < 0 ? undefined : (parts[index + 1] ?? '');
}

/**
 * Whether a block has all attributes of a list such as `from_port=80` and `logging_config.prefix=a`, as literal values.
 */
function fits(tree: Tree, block: Node | undefined, attributes: readonly string[]): boolean {
  if (attributes.length === 0) return true;
  if (tree.language !== 'hcl' || !block) return false;
  let body = block;
  // The labels of a block are maps around its body, which begins with a brace.
  while (body.kind === 'map' && tree.text[body.start] !== '{' && body.pairs[0]) body = body.pairs[0].value;
  return attributes.every((attribute) => {
    const separator = attribute.indexOf('=');
    let at: Node | undefined = body;
    for (const name of attribute.slice(0, Math.max(0, separator)).split('.')) at = pairOf(at, name)?.value;
    const value = at?.kind === 'scalar' && at.style !== 'expression' ? textOf(at) : undefined;
    return value !== undefined && value === attribute.slice(separator + 1);
  });
}

/** KICS has comments in YAML and HCL only. */
function kics({ tree, scopes }: Context, line: CommentLine): readonly Suppression[] {
  const { text } = tree;
  if (tree.language === 'json' || !text.startsWith('kics-scan', line.start)) return [];
  const [name, command] = wordsOf(text, line);
  if (!command || name!.end - name!.start !== 'kics-scan'.length) return [];
  const own = commentOf(tree, line, 'kics', line);
  const written = text.slice(command.start, command.end);
  const isAtHead = scopes.isAtHead(line.comment.start);
  if (isAtHead && written === 'ignore') return [{ ...own, rules: [], scope: { kind: 'file', doc: tree.doc } }];
  if (isAtHead && written.startsWith(DISABLE)) {
    const rules = idsFrom(text, { start: command.start + DISABLE.length, end: command.end });
    if (rules.length === 0) return [];
    return [
      {
        ...own,
        rules: rules.map((id) => rule(tree, id)),
        scope: { kind: 'file', doc: tree.doc },
        removal: (one) => withoutRule(tree, line, rules, one),
      },
    ];
  }
  const next = scopes.adjacent(scopes.lineOf(line.comment.end));
  if (next === undefined) return [];
  if (written === 'ignore-line') return [{ ...own, rules: [], scope: rangeIn(tree, scopes.line(next)) }];
  if (written === 'ignore-block') return [{ ...own, rules: [], scope: rangeIn(tree, scopes.statement(next)) }];
  return [];
}

const DISABLE = 'disable=';

/** Ids between commas. */
function idsFrom(text: string, { start, end }: Range): readonly Range[] {
  const ids: Range[] = [];
  let from = start;
  for (let at = start; at <= end; at++) {
    if (at < end && text[at] !== ',') continue;
    if (at > from) ids.push({ start: from, end: at });
    from = at + 1;
  }
  return ids;
}

/** Where a text occurs on the line of a comment, as a word of its own or after a marker. */
function occurrences(text: string, { start, end }: Range, sought: string): readonly number[] {
  const line = text.slice(start, end);
  const found: number[] = [];
  for (let at = line.indexOf(sought); at >= 0; at = line.indexOf(sought, at + sought.length))
    if (at === 0 || isLineSpace(line[at - 1]!) || '#/,;'.includes(line[at - 1]!)) found.push(start + at);
  return found;
}

function commentOf(
  tree: Tree,
  line: CommentLine,
  tool: SuppressionTool,
  part: Range,
): Pick<Suppression, 'tool' | 'kind' | 'at' | 'removal'> {
  return { tool, kind: 'comment', at: spanIn(tree, part), removal: () => withoutPart(tree, line, part) };
}

function rule(tree: Tree, at: Range): SuppressedRule {
  return { name: inert(tree.text.slice(at.start, at.end)), at: spanIn(tree, at) };
}

const READERS: readonly CommentReader[] = [
  { mark: CHECKOV, read: checkov },
  { mark: 'trivy:ignore:', read: (context, line) => aqua(context, line, 'trivy') },
  { mark: 'tfsec:ignore:', read: (context, line) => aqua(context, line, 'tfsec') },
  { mark: 'kics-scan', read: kics },
];

/** Texts without which a document has none of these comments. */
export const COMMENT_MARKS: readonly string[] = READERS.map(({ mark }) => mark);
