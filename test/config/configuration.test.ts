import assert from 'node:assert/strict';
import type { FileAnswer, Reader } from '../../server/src/base/snapshot.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { findConfiguration } from '../../server/src/config/find-configuration.ts';
import { nearestName } from '../../server/src/config/nearest-name.ts';
import { configuredPolicy } from '../../server/src/config/policy-kinds.ts';
import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import { CASES } from './configuration-cases.ts';

const DOC = 'file:///w/.stackwarden.yaml';

describe('the configuration', () => {
  for (const {
    name,
    text,
    assume = {},
    accounts,
    policies = [],
    parameters = [],
    quotas = {},
    problems = [],
  } of CASES) {
    it(`understands ${name}`, () => {
      const read = readConfiguration(DOC, text);
      const written = read.configuration.parameters.map(({ values, ...entry }) => ({
        ...entry,
        values: [...values].map(([key, { text: given, at }]) => `${key}=${given} ${text.slice(at.start, at.end)}`),
      }));
      assert.deepEqual(
        { ...read.configuration, parameters: written },
        { ...DEFAULT_CONFIGURATION, assume, ...(accounts ? { accounts } : {}), policies, parameters, quotas },
      );
      assert.deepEqual(
        read.problems.map((p) => [text.slice(p.at.start, p.at.end), p.message]),
        problems,
      );
    });
  }

  it('keeps what can be read when the syntax is broken', () => {
    const { configuration, problems } = readConfiguration(
      DOC,
      'assume:\n  s3.accountBlock: true\n  ebs.defaultEncryption: "tr\n',
    );
    assert.equal(configuration.assume['s3.accountBlock'], true);
    assert.ok(problems.some((problem) => problem.kind === 'syntax'));
  });
});

describe('what the configuration says of a policy', () => {
  const { configuration } = readConfiguration(
    DOC,
    `policies:
  - {files: policies/**, kind: identity}
  - {files: ./policies/scp/*.json, kind: scp}
  - {files: "*.bucket.json", kind: resource, service: s3}
  - {files: "a b/*.json", kind: trust}
`,
  );
  const cases: readonly (readonly [doc: string, kind: string | undefined])[] = [
    ['file:///w/policies/a.json', 'identity'],
    ['file:///w/policies/.hidden/a.json', 'identity'],
    ['file:///w/policies/scp/a.json', 'scp'],
    ['file:///w/policies/scp/b/a.json', 'identity'],
    ['file:///w/scp/a.json', undefined],
    ['file:///w/x/policies/a.json', undefined],
    ['file:///wide/policies/a.json', undefined],
    ['file:///v/policies/a.json', undefined],
    ['file:///w/x/logs.bucket.json', 'resource'],
    ['file:///elsewhere/logs.bucket.json', 'resource'],
    ['file:///w/policies/logs.bucket.json', 'resource'],
    ['file:///w/a%20b/c.json', 'trust'],
    ['file:///w/a%/c.json', undefined],
  ];
  for (const [doc, kind] of cases)
    it(`is ${kind ?? 'nothing'} for ${doc}`, () => assert.equal(configuredPolicy(configuration, doc)?.kind, kind));
  it('is the service as well', () =>
    assert.deepEqual(configuredPolicy(configuration, 'file:///w/x.bucket.json'), { kind: 'resource', service: 's3' }));
  it('is nothing without a configuration', () =>
    assert.equal(configuredPolicy(DEFAULT_CONFIGURATION, 'file:///w/a.json'), undefined));
});

describe('the configuration of a document', () => {
  const reader = (files: Readonly<Record<string, FileAnswer>>): Reader => ({
    file: (uri) => files[uri] ?? { kind: 'missing' },
    head: () => assert.fail(),
    folder: () => assert.fail(),
    data: () => assert.fail(),
  });
  const text = (content: string): FileAnswer => ({ kind: 'text', text: content, version: content });
  const files = {
    'file:///.stackwarden.yaml': text('top'),
    'file:///w/.stackwarden.yaml': text('root'),
    'file:///w/a/.stackwarden.yaml': text('near'),
    'file:///w/bad/.stackwarden.yaml': { kind: 'refused', reason: 'is a folder' },
    'file:///wider/.stackwarden.yaml': text('beside'),
  } as const satisfies Record<string, FileAnswer>;

  const found: readonly (readonly [string, string, string | undefined])[] = [
    ['file:///w/a/b/c.yaml', 'file:///w', 'file:///w/a/.stackwarden.yaml'],
    ['file:///w/b/c.yaml', 'file:///w', 'file:///w/.stackwarden.yaml'],
    ['file:///w/c.yaml', 'file:///w/', 'file:///w/.stackwarden.yaml'],
    ['file:///w/b/c.yaml', 'file:///w/b', undefined],
    ['file:///wider/c.yaml', 'file:///w', undefined],
    ['file:///x/c.yaml', 'file:///', 'file:///.stackwarden.yaml'],
    ['untitled:Untitled-1', 'file:///w', undefined],
    ['untitled:Untitled-1', '', undefined],
  ];
  for (const [doc, root, configuration] of found) {
    it(`is ${configuration ?? 'nowhere'} for ${doc} in ${root}`, () =>
      assert.equal(findConfiguration(reader(files), doc, root)?.doc, configuration));
  }

  it('is not passed over when it cannot be read', () => {
    assert.deepEqual(findConfiguration(reader(files), 'file:///w/bad/c.yaml', 'file:///w'), {
      doc: 'file:///w/bad/.stackwarden.yaml',
      answer: { kind: 'refused', reason: 'is a folder' },
    });
  });
});

describe('the nearest name', () => {
  const names = [
    's3-bucket-encryption',
    'rds-encryption',
    'essential',
    'ruels-old',
    'rules',
    'CKV_AWS_21',
    'CKV_AWS_121',
  ];
  const meant: Readonly<Record<string, string | undefined>> = {
    's3-bucket-encrypton': 's3-bucket-encryption',
    'S3-BUCKET-ENCRYPTION': 's3-bucket-encryption',
    essentail: 'essential',
    // Letters in the wrong order are one mistake.
    ruels: 'rules',
    // A known name is meant as it is written.
    rules: 'rules',
    // Digits in another order are another number, and one digit more is near.
    CKV_AWS_12: 'CKV_AWS_121',
    rluse: undefined,
    'kms-rotation': undefined,
    x: undefined,
  };
  for (const [written, name] of Object.entries(meant))
    it(`to ${written} is ${name ?? 'none'}`, () => assert.equal(nearestName(written, names), name));
  it('is none among none', () => assert.equal(nearestName('x', []), undefined));
});
