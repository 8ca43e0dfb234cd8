/** Large documents on the command line, each in a process of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { cloudFormation } from '../documents/cloudformation.ts';
import { entangledConditions, independentConditions } from '../documents/conditions.ts';
import { plan } from '../terraform-records.ts';
import { MEGABYTE, type Figure, type Settings } from './figures.ts';
import { runProcess } from './run-process.ts';

interface Subject {
  readonly name: string;
  readonly file: string;
  readonly make: () => string;
  /** The most milliseconds and megabytes. */
  readonly goals?: readonly [time: number, memory?: number];
  readonly isSlow?: true;
}

const SUBJECTS: readonly Subject[] = [
  { name: 'template of 1 MB', file: 'a.yaml', make: () => cloudFormation(1e6, 'yaml', { detail: 4 }) },
  {
    name: 'template of 20 MB, 10,766 resources',
    file: 'a.yaml',
    make: () => cloudFormation(20e6, 'yaml', { detail: 4, mostResources: Infinity }),
    goals: [10_000, 500],
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
  { name: 'plan of 50 MB', file: 'plan.json', make: () => plan(50e6), goals: [6_000], isSlow: true },
  { name: '100 parameters and conditions', file: 'a.yaml', make: () => independentConditions(100) },
  { name: '200 parameters and conditions', file: 'a.yaml', make: () => independentConditions(200) },
  { name: '50 conditions that depend on one another', file: 'a.yaml', make: () => entangledConditions(50) },
];

export async function* largeSection({ dist, isQuick, document }: Settings): AsyncGenerator<Figure> {
  const root = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    for (const { name, file, make, goals: [time, memory] = [], isSlow } of SUBJECTS) {
      if ((isQuick && isSlow) || !name.includes(document)) continue;
      const path = join(root, file);
      const text = make();
      writeFileSync(path, text);
      const ended = await runProcess([`${dist}/cli.cjs`, 'lint', path]);
      yield* [
        {
          section: 'large',
          name: `${name}: command line`,
          measured: ended.time,
          unit: 'ms',
          ...(time === undefined ? {} : { goal: time }),
          ...(file.endsWith('.json') ? { reference: { name: '`JSON.parse`', measured: parseTime(text) } } : {}),
        },
        {
          section: 'large',
          name: `${name}: most memory`,
          measured: ended.peak / MEGABYTE,
          unit: 'MB',
          ...(memory === undefined ? {} : { goal: memory }),
        },
      ] satisfies readonly Figure[];
    }
  } finally {
    rmSync(root, { recursive: true });
  }
}

function parseTime(text: string): number {
  const start = performance.now();
  JSON.parse(text);
  return performance.now() - start;
}
