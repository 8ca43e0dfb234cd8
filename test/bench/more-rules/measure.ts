/**
 * `npx tsx test/bench/more-rules/measure.ts [sizes] [start] [first] [edit]`: builds the program with 500 more rules, or
 * with `--rules COUNT`, into `.cache/more-rules/`, and says what they change: the size of the package (run
 * `npm run package` first), the start of the command line, the first diagnostics of a server with the parts with rules
 * that it loads and its memory, and edits (`--edits COUNT` of each document).
 *
 * Both builds do the same in turn, so that other work of the machine concerns both. Times are processor time: of the
 * command line that of all threads, of a server that of the main thread. Each is a median with its quartiles, and the
 * change is the median of the differences in pairs, with the interval in which it lies with a probability of 95 %.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { documentNamed } from '../documents/catalogue.ts';
import { runProcess } from '../measure/run-process.ts';
import { median, medianInterval, percentile } from '../measure/statistics.ts';
import { buildWith } from './copy.ts';
import { firstDiagnostics, interleavedEdits } from './interleaved.ts';
import { packageSizes } from './sizes.ts';
import { makeRules } from './sources.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const COPY = join(ROOT, '.cache/more-rules');
const BUILDS = [ROOT, COPY].map((root) => join(root, 'dist'));

const SECTIONS = ['sizes', 'start', 'first', 'edit'];
const SMALL = 'cloudformation-yaml-6k';
const DOCUMENTS = [SMALL, 'cloudformation-yaml-60k'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rules: { type: 'string', default: '500' },
    edits: { type: 'string', default: '150' },
    starts: { type: 'string', default: '31' },
  },
});
const sections = positionals.length > 0 ? positionals : SECTIONS;

/** The processor time of linting a small document on the command line, of each build in turn, in milliseconds. */
async function starts(count: number): Promise<readonly (readonly number[])[]> {
  const { extension, make } = documentNamed(SMALL);
  mkdirSync(COPY, { recursive: true });
  const path = join(COPY, `document${extension}`);
  writeFileSync(path, make());
  // Code that longer runs of one of the builds have kept takes longer to load.
  const code = join(COPY, 'code');
  rmSync(code, { recursive: true, force: true });
  process.env['NODE_COMPILE_CACHE'] = code;
  const times: number[][] = BUILDS.map(() => []);
  for (let i = 0; i < count; i++)
    for (const [index, dist] of BUILDS.entries()) {
      const { cpu } = await runProcess([join(dist, 'cli.cjs'), 'lint', path]);
      // The first start of a build compiles it and keeps the code.
      if (i > 0) times[index]!.push(cpu);
    }
  return times;
}

const percent = (ratio: number): string => `${ratio < 0 ? '' : '+'}${(ratio * 100).toFixed(1)} %`;

/** A row with what is known of measured values. */
function timeRow(name: string, [now = [], then = []]: readonly (readonly number[])[], unit = 'ms'): string {
  const spread = (times: readonly number[]): string =>
    `${median(times).toFixed(1)} (${[0.25, 0.75].map((part) => percentile(times, part).toFixed(1)).join('–')})`;
  const changes = now.map((one, index) => (then[index]! - one) / median(now));
  const [low, high] = medianInterval(changes);
  return `${name.padEnd(36)} ${spread(now).padStart(20)} ${spread(then).padStart(20)} ${unit} ${percent(median(changes)).padStart(8)} (${percent(low)} to ${percent(high)})`;
}

function sizeRow(name: string, now: number, then: number): string {
  const [before, after] = [now, then].map((value) => value.toLocaleString('en'));
  return `${name.padEnd(36)} ${before!.padStart(20)} ${after!.padStart(20)} bytes ${percent(then / now - 1)}`;
}

const rules = makeRules(Number(values.rules), ROOT);
buildWith(rules, ROOT, COPY);
if (sections.includes('sizes'))
  for (const [name, now, then] of packageSizes(rules, ROOT, COPY)) console.log(sizeRow(name, now, then));
if (sections.includes('start')) console.log(timeRow(`start, ${SMALL}`, await starts(Number(values.starts))));
if (sections.includes('first'))
  for (const name of DOCUMENTS) {
    const [now, then] = await firstDiagnostics(BUILDS, name, Number(values.starts));
    console.log(timeRow(`first diagnostics, ${name}`, [now!.times, then!.times]));
    console.log(timeRow(`memory, ${name}`, [now!.heaps, then!.heaps], 'KB'));
    const parts = ({ characters }: typeof now & object): string =>
      `${String(characters.size)} with ${[...characters.values()].reduce((sum, one) => sum + one, 0).toLocaleString('en')} characters`;
    console.log(`parts with rules, ${name}: ${parts(now!)}, then ${parts(then!)}`);
  }
if (sections.includes('edit'))
  for (const name of DOCUMENTS) {
    const options = { edits: Number(values.edits), warmUp: 40 };
    const both = await interleavedEdits(BUILDS, name, options);
    console.log(
      timeRow(
        `edit, ${name}`,
        both.map(({ times }) => times),
      ),
    );
    console.log(`parts loaded by edits: ${both.map(({ parts }) => String(parts)).join(', then ')}`);
  }
