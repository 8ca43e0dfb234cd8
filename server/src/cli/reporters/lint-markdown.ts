/** The report as Markdown, for a comment on a pull request or the summary of a job. */
import { flatMap } from '../../base/flat-map.ts';
import { groupedBy } from '../../base/groups.ts';
import { inert } from '../../base/inert.ts';
import { markdownCode, markdownText } from '../../hover/markdown-text.ts';
import type { Problem } from '../../model/finding.ts';
import { SEVERITIES } from '../../model/severity.ts';
import { notFullyChecked, type LintedFile, type Outcome } from '../lint.ts';
import { Places } from '../places.ts';
import { pageAddress } from '../rule-page.ts';
import { shownUri } from '../shown-path.ts';
import { acceptedSentence, count, severityCounts, someFiles } from '../summary.ts';
import type { World } from '../world.ts';
import {
  bySeverity,
  gradeOf,
  placedFindings,
  withoutSuppressed,
  type LintReport,
  type LocatedFinding,
} from './lint-report.ts';
import { activeFindings, reportedFiles } from '../lint.ts';
import { messageOf } from '../finding-message.ts';
import { regionOf } from '../places.ts';
import type { Writer } from './reporter.ts';

/** The maximum length of a comment on GitHub, in characters. It is applied to bytes, which are at least as many. */
export const LONGEST_COMMENT = 65_536;

/** The maximum number of rows of the table. The details have all findings. */
const MOST_ROWS = 25;

export const lintMarkdown: Writer<LintReport> = {
  uses: () => ({ fixes: 'titles' }),
  report: (report, world) => markdownReport(report, world).text,
  omits: (report, world) => markdownReport(report, world).omitted,
};

type MarkdownWorld = Pick<World, 'program' | 'rules'>;

interface Part {
  readonly text: string;
  /** The order of its most severe finding. */
  readonly rank: number;
  /** The number of its findings. */
  readonly findings: number;
}

/** The report, with a sentence about what is omitted because it would be too long. */
export function markdownReport(
  report: LintReport,
  world: MarkdownWorld,
  longest = LONGEST_COMMENT,
): { readonly text: string; readonly omitted?: string } {
  const { outcome, base } = report;
  const placed = placedFindings({ outcome: withoutSuppressed(outcome), base });
  const head = ['## Stackwarden\n', `${summary(outcome)}\n`, ...severityTable(placed), ...notChecked(outcome)];
  const table = rowsOf(placed, world);
  const details = detailsOf(outcome, placed, base, world);
  const room = longest - bytesOf(head.join('\n')) - RESERVE;
  const shownTable =
    table.length > 0 && bytesOf(tableText(table, placed.length)) <= room ? tableText(table, placed.length) : '';
  const { shown, rest } = fitting(details, room - bytesOf(shownTable));
  const omitted = omission(rest);
  const text = [
    ...head,
    ...(shownTable === '' ? [] : [shownTable]),
    ...shown.map((part) => part.text),
    ...(omitted === undefined ? [] : [`${omitted}\n`]),
  ].join('\n');
  return { text, ...(omitted === undefined ? {} : { omitted }) };
}

/** Room for line ends and the sentence about what is omitted. */
const RESERVE = 512;

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

/** The parts that fit, in order; the others are omitted. */
function fitting(
  parts: readonly Part[],
  room: number,
): { readonly shown: readonly Part[]; readonly rest: readonly Part[] } {
  const shown: Part[] = [];
  const rest: Part[] = [];
  let left = room;
  for (const part of parts) {
    const size = bytesOf(part.text) + 1;
    if (size > left) rest.push(part);
    else {
      left -= size;
      shown.push(part);
    }
  }
  return { shown, rest };
}

function omission(rest: readonly Part[]): string | undefined {
  if (rest.length === 0) return undefined;
  const findings = rest.reduce((sum, part) => sum + part.findings, 0);
  return `A comment on GitHub has at most ${LONGEST_COMMENT.toLocaleString('en')} characters, so details of ${count(rest.length, 'file')} with ${count(findings, 'finding')} are omitted.`;
}

