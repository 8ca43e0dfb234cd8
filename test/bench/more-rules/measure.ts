/**
 * `npx tsx test/bench/more-rules/measure.ts [COUNT]`: builds the program with 500 or COUNT more rules into
 * `.cache/more-rules/`, and says what they change: the start of the command line, edits, and the size of the package.
 * Run `npm run package` first.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, deflateRawSync } from 'node:zlib';
import type { PageArchive } from '../../../client/src/page-archive.ts';
import { compressed } from '../../../tools/package/data-archive.mjs';
import { ruleId, ruleIndex, rulePaths } from '../../../tools/rule-index.ts';
import { documentNamed } from '../documents/catalogue.ts';
import { measureEdits } from '../measure/edit.ts';
import { runProcess } from '../measure/run-process.ts';
import { ServerProcess } from '../measure/server-process.ts';
import { median } from '../measure/statistics.ts';
import { makeRules, type MadeRule } from './sources.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const COPY = join(ROOT, '.cache/more-rules');

/** How often each build is started, and the edits of each document, in two turns. */
const STARTS = 15;
const EDITS = 30;

/** The number of resource types of CloudFormation, and the size of what hovers say about one of them, in bytes. */
const TYPES = 1828;
const CARD = 600;

/** Makes a build with more rules. */
function buildWith(rules: readonly MadeRule[]): void {
  rmSync(COPY, { recursive: true, force: true });
  for (const name of [
    'server',
    'client',
    'tools/build',
    'tools/package/data-archive.mjs',
    'tools/build.mjs',
    'package.json',
  ])
    cpSync(join(ROOT, name), join(COPY, name), { recursive: true });
  symlinkSync(join(ROOT, 'schemas'), join(COPY, 'schemas'));
  const folder = join(COPY, 'server/src/rules');
  for (const { path, source } of rules) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), source);
  }
  const paths = [...rulePaths(), ...rules.map(({ path }) => path)].sort((a, b) => (ruleId(a) < ruleId(b) ? -1 : 1));
  writeFileSync(join(folder, 'index.ts'), ruleIndex(paths));
  execFileSync(process.execPath, ['tools/build.mjs'], { cwd: COPY, stdio: 'inherit' });
}

/** The sizes of what grows with the rules, in the package: its files are deflated, which packed ones already are. */
function sizes(root: string): Readonly<Record<string, number>> {
  const parts = join(root, 'dist/parts');
  const code = readdirSync(parts).filter((name) => name.endsWith('.cjs'));
  return {
    'index and engine': code.reduce(
      (sum, name) => sum + deflateRawSync(readFileSync(join(parts, name)), { level: 9 }).length,
      0,
    ),
    'code of rules': statSync(join(parts, 'rules-code.pack')).size,
    'texts of rules': statSync(join(parts, 'rules-texts.pack')).size,
  };
}

/** The size of the archive of pages now, and with the pages of more rules. */
function pageSizes(rules: readonly MadeRule[]): readonly [now: number, then: number] {
  const bytes = readFileSync(join(ROOT, '.cache/extension/docs.pack'));
  const archive = JSON.parse(brotliDecompressSync(bytes).toString('utf8')) as PageArchive;
  const more = Object.fromEntries(rules.map(({ path, page }) => [ruleId(path), page]));
  return [bytes.length, compressed(JSON.stringify({ ...archive, rules: { ...archive.rules, ...more } })).length];
}

/** The compressed size of cards for all types, by that of those for some. */
function cardSize(): number {
  const folder = join(ROOT, 'schemas/ownership');
  const text = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .map((json) => JSON.stringify(JSON.parse(json)))
    .join('\n');
  return Math.round((compressed(text).length / text.length) * Math.max(0, TYPES * CARD - text.length));
}

/** The processor time of linting a document on the command line, of each build in turn, in milliseconds. */
async function starts(roots: readonly string[]): Promise<readonly number[]> {
  const { extension, make } = documentNamed('cloudformation-yaml-6k');
  const path = join(COPY, `document${extension}`);
  writeFileSync(path, make());
  const times: number[][] = roots.map(() => []);
  for (let i = 0; i < STARTS; i++)
    for (const [index, root] of roots.entries())
      times[index]!.push((await runProcess([join(root, 'dist/cli.cjs'), 'lint', path])).cpu);
  return times.map(median);
}

/** The processor time of the main thread for an edit in the editor, of each build in turn, in milliseconds. */
async function edits(roots: readonly string[], name: string): Promise<readonly number[]> {
  const times: number[][] = roots.map(() => []);
  for (let turn = 0; turn < 2; turn++)
    for (const [index, root] of roots.entries()) {
      const server = await ServerProcess.started([join(root, 'dist/server.cjs'), '--stdio']);
      times[index]!.push(...(await measureEdits(server, name, { edits: EDITS, warmUp: 15 })).mainThread);
      await server.stop();
    }
  return times.map(median);
}

function row(name: string, [now, then]: readonly number[], unit: string): string {
  const change = `${then! < now! ? '' : '+'}${((then! / now! - 1) * 100).toFixed(1)} %`;
  const shown = (value: number): string => (unit === 'ms' ? value.toFixed(1) : value.toLocaleString('en'));
  return `${name.padEnd(28)} ${shown(now!).padStart(11)} ${shown(then!).padStart(11)} ${unit} ${change.padStart(9)}`;
}

const rules = makeRules(Number(process.argv[2] ?? 500), ROOT);
buildWith(rules);
const [now, then] = [sizes(ROOT), sizes(COPY)];
const grown = [
  ...Object.keys(now).map((name) => [name, now[name]!, then[name]!] as const),
  ['pages', ...pageSizes(rules)] as const,
];
const total = statSync(join(ROOT, 'dist/stackwarden.vsix')).size;
const more = grown.reduce((sum, [, before, after]) => sum + after - before, 0);
for (const [name, ...both] of grown) console.log(row(name, both, 'bytes'));
console.log(row('package', [total, total + more], 'bytes'));
console.log(row('package with all cards', [total, total + more + cardSize()], 'bytes'));
const roots = [ROOT, COPY];
console.log(row('start, 6 KB', await starts(roots), 'ms'));
for (const name of ['cloudformation-yaml-6k', 'cloudformation-yaml-60k'])
  console.log(row(`edit, ${name}`, await edits(roots, name), 'ms'));
