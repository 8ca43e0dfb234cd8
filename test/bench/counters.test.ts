/** Counts the steps of analyses. Work that grows faster than the document fails the test, independent of the clock. */
import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { analyze } from '../../server/src/engine/analyze.ts';
import type { AnalysisOptions, Work } from '../../server/src/engine/analysis.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { stepsOf } from '../kit/steps.ts';
import { directory, template, terraform } from './documents.ts';
import { plan, state } from './terraform-records.ts';

const OPTIONS: AnalysisOptions = { profile: 'strict', certainty: 'possible', configuration: DEFAULT_CONFIGURATION };

/** Analyses some files, of which the first is named. */
function work(files: ReadonlyMap<string, string>, cache = new ParseCache()): Work {
  const named = [[...files.keys()][0]!];
  return analyze(collect(memoryReader(files), named, OPTIONS, cache), OPTIONS, cache).work;
}

const file =
  (doc: string) =>
  (text: string): ReadonlyMap<string, string> =>
    new Map([[`file:///b/${doc}`, text]]);
const [yaml, tf, planned, recorded] = ['a.yaml', 'main.tf.json', 'plan.json', 'terraform.tfstate'].map(file) as [
  ReturnType<typeof file>,
  ReturnType<typeof file>,
  ReturnType<typeof file>,
  ReturnType<typeof file>,
];

/**
 * A plan of one security group with as many blocks as fit into a size, and one with as many networks, none of which are
 * known.
 */
function longLists(size: number): string {
  const repeated = <T>(one: T): readonly T[] => Array.from({ length: size / 300 }, () => one);
  const group = (name: string, ingress: unknown, unknown: unknown): unknown => ({
    address: `aws_security_group.${name}`,
    mode: 'managed',
    type: 'aws_security_group',
    name,
    change: { actions: ['create'], before: null, after: { ingress }, after_unknown: { ingress: unknown } },
  });
  const configured = (name: string, ingress: unknown): unknown => ({
    address: `aws_security_group.${name}`,
    mode: 'managed',
    type: 'aws_security_group',
    name,
    expressions: { ingress },
  });
  return JSON.stringify({
    format_version: '1.2',
    resource_changes: [
      group(
        'blocks',
        repeated({ from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8'] }),
        repeated({ cidr_blocks: [false] }),
      ),
      group(
        'networks',
        [{ from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: repeated(null) }],
        [{ cidr_blocks: repeated(true) }],
      ),
    ],
    configuration: {
      root_module: {
        resources: [
          configured('blocks', repeated({ cidr_blocks: { references: ['var.networks'] } })),
          configured('networks', [
            { cidr_blocks: { references: ['aws_eip.a.public_ip', 'aws_eip.a', 'aws_eip.b.public_ip', 'aws_eip.b'] } },
          ]),
        ],
      },
    },
  });
}

/** The files of a document by its size, and the smaller of the sizes at which its work is counted. */
const DOCUMENTS: readonly {
  readonly name: string;
  readonly size: number;
  readonly make: (size: number) => ReadonlyMap<string, string>;
}[] = [
  { name: 'a template', size: 30_000, make: (size) => yaml(template(size)) },
  { name: 'a Terraform file', size: 30_000, make: (size) => tf(terraform(size)) },
  { name: 'a plan', size: 150_000, make: (size) => planned(plan(size, 'modules')) },
  { name: 'a plan of long lists', size: 30_000, make: (size) => planned(longLists(size)) },
  { name: 'a state', size: 150_000, make: (size) => recorded(state(size)) },
];

const lengthOf = (files: ReadonlyMap<string, string>): number =>
  [...files.values()].reduce((sum, text) => sum + text.length, 0);

/** Asserts that a larger document takes no more than in proportion to its size. */
function inProportion(small: ReadonlyMap<string, string>, large: ReadonlyMap<string, string>): void {
  const growth = lengthOf(large) / lengthOf(small);
  const counted = (files: ReadonlyMap<string, string>): Readonly<Record<string, number>> => {
    let done: Work | undefined;
    const steps = stepsOf(() => {
      done = work(files);
    });
    return { ...done!, ...steps };
  };
  // What is known of data and of the texts of documents is kept, so the first time does not count.
  const other = new Map([...large].map(([doc, text]) => [doc.replace('/b/', '/large/'), text]));
  work(other);
  work(small);
  // What is known of the last text is used again without work, so the text is another one each time.
  const [after, before] = [counted(other), counted(small)];
  assert.ok(before['ruleCalls']! > 0 && before['evaluations']! > 0);
  for (const [kind, count] of Object.entries(before))
    assert.ok(
      after[kind]! <= count * growth * 1.05,
      `${count} ${kind} become ${after[kind]} where the text grows by ${growth.toFixed(2)}`,
    );
}

describe('work', () => {
  for (const { name, size, make } of DOCUMENTS) {
    it(`grows with the size of ${name} and no faster`, () => inProportion(make(size), make(4 * size))).timeout(120_000);

    it(`parses ${name} once for each version of its text`, () => {
      const cache = new ParseCache();
      const files = make(20_000);
      work(files, cache);
      work(files, cache);
      assert.equal(cache.parses, 1);
      work(new Map([...files].map(([doc, text]) => [doc, `${text} `])), cache);
      assert.equal(cache.parses, 2);
    });
  }

  it('grows with the number of files of a Terraform directory and no faster', () => {
    const files = (count: number): ReadonlyMap<string, string> =>
      new Map([...directory(5_000, count)].map(([name, text]) => [`file:///b/${name}`, text]));
    inProportion(files(20), files(80));
  }).timeout(120_000);

  it('works out what rules read and little else', () => {
    const { evaluations } = work(yaml(template(60_000)));
    assert.ok(evaluations < 2_300, `${evaluations} nodes were worked out, of about 5,000`);
  });

  it('leaves other files of the directory as they were parsed', () => {
    const cache = new ParseCache();
    const one = ['file:///b/main.tf.json', terraform(5_000)] as const;
    const look = (other: string): void => {
      analyze(
        collect(memoryReader(new Map([one, ['file:///b/other.tf.json', other]])), [one[0]], OPTIONS, cache),
        OPTIONS,
        cache,
      );
    };
    look('{}');
    assert.equal(cache.parses, 2);
    look('{ }');
    assert.equal(cache.parses, 3);
  });
});