function summary(outcome: Outcome): string {
  const ours = reportedFiles(outcome);
  const findings = flatMap(ours, ({ document }) => activeFindings(document));
  const affected = ours.filter(({ document }) => activeFindings(document).length > 0).length;
  const problems = ours.reduce((sum, { document }) => sum + document.problems.length, 0);
  const fixable = findings.filter(({ fixes }) => fixes.some(({ safe }) => safe)).length;
  return [
    findings.length === 0
      ? `No findings in ${count(ours.length, 'file')}.`
      : `${count(findings.length, 'finding')} in ${someFiles(affected, ours.length)}: ${severityCounts(findings)}.`,
    ...(problems === 0 ? [] : [`${count(problems, 'problem')}.`]),
    ...(fixable === 0 ? [] : [`${fixable} can be fixed with \`stackwarden lint --fix\`.`]),
    acceptedSentence(flatMap(ours, ({ document }) => document.findings)),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function severityTable(placed: readonly LocatedFinding[]): readonly string[] {
  if (placed.length === 0) return [];
  const numbers = SEVERITIES.map((severity) => placed.filter(({ finding }) => finding.severity === severity).length);
  return [row(SEVERITIES), row(SEVERITIES.map(() => '---:')), `${row(numbers.map(String))}\n`];
}

function rowsOf(placed: readonly LocatedFinding[], world: MarkdownWorld): readonly string[] {
  return placed
    .toSorted(bySeverity)
    .slice(0, MOST_ROWS)
    .map((one) =>
      row([gradeOf(one.finding), ruleLink(one.finding.rule, world), safeText(messageOf(one.finding)), placeOf(one)]),
    );
}

function tableText(rows: readonly string[], all: number): string {
  const more = all - rows.length;
  return [
    row(['Severity', 'Rule', 'Finding', 'Location']),
    row(['---', '---', '---', '---']),
    ...rows,
    '',
    ...(more > 0 ? [`The details have ${count(more, 'more finding')}.\n`] : []),
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function placeOf({ path, region }: LocatedFinding): string {
  return tableCode(`${path}:${region.line}`);
}

/** A code span in a table, where a vertical bar ends the cell. https://github.github.com/gfm/#example-200 */
function tableCode(text: string): string {
  return markdownCode(text).replaceAll('|', '\\|');
}

/** The files with findings, the most severe first, and those with problems, collapsed. */
function detailsOf(
  outcome: Outcome,
  placed: readonly LocatedFinding[],
  base: string,
  world: MarkdownWorld,
): readonly Part[] {
  const byFile = groupedBy(placed, ({ file }) => file.document.doc);
  return flatMap(reportedFiles(outcome), (file): readonly Part[] => {
    const findings = byFile.get(file.document.doc) ?? [];
    const problems = problemItems(file);
    if (findings.length === 0 && problems.length === 0) return [];
    const path = shownUri(file.document.doc, base);
    const title = [
      ...(findings.length > 0 ? [count(findings.length, 'finding')] : []),
      ...(problems.length > 0 ? [count(problems.length, 'problem')] : []),
    ].join(', ');
    const items = [...problems, ...findings.map((one) => findingItem(one, world))];
    return [
      {
        text: `<details><summary><code>${htmlText(path)}</code>: ${title}</summary>\n\n${items.join('\n')}\n\n</details>\n`,
        findings: findings.length,
        rank: Math.min(SEVERITIES.length, ...findings.map(({ finding }) => SEVERITIES.indexOf(finding.severity))),
      },
    ];
  }).sort((a, b) => a.rank - b.rank);
}

function problemItems(file: LintedFile): readonly string[] {
  const places = new Places(file);
  const words: Readonly<Record<Problem['kind'], string>> = {
    syntax: 'Syntax error',
    document: 'Problem',
    internal: 'Internal error',
  };
  return file.document.problems.map(
    ({ kind, message, at }) => `- **${words[kind]}**, line ${regionOf(at, places).line}: ${safeText(message)}`,
  );
}

function findingItem({ finding, region }: LocatedFinding, world: MarkdownWorld): string {
  const resource = finding.resource === null ? '' : `, ${markdownCode(finding.resource)}`;
  return [
    `- **${gradeOf(finding)}** ${ruleLink(finding.rule, world)}, line ${region.line}${resource}: ${safeText(messageOf(finding))}`,
    ...finding.fixes.map(({ title, safe }) => `  - ${safe ? 'Fix' : 'Suggestion'}: ${safeText(title)}`),
  ].join('\n');
}

function notChecked(outcome: Outcome): readonly string[] {
  const missed = [
    ...outcome.failures.map(({ path, reason }) => `- ${markdownCode(path)} ${safeText(reason)}.`),
    ...outcome.configurationFaults.map(({ path, problem }) => `- ${markdownCode(path)}: ${safeText(problem.message)}`),
    ...notFullyChecked(outcome).map(({ path, reason }) => `- ${markdownCode(path)}: ${safeText(reason)}`),
  ];
  if (missed.length === 0) return [];
  const more = missed.length - MOST_MISSED;
  return ['**Incomplete results**\n', ...missed.slice(0, MOST_MISSED), ...(more > 0 ? [`- ${more} more`] : []), ''];
}

/** The maximum number of listed files that were not checked. */
const MOST_MISSED = 20;

function ruleLink(id: string, { program }: MarkdownWorld): string {
  const page = pageAddress({ id }, program);
  return page === undefined ? markdownCode(id) : `[${id}](${page})`;
}

/**
 * Text of documents as Markdown without markup. A comment after `@` and `#` keeps GitHub from notifying people and
 * linking issues, which happens after escapes are read.
 */
function safeText(text: string): string {
  return markdownText(text).replaceAll(/\\[@#]/g, '$&<!-- -->');
}

function htmlText(text: string): string {
  return inert(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
