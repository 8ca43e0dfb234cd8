/**
 * `npm run bench`: what an analysis costs, beside what other programs take for the same text in the same run. Absolute times
 * depend on the machine; read the ratios. Every row is the median of rounds in which all candidates take turns.
 */
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import type { Snapshot } from '../../server/src/base/snapshot.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { analyze } from '../../server/src/engine/analyze.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { ADVERSARIES } from './adversarial.ts';
import { directory, template, terraform } from './documents.ts';
import { plan, state } from './terraform-records.ts';

const OPTIONS: AnalysisOptions = { profile: 'recommended', certainty: 'certain', configuration: DEFAULT_CONFIGURATION };

interface Subject {
  readonly name: string;
  /** The document that is edited. */
  readonly doc: string;
  readonly text: string;
  /** Other files that belong to it, by uri. */
  readonly beside?: ReadonlyMap<string, string>;
  readonly reference: { readonly name: string; readonly run: (text: string) => unknown };
  readonly rounds: number;
}

const YAML = { name: 'yaml parseDocument', run: (text: string) => parseDocument(text, { logLevel: 'silent' }) };
const JSON_PARSE = { name: 'JSON.parse', run: (text: string) => JSON.parse(text) as unknown };

/** A directory in which the first file is edited. */
function directorySubject(name: string, main: number, others: number): Subject {
  const [[, text], ...rest] = [...directory(main, others)] as [[string, string], ...[string, string][]];
  return {
    name,
    doc: 'file:///b/main.tf.json',
    text,
    beside: new Map(rest.map(([file, content]) => [`file:///b/${file}`, content])),
    reference: YAML,
    rounds: 7,
  };
}

const SUBJECTS: readonly Subject[] = [
  { name: 'CloudFormation YAML 5 KB', doc: 'file:///b/a.yaml', text: template(5_000), reference: YAML, rounds: 60 },
  { name: 'CloudFormation YAML 60 KB', doc: 'file:///b/a.yaml', text: template(60_000), reference: YAML, rounds: 40 },
  { name: 'CloudFormation YAML 500 KB', doc: 'file:///b/a.yaml', text: template(500_000), reference: YAML, rounds: 7 },
  {
    name: 'Terraform JSON 60 KB',
    doc: 'file:///b/main.tf.json',
    text: terraform(60_000),
    reference: JSON_PARSE,
    rounds: 40,
  },
  { name: 'plan 60 KB', doc: 'file:///b/plan.json', text: plan(60_000), reference: JSON_PARSE, rounds: 40 },
  { name: 'plan 0.5 MB', doc: 'file:///b/plan.json', text: plan(500_000), reference: JSON_PARSE, rounds: 9 },
  { name: 'plan 5 MB', doc: 'file:///b/plan.json', text: plan(5_000_000), reference: JSON_PARSE, rounds: 3 },
  { name: 'state 5 MB', doc: 'file:///b/terraform.tfstate', text: state(5_000_000), reference: JSON_PARSE, rounds: 3 },
  directorySubject('Terraform directory of 12 files, 60 KB in all', 5_000, 11),
  directorySubject('Terraform directory of 200 files, one of 60 KB', 60_000, 199),
];

/** The text with one character more, as after a keystroke. */
function edited(text: string, round: number): string {
  const at = text.indexOf('\n', text.length >> 1);
  return at < 0
    ? `${text}${' '.repeat((round % 3) + 1)}`
    : `${text.slice(0, at)}${' '.repeat((round % 3) + 1)}${text.slice(at)}`;
}

function measure(subject: Subject): void {
  const { doc, text, beside = new Map<string, string>(), reference, rounds } = subject;
  const cache = new ParseCache();
  const samples: Record<string, number[]> = {};
  const time = (name: string, run: () => unknown): void => {
    const start = performance.now();
    run();
    (samples[name] ??= []).push(performance.now() - start);
  };
  let counts = '';
  for (let round = 0; round < rounds + 3; round++) {
    const now = edited(text, round);
    const reader = memoryReader(new Map([[doc, now], ...beside]));
    let snapshot: Snapshot | undefined;
    time('character scan', () => scan(now));
    time(reference.name, () => reference.run(now));
    time('parse', () => parse(doc, now));
    time('read and evaluate', () => {
      snapshot = collect(reader, [doc], OPTIONS, cache);
    });
    time('rules', () => analyze(snapshot!, OPTIONS, cache));
    const parsesBefore = cache.parses;
    time('edit to diagnostics', () =>
      analyze(collect(memoryReader(new Map([[doc, `${now} `], ...beside])), [doc], OPTIONS, cache), OPTIONS, cache),
    );
    const analysis = analyze(snapshot!, OPTIONS, cache);
    counts = `${analysis.documents[0]!.findings.length} findings, ${analysis.work.ruleCalls} rule calls, ${analysis.work.evaluations} evaluations, ${cache.parses - parsesBefore} parse an edit`;
    if (round < 3) for (const list of Object.values(samples)) list.length = 0;
  }
  const base = median(samples[reference.name]!);
  console.log(`\n${subject.name} (${text.length.toLocaleString('en')} characters; ${counts})`);
  for (const [name, list] of Object.entries(samples)) {
    const middle = median(list);
    console.log(
      `  ${name.padEnd(22)} ${middle.toFixed(2).padStart(9)} ms   ${(middle / base).toFixed(2).padStart(7)} x ${reference.name}`,
    );
  }
}

