/** Large documents on the command line, each in a process of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { cloudFormation } from '../documents/cloudformation.ts';
import { entangledConditions, independentConditions } from '../documents/conditions.ts';
import { plan } from '../terraform-records.ts';
import { MEGABYTE, type Figure, type Settings } from './figures.ts';
import { versionNote } from './node-version.ts';
import { runProcess, type Ended } from './run-process.ts';

interface Subject {
  readonly name: string;
  readonly file: string;
  readonly make: () => string;
  /** The most milliseconds and megabytes. */
  readonly goals?: { readonly time: number; readonly memory?: number };
  readonly isSlow?: true;
}

const SUBJECTS: readonly Subject[] = [
  { name: 'template of 1 MB', file: 'a.yaml', make: () => cloudFormation(1e6, 'yaml', { detail: 4 }) },
  {
    name: 'template of 20 MB, 10,766 resources',
    file: 'a.yaml',
    make: () => cloudFormation(20e6, 'yaml', { detail: 4, mostResources: Infinity }),
    goals: { time: 10_000, memory: 500 },
    isSlow: true,
  },
  {
    name: 'template of 20 MB, 24,886 resources',
    file: 'a.yaml',
    make: () => cloudFormation(20e6, 'yaml', { mostResources: Infinity }),
    isSlow: true,
  },
  { name: 'plan of 0.5 MB', file: 'plan.json', make: () => plan(500_000) },
  { name: 'plan of 5 MB', file: 'plan.json', make: () => plan(5e6) },
  { name: 'plan of 50 MB', file: 'plan.json', make: () => plan(50e6), goals: { time: 6_000 }, isSlow: true },
  { name: '100 parameters and conditions', file: 'a.yaml', make: () => independentConditions(100) },
  { name: '200 parameters and conditions', file: 'a.yaml', make: () => independentConditions(200) },
  { name: '50 conditions that depend on one another', file: 'a.yaml', make: () => entangledConditions(50) },
];

export async function* largeSection({ dist, isQuick, document, nodes }: Settings): AsyncGenerator<Figure> {
  const root = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    for (const subject of SUBJECTS) {
      if ((isQuick && subject.isSlow) || !subject.name.includes(document)) continue;
      const path = join(root, subject.file);
      const text = subject.make();
      writeFileSync(path, text);
      const run = (node?: string): Promise<Ended> => runProcess([`${dist}/cli.cjs`, 'lint', path], node);
      const reference = subject.file.endsWith('.json')
        ? { name: '`JSON.parse`', measured: parseTime(text) }
        : undefined;
      yield* figuresOf(subject, await run(), reference ? { reference } : {});
      if (subject.goals)
        for (const node of nodes) yield* figuresOf(subject, await run(node), { note: versionNote(node) });
    }
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** `note` is text after the names of the figures. */
function figuresOf(
  { name, goals }: Subject,
  ended: Ended,
  { note = '', reference }: { readonly note?: string } & Pick<Figure, 'reference'>,
): readonly Figure[] {
  return [
    {
      section: 'large',
      name: `${name}: command line${note}`,
      measured: ended.time,
      unit: 'ms',
      ...(goals ? { goal: goals.time } : {}),
      ...(reference ? { reference } : {}),
    },
    {
      section: 'large',
      name: `${name}: most memory${note}`,
      measured: ended.peak / MEGABYTE,
      unit: 'MB',
      ...(goals?.memory === undefined ? {} : { goal: goals.memory }),
    },
  ];
}

function parseTime(text: string): number {
  const start = performance.now();
  JSON.parse(text);
  return performance.now() - start;
}
