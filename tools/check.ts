/**
 * Checks all documents below some folders: format, findings, duration, and the invariants of the analysis and of each
 * fix. `npm run check -- DIR… [--json FILE] [--samples] [--rule ID] [--profile P] [--certainty C]`
 *
 * Prints a table of the supported documents and the totals; exits with 1 when an invariant is violated.
 */
import { CANDIDATE_FILES } from '../server/src/model/format.ts';
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { LineIndex } from '../server/src/base/line-index.ts';
import { DEFAULT_CONFIGURATION } from '../server/src/config/configuration.ts';
import type { AnalysisOptions, DocumentAnalysis } from '../server/src/engine/analysis.ts';
import { run } from '../server/src/engine/run.ts';
import { discover } from '../server/src/host/discover.ts';
import { nodeReader } from '../server/src/host/node.ts';
import { rootOf } from '../server/src/host/root.ts';
import { uriOf } from '../server/src/host/uri.ts';
import type { Certainty, Finding, Profile } from '../server/src/model/finding.ts';
import { PROFILES } from '../server/src/model/profile.ts';
import { examine } from '../test/kit/invariants.ts';
import { SCHEMAS } from '../test/kit/memory-reader.ts';

interface Row {
  readonly path: string;
  readonly analysis: DocumentAnalysis | undefined;
  readonly milliseconds: number;
  readonly broken: readonly string[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    samples: { type: 'boolean', default: false },
    rule: { type: 'string', multiple: true },
    profile: { type: 'string', default: 'strict' },
    certainty: { type: 'string', default: 'possible' },
    root: { type: 'string' },
  },
});

/** How many problems of one file are printed. */
const SHOWN_PROBLEMS = 3;

const options: AnalysisOptions = {
  profile: PROFILES.find((profile) => profile === values.profile) ?? ('strict' satisfies Profile),
  certainty: (values.certainty === 'certain' ? 'certain' : 'possible') satisfies Certainty,
  configuration: DEFAULT_CONFIGURATION,
  ...(values.rule ? { rules: new Set(values.rule) } : {}),
};

const { files, failures } = discover(positionals, process.cwd(), CANDIDATE_FILES);
const rows = files.map(({ path }) => rowOf(path));
const ours = rows.filter(({ analysis }) => analysis?.format !== 'none');

printTable(ours);
if (values.samples) for (const row of ours) printSamples(row);
printTotals();
if (values.json) writeFileSync(values.json, `${JSON.stringify({ failures, files: rows }, null, 1)}\n`);
process.exitCode = failures.length > 0 || rows.some(({ broken }) => broken.length > 0) ? 1 : 0;

function rowOf(path: string): Row {
  const reader = nodeReader({ root: rootOf(path, { root: values.root }), schemas: SCHEMAS });
  const doc = uriOf(path);
  const start = performance.now();
  try {
    run(reader, [doc], options);
  } catch {
    // It is thrown again, and reported, below.
  }
  const milliseconds = performance.now() - start;
  const { analysis, broken } = examine(reader, [doc], options);
  return { path: relative(process.cwd(), path), analysis: analysis?.documents[0], milliseconds, broken };
}

function printTable(shown: readonly Row[]): void {
  const lines = [
    ['format', 'ms', 'problems', 'certain', 'possible', 'fixes', 'broken', 'path'],
    ...shown.map(({ path, analysis, milliseconds, broken }) => {
      const findings = analysis?.findings ?? [];
      const count = (certainty: Certainty): string =>
        String(findings.filter((finding) => finding.certainty === certainty).length);
      return [
        analysis?.format ?? '?',
        milliseconds.toFixed(0),
        String(analysis?.problems.length ?? 0),
        count('certain'),
        count('possible'),
        String(findings.flatMap(({ fixes }) => fixes).length),
        String(broken.length),
        path,
      ];
    }),
  ];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  for (const line of lines)
    console.log(
      line
        .map((cell, column) =>
          column === 0 || column === line.length - 1
            ? cell.padEnd(column === 0 ? widths[0]! : 0)
            : cell.padStart(widths[column]!),
        )
        .join('  '),
    );
}

