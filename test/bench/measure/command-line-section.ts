/** The command line over a folder in a fresh process, beside AWS's engine on the same files. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DOCUMENTS, manyTemplates } from '../documents/catalogue.ts';
import type { Figure, Settings } from './figures.ts';
import { runProcess, type Ended } from './run-process.ts';
import { median } from './statistics.ts';

const AWS_ENGINE = fileURLToPath(new URL('aws-engine.cjs', import.meta.url));

export async function* commandLineSection(settings: Settings): AsyncGenerator<Figure> {
  const root = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const count = settings.isQuick ? 40 : 240;
    for (const [name, text] of manyTemplates(count)) write(root, name, text);
    for (const { name, extension, make } of DOCUMENTS.filter(({ name: one }) =>
      /^(?:cloudformation|sam).*-(?:35|60)k$/.test(one),
    ))
      write(root, name + extension, make());
    yield* await overFolder(settings, root, `${String(templatesIn(root).length)} templates`);
    if (settings.folder !== undefined) yield* await overFolder(settings, settings.folder, 'the given folder');
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

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