/** What a template costs that tries to cost more than it is long: beside reading the same text, and how that grows with its size. */
function measureAdversaries(): void {
  console.log(`\ntemplates that try to cost more than they are long ${'KB'.padStart(27)}   ms   x parse   incomplete`);
  for (const [name, { text, size, language }] of Object.entries(ADVERSARIES))
    for (const factor of [1, 4]) {
      const doc = language === 'json' ? 'file:///b/a.json' : 'file:///b/a.yaml';
      const written =
        language === 'json' ? text(factor * size) : `AWSTemplateFormatVersion: 2010-09-09\n${text(factor * size)}`;
      const parsing: number[] = [];
      const whole: number[] = [];
      let incomplete = '';
      for (let round = 0; round < 5; round++) {
        const start = performance.now();
        parse(doc, written);
        const read = performance.now();
        const cache = new ParseCache();
        const analysis = analyze(
          collect(memoryReader(new Map([[doc, written]])), [doc], OPTIONS, cache),
          OPTIONS,
          cache,
        );
        whole.push(performance.now() - read);
        parsing.push(read - start);
        incomplete = analysis.incomplete.map(({ reason }) => reason.split(',')[0]).join('; ');
      }
      console.log(
        `  ${name.padEnd(56)} x${factor} ${(written.length / 1000).toFixed(0).padStart(15)} ${median(whole).toFixed(0).padStart(7)} ${(median(whole) / median(parsing)).toFixed(1).padStart(8)}   ${incomplete}`,
      );
    }
}

function scan(text: string): number {
  let lines = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) === 10) lines++;
  return lines;
}

function median(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

/** From the start of the process to its first byte of output. */
function coldStart(name: string, args: readonly string[], input: string, expected: string): Promise<void> {
  const once = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const start = performance.now();
      const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
      let seen = '';
      child.stdout.on('data', (data: Buffer) => {
        seen += data.toString('utf8');
        if (!seen.includes(expected)) return;
        resolve(performance.now() - start);
        child.kill();
      });
      child.on('error', reject);
      child.on('exit', () => resolve(performance.now() - start));
      child.stdin.on('error', () => undefined);
      child.stdin.write(input);
    });
  return (async () => {
    const times: number[] = [];
    for (let i = 0; i < 9; i++) times.push(await once());
    console.log(`  ${name.padEnd(34)} ${median(times).toFixed(0).padStart(6)} ms`);
  })();
}

const initialize = (() => {
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities: {} },
  });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
})();

/** What one document costs in a process of its own, from the text to the findings, and the most memory that it takes. */
async function measureLarge(): Promise<void> {
  console.log('\nlarge documents, each in a process of its own       MB        ms   ms a MB   peak MB   x text');
  for (const kind of ['plan', 'state'])
    for (const size of [0.5, 5, 50]) {
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', fileURLToPath(new URL('large.ts', import.meta.url)), kind, String(size)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let out = '';
      child.stdout.on('data', (data: Buffer) => {
        out += data.toString('utf8');
      });
      await new Promise((resolve) => {
        child.on('exit', resolve);
      });
      const { length, time, before, peak } = JSON.parse(out) as {
        readonly length: number;
        readonly time: number;
        readonly before: number;
        readonly peak: number;
      };
      const [mb, used] = [length / 1e6, (peak - before) / 1e6];
      console.log(
        `  ${kind.padEnd(44)} ${mb.toFixed(1).padStart(7)} ${time.toFixed(0).padStart(9)} ${(time / mb).toFixed(0).padStart(9)} ${(peak / 1e6).toFixed(0).padStart(9)} ${(used / mb).toFixed(1).padStart(8)}`,
      );
    }
}

const only = process.argv[2];
for (const subject of SUBJECTS) if (!only || subject.name.includes(only)) measure(subject);
if (!only || only === 'adversarial') measureAdversaries();
if (!only || only === 'large') await measureLarge();
if (!only || only === 'start') {
  console.log('\nfrom start to first output (run npm run build first)');
  await coldStart('node alone', ['-e', 'console.log("ready")'], '', 'ready');
  await coldStart('stackwarden --version', ['dist/cli.cjs', '--version'], '', '0.');
  await coldStart(
    'stackwarden lint, one template',
    ['dist/cli.cjs', 'lint', 'examples/cloudformation'],
    '',
    'stackwarden',
  );
  await coldStart('language server, initialize', ['dist/server.cjs', '--stdio'], initialize, 'capabilities');
}