function printTotals(): void {
  const findings = ours.flatMap(({ analysis }) => analysis?.findings ?? []);
  const times = ours.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const at = (part: number): string => (times[Math.floor(part * (times.length - 1))] ?? 0).toFixed(0);
  console.log('\nby rule (certain, possible, safe fixes, suggestions):');
  for (const [rule, own] of grouped(findings, (finding) => finding.rule)) {
    const fixes = own.flatMap((finding) => finding.fixes);
    const certain = own.filter(({ certainty }) => certainty === 'certain').length;
    const safe = fixes.filter((fix) => fix.safe).length;
    console.log(`  ${rule}: ${certain}, ${own.length - certain}, ${safe}, ${fixes.length - safe}`);
  }
  console.log('\nby format:');
  for (const [format, own] of grouped(rows, (row) => row.analysis?.format ?? 'threw'))
    console.log(`  ${format}: ${own.length}`);
  const problems = ours.filter(({ analysis }) => (analysis?.problems.length ?? 0) > 0);
  if (problems.length > 0) console.log('\nproblems:');
  for (const { path, analysis } of problems) {
    const own = analysis?.problems ?? [];
    for (const {
      kind,
      message,
      at: { start },
    } of own.slice(0, SHOWN_PROBLEMS))
      console.log(`  ${path}: ${kind}: ${message} (at ${start})`);
    if (own.length > SHOWN_PROBLEMS) console.log(`  ${path}: and ${own.length - SHOWN_PROBLEMS} more`);
  }
  for (const { path, reason } of failures) console.log(`  ${path}: ${reason}`);
  const broken = rows.filter((row) => row.broken.length > 0);
  if (broken.length > 0) console.log('\nbroken:');
  for (const row of broken) for (const line of row.broken) console.log(`  ${row.path}: ${line}`);
  console.log(
    `\n${rows.length} files, ${ours.length} of them ours; ${findings.length} findings; ${rows.flatMap((row) => row.broken).length} broken; ` +
      `median ${at(0.5)} ms, 95 % within ${at(0.95)} ms, at most ${at(1)} ms`,
  );
}

function printSamples({ path, analysis }: Row): void {
  if (!analysis || analysis.findings.length === 0) return;
  const answer = nodeReader({ root: rootOf(path, { root: values.root }), schemas: SCHEMAS }).file(analysis.doc);
  const written = answer.kind === 'text' ? answer.text : '';
  // Secrets are not shown, here as elsewhere.
  const text = analysis.findings
    .filter(({ topic }) => topic === 'secrets')
    .reduce(
      (masked, { at: { start, end } }) => masked.slice(0, start) + '*'.repeat(end - start) + masked.slice(end),
      written,
    );
  const lines = new LineIndex(text);
  for (const finding of analysis.findings) console.log(sample(path, text, lines, finding));
}

/** A finding with the lines around it. */
function sample(
  path: string,
  text: string,
  lines: LineIndex,
  { rule, severity, certainty, message, at, when, resource, path: place, fixes }: Finding,
): string {
  const { start, end } = lines.range(at);
  const line = (number: number): string => {
    const { start: from, end: to } = lines.line(text, number);
    return text.slice(from, to);
  };
  const shown = [start.line - 2, start.line - 1, start.line].filter((number) => number >= 0);
  const carets =
    ' '.repeat(start.character) +
    '^'.repeat(Math.max(1, (end.line === start.line ? end.character : line(start.line).length) - start.character));
  return [
    `\n${path}:${start.line + 1}:${start.character + 1} ${rule} ${severity} ${certainty}${when.map(({ name, value }) => ` ${name}=${String(value)}`).join('')}`,
    `  ${resource ?? ''} ${place}: ${message}`,
    ...shown.map((number) => `  | ${clip(line(number))}`),
    `  | ${clip(carets)}`,
    ...fixes.map((fix) => `  ${fix.safe ? 'fix' : 'suggestion'}: ${fix.title}`),
  ].join('\n');
}

function clip(line: string): string {
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

function grouped<T>(items: readonly T[], key: (item: T) => string): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
