/** The command line over a folder in a fresh process, compared with AWS's engine on the same files. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { DOCUMENTS, manyTemplates } from '../documents/catalogue.ts';
import type { Figure, Settings } from './figures.ts';
import { runProcess, type Ended } from './run-process.ts';
import { median } from './statistics.ts';

const AWS_ENGINE = fileURLToPath(new URL('aws-engine.cjs', import.meta.url));
const OWN_ENGINE = fileURLToPath(new URL('own-engine.ts', import.meta.url));
const SCHEMAS = fileURLToPath(new URL('../../../schemas', import.meta.url));

/** How many times each template is analyzed to measure a warm engine. */
const WARM_ROUNDS = 10;

export async function* commandLineSection(settings: Settings): AsyncGenerator<Figure> {
  const root = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const count = settings.isQuick ? 40 : 240;
    for (const [name, text] of manyTemplates(count)) write(root, name, text);
    for (const { name, extension, make } of DOCUMENTS.filter(({ name: one }) =>
      /^(?:cloudformation|sam).*-(?:35|60)k$/.test(one),
    ))
      write(root, name + extension, make());
    const folders: (readonly [folder: string, what: string])[] = [
      [root, `${String(templatesIn(root).length)} templates`],
    ];
    if (settings.folder !== undefined) folders.push([settings.folder, 'the given folder']);
    for (const [folder, what] of folders) {
      yield* await overFolder(settings, folder, what);
      yield* await oneByOne(settings, folder, what);
    }
  } finally {
    rmSync(root, { recursive: true });
  }
}

function write(root: string, name: string, text: string): void {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, name), text);
}

/** The files below a folder that may be templates. */
function templatesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ya?ml|json|template)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /^\s*"?Resources"?\s*:/m.test(readFileSync(path, 'utf8')))
    .sort();
}

async function overFolder({ dist, isQuick }: Settings, folder: string, what: string): Promise<readonly Figure[]> {
  const [own, aws]: [Ended[], Ended[]] = [[], []];
  const hasEngine = isInstalled('@aws/cloudformation-validate');
  const files = templatesIn(folder);
  for (let round = 0; round < (isQuick ? 1 : 5); round++) {
    own.push(await runProcess([`${dist}/cli.cjs`, 'lint', folder]));
    if (hasEngine) aws.push(await runProcess([AWS_ENGINE, ...files]));
  }
  const of = (runs: readonly Ended[], key: 'time' | 'cpu'): number => median(runs.map((run) => run[key]));
  const time = of(own, 'time');
  return [
    {
      section: 'command-line',
      name: `${what}: fresh process`,
      measured: time,
      unit: 'ms',
      ...(hasEngine
        ? { goal: of(aws, 'time') / 5, reference: { name: "AWS's engine", measured: of(aws, 'time') } }
        : {}),
    },
    {
      section: 'command-line',
      name: `${what}: processor time of all threads`,
      measured: of(own, 'cpu'),
      unit: 'ms',
      ...(hasEngine ? { reference: { name: "AWS's engine", measured: of(aws, 'cpu') } } : {}),
    },
  ];
}

/** Both engines on each template by itself in one process, when they are warm. */
async function oneByOne({ isQuick }: Settings, folder: string, what: string): Promise<readonly Figure[]> {
  if (!isInstalled('@aws/cloudformation-validate')) return [];
  const bundle = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const program = join(bundle, 'own-engine.cjs');
    // The rules of the build are in an archive that only its entry points load.
    await build({
      entryPoints: [OWN_ENGINE],
      outfile: program,
      bundle: true,
      platform: 'node',
      mainFields: ['module', 'main'],
      logLevel: 'error',
    });
    const files = templatesIn(folder);
    const rounds = String(isQuick ? 2 : WARM_ROUNDS);
    const own = timesIn(await runProcess([program, SCHEMAS, rounds, ...files]));
    const aws = timesIn(await runProcess([AWS_ENGINE, '--each', rounds, ...files]));
    const read = aws.flatMap((time, index) => (time === null ? [] : [{ aws: time, own: own[index]! }]));
    const sum = (of: 'aws' | 'own'): number => read.reduce((total, one) => total + one[of], 0);
    return [
      {
        section: 'command-line',
        name: `${what}, one by one in a warm process`,
        measured: sum('own'),
        unit: 'ms',
        goal: sum('aws') / 2,
        reference: { name: "AWS's engine", measured: sum('aws') },
      },
      {
        section: 'command-line',
        name: `${what}, one by one in a warm process: slower than AWS's engine`,
        measured: read.filter((one) => one.own > one.aws).length,
        unit: 'templates',
        goal: 0,
      },
    ];
  } finally {
    rmSync(bundle, { recursive: true });
  }
}

/** The times that a process prints. */
function timesIn({ output }: Ended): readonly (number | null)[] {
  return JSON.parse(output) as readonly (number | null)[];
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
