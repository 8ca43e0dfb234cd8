/** Edits of documents of all formats, beside what a parser takes for the same text. */
import { performance } from 'node:perf_hooks';
import { parseDocument } from 'yaml';
import { documentNamed } from '../documents/catalogue.ts';
import { measureEdits } from './edit.ts';
import type { Figure, Settings } from './figures.ts';
import { serverOf, ServerProcess } from './server-process.ts';
import { median, percentile } from './statistics.ts';

interface Subject {
  readonly document: string;
  readonly title: string;
  /** The most milliseconds from an edit to its diagnostics, and that the server may be blocked. */
  readonly goals?: { readonly edit: number; readonly block: number };
  readonly reference?: { readonly name: string; readonly run: (text: string) => unknown };
}

const YAML = {
  name: '`yaml` parses the text',
  run: (text: string): unknown => parseDocument(text, { logLevel: 'silent' }),
};
const JSON_PARSE = { name: '`JSON.parse`', run: (text: string): unknown => JSON.parse(text) };

const AT_60_KB = { edit: 16, block: 8 };
const AT_1_MB = { edit: 150, block: 16 };

const SUBJECTS: readonly Subject[] = [
  { document: 'cloudformation-yaml-60k', title: 'CloudFormation YAML, 60 KB', goals: AT_60_KB, reference: YAML },
  { document: 'cloudformation-json-60k', title: 'CloudFormation JSON, 60 KB', goals: AT_60_KB, reference: JSON_PARSE },
  { document: 'sam-yaml-60k', title: 'SAM YAML, 60 KB', goals: AT_60_KB, reference: YAML },
  { document: 'terraform-hcl-60k', title: 'Terraform HCL, 60 KB', goals: AT_60_KB },
  { document: 'terraform-json-60k', title: 'Terraform JSON, 60 KB', goals: AT_60_KB, reference: JSON_PARSE },
  { document: 'cloudformation-yaml-1m', title: 'CloudFormation YAML, 1 MB', goals: AT_1_MB, reference: YAML },
  { document: 'cloudformation-json-1m', title: 'CloudFormation JSON, 1 MB', goals: AT_1_MB, reference: JSON_PARSE },
  { document: 'sam-yaml-330k', title: 'SAM YAML, 500 resources, 330 KB', goals: AT_1_MB, reference: YAML },
  { document: 'sam-yaml-1m', title: 'SAM YAML, 1,452 resources, 1 MB', reference: YAML },
  { document: 'terraform-hcl-1m', title: 'Terraform HCL, 1 MB', goals: AT_1_MB },
  { document: 'terraform-json-1m', title: 'Terraform JSON, 1 MB', goals: AT_1_MB, reference: JSON_PARSE },
  { document: 'terraform-json-1m-1500', title: 'Terraform JSON, 1,462 resources, 1 MB', reference: JSON_PARSE },
  { document: 'conditions-50', title: '50 parameters and conditions, 39 KB', goals: AT_60_KB, reference: YAML },
  {
    document: 'conditions-200',
    title: '200 parameters and conditions, 158 KB',
    goals: { edit: 50, block: 16 },
    reference: YAML,
  },
];

export async function* editSection({ dist, isQuick, document }: Settings): AsyncGenerator<Figure> {
  for (const subject of SUBJECTS.filter((one) => one.document.includes(document)))
    yield* await figuresOf(subject, dist, isQuick);
}

async function figuresOf(
  { document, title, goals, reference }: Subject,
  dist: string,
  isQuick: boolean,
): Promise<readonly Figure[]> {
  const isLarge = goals === undefined || goals === AT_1_MB;
  const server = await ServerProcess.started(serverOf(dist));
  const edits = isQuick ? (isLarge ? 3 : 10) : isLarge ? 40 : 100;
  const { times, mainThread, blocks, longest, longestWithoutWaits } = await measureEdits(server, document, {
    edits,
    warmUp: isQuick ? 4 : 20,
  });
  await server.stop();
  const beside = reference
    ? { name: reference.name, measured: timeOf(reference.run, documentNamed(document).make()) }
    : undefined;
  const figure = (name: string, measured: number, more: Partial<Figure> = {}): Figure => ({
    section: 'edit',
    name: `${title}: ${name}`,
    measured,
    unit: 'ms',
    ...more,
  });
  return [
    figure('edit to diagnostics, p95', percentile(times, 0.95), {
      ...(goals && { goal: goals.edit }),
      ...(beside ? { reference: beside } : {}),
    }),
    figure('edit to diagnostics, p50', median(times)),
    ...(mainThread.length > 0
      ? [
          figure('processor time of the main thread, p95', percentile(mainThread, 0.95)),
          figure('processor time of the main thread, p50', median(mainThread)),
        ]
      : []),
    figure('blocks, p99', percentile(blocks, 0.99), goals && { goal: goals.block }),
    figure('longest block of each edit, p99', percentile(longest, 0.99)),
    figure('longest block of each edit without waits for a processor, p99', percentile(longestWithoutWaits, 0.99)),
    figure('longest block', Math.max(...longest)),
  ];
}

/** The median time of a parser, once it is optimized. */
function timeOf(run: (text: string) => unknown, text: string): number {
  const rounds = text.length > 500_000 ? 9 : 40;
  const times = Array.from({ length: rounds }, (_, round) => {
    const now = `${text}${' '.repeat(round % 3)}`;
    const start = performance.now();
    run(now);
    return performance.now() - start;
  });
  return median(times.slice(rounds >> 1));
}
