/**
 * Documents that are too much to work out: the work stays within bounds, nothing false is said, and it is said that
 * something is missing.
 */
import assert from 'node:assert/strict';
import { analysed, findingsOf, linesOf } from './analysis.ts';
import { BOMBS, HARD } from './sizes.ts';
import { lookups } from '../kit/lookups.ts';

const SIZE = 40;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST_PARAMETERS = 200;

/**
 * Sizes of templates that reach the budgets later. Their guards grow up to 64 cubes and 2048 limits, and the work for
 * each operation with them; beyond that, it is constant.
 */
const LATER: Readonly<Record<string, number>> = {
  'a policy that grants by conditions': 2 * SIZE,
  'a policy that denies by conditions': 5 * SIZE,
  'policies that may belong to a bucket': 5 * SIZE,
};

describe('the work for a complex template', () => {
  for (const [what, of] of Object.entries(HARD)) {
    it(`grows linearly with its size: ${what}`, () => {
      const cost = (size: number) => {
        const text = of(size);
        let work = { ruleCalls: 0, evaluations: 0 };
        const count = lookups(() => {
          const analysis = analysed({ 't.yaml': text });
          // Only that there are too many parameters.
          assert.equal(analysis.documents[0]!.problems.length, size > MOST_PARAMETERS ? 1 : 0);
          findingsOf(analysis);
          work = analysis.work;
        });
        return { count, ...work };
      };
      const size = LATER[what] ?? SIZE;
      const [once, twice] = [cost(size), cost(2 * size)];
      assert.ok(
        twice.evaluations <= 2.1 * once.evaluations,
        `${once.evaluations} evaluations, then ${twice.evaluations}`,
      );
      assert.ok(twice.ruleCalls <= 2.1 * once.ruleCalls, `${once.ruleCalls} calls, then ${twice.ruleCalls}`);
      assert.ok(twice.count <= 3 * once.count, `${once.count} look-ups, then ${twice.count}`);
    });
  }

  it('does not recurse deeply for a long chain of conditions', () => {
    const negations = HARD['a chain of negations']!;
    assert.deepEqual(linesOf(analysed({ 't.yaml': `AWSTemplateFormatVersion: x\n${negations(5000)}` })), [
      'ebs-volume-encryption certain high Disk Properties.Encrypted[1] C5000=true',
    ]);
  });

  it('does not depend on the length of a cycle of conditions', () => {
    const cycle = Array.from({ length: 2000 }, (_, i) => `  C${i}: !Not [!Condition C${(i + 1) % 2000}]\n`).join('');
    const {
      documents: [document],
    } = analysed({
      't.yaml': `AWSTemplateFormatVersion: x\nConditions:\n${cycle}Resources:\n  Disk: {Type: AWS::EC2::Volume, Properties: {Encrypted: !If [C0, false, true]}}\n`,
    });
    assert.equal(document!.problems.length, 2000);
    assert.deepEqual(
      document!.findings.map(({ certainty }) => certainty),
      ['possible'],
    );
  });
});

describe('a short text that expands to many values', () => {
  const incomplete: Readonly<Record<string, boolean>> = {
    'merge keys of merge keys': false,
    'lists of lists': true,
    'conditions of statements': true,
    'statements of many actions': true,
    'merged statements of many actions': true,
    'a chain of merge keys': true,
  };
  for (const [what, text] of Object.entries(BOMBS)) {
    it(`is evaluated within limits: ${what}`, () => {
      let analysis: ReturnType<typeof analysed> | undefined;
      const count = lookups(() => {
        analysis = analysed({ 't.yaml': text });
        findingsOf(analysis);
      });
      assert.ok(count < 500_000, `${count} look-ups`);
      assert.ok(analysis!.work.evaluations < 2000, `${analysis!.work.evaluations} evaluations`);
      assert.equal(analysis!.documents[0]!.format, 'cloudformation');
      assert.equal(analysis!.incomplete.length > 0, incomplete[what]);
    });
  }
});

/**
 * The parity of some parameters, told from the left and from the right: the same, but of more cubes than a guard holds.
 */
const PARITY = (() => {
  const count = 40;
  const is = (i: number): string => `!Equals [!Ref P${i}, a]`;
  const isNot = (i: number): string => `!Not [${is(i)}]`;
  const link = (name: string, before: string, i: number): string =>
    `  ${name}: !Or [!And [!Condition ${before}, ${isNot(i)}], !And [!Not [!Condition ${before}], ${is(i)}]]\n`;
  const chain = (side: string, order: readonly number[]): string =>
    order
      .slice(1)
      .reduce((text, i, at) => text + link(`${side}${at + 1}`, `${side}${at}`, i), `  ${side}0: ${is(order[0]!)}\n`);
  const indexes = Array.from({ length: count }, (_, i) => i);
  return (
    `Parameters:\n${indexes.map((i) => `  P${i}: {Type: String, Default: b, AllowedValues: [a, b]}\n`).join('')}Conditions:\n${chain('L', indexes)}${chain('R', indexes.toReversed())}` +
    `  Odd: !Condition L${count - 1}\n  OddToo: !Condition R${count - 1}\n  Even: !Not [!Condition Odd]\n  EvenToo: !Not [!Condition OddToo]\n`
  );
})();

describe('beyond the budget', () => {
  const rules: ReadonlySet<string> = new Set([
    'ebs-volume-encryption',
    's3-bucket-policy-secure-transport',
    'sg-ingress-open-ssh',
  ]);
  const disk = (encrypted: string, condition?: string): string =>
    `  Disk: {Type: AWS::EC2::Volume, ${condition ? `Condition: ${condition}, ` : ''}Properties: {Encrypted: ${encrypted}}}\n`;
  const deny =
    '{Effect: Deny, Principal: "*", Action: "s3:*", Resource: "*", Condition: {Bool: {"aws:SecureTransport": "false"}}}';
  const policy = (statements: string): string =>
    `  Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: b, PolicyDocument: {Statement: [${statements}]}}}\n`;

  const never: Readonly<Record<string, string>> = {
    'a branch that no scenario reaches': disk('!If [Odd, !If [OddToo, true, false], true]'),
    'another such branch': disk('!If [Odd, true, !If [OddToo, false, true]]'),
    'a branch that is not reached while the resource is there': disk('!If [EvenToo, true, false]', 'Even'),
    'a policy one of whose statements is always there': policy(
      `!If [Odd, ${deny}, !Ref AWS::NoValue], !If [OddToo, !Ref AWS::NoValue, ${deny}]`,
    ),
    'a policy whose one statement always denies': policy(`!If [Odd, ${deny}, !If [OddToo, {}, ${deny}]]`),
    'a bucket of which one policy is always there': `  Bucket: {Type: AWS::S3::Bucket}\n${['Odd', 'EvenToo'].map((name) => `  P${name}: {Type: AWS::S3::BucketPolicy, Condition: ${name}, Properties: {Bucket: !Ref Bucket, PolicyDocument: {Statement: [${deny}]}}}\n`).join('')}`,
    'a rule of which one half is never there':
      '  G: {Type: AWS::EC2::SecurityGroup, Properties: {SecurityGroupIngress: [!If [Odd, {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !If [OddToo, 10.0.0.0/8, 0.0.0.0/0]}, !Ref AWS::NoValue]]}}\n',
  };
  for (const [what, resources] of Object.entries(never)) {
    it(`no certain finding is false: ${what}`, () => {
      const analysis = analysed({ 't.yaml': `${PARITY}Resources:\n${resources}` }, { rules });
      const certain = findingsOf(analysis).filter(({ certainty }) => certainty === 'certain');
      assert.deepEqual(certain, []);
      assert.deepEqual(
        analysis.incomplete.map(({ doc }) => doc),
        ['file:///w/t.yaml'],
        'it is said that something is missing',
      );
    });
  }

  const wrong: Readonly<Record<string, string>> = {
    'in a branch': disk('!If [Odd, !If [OddToo, false, true], true]'),
    'in a resource that is not always there': disk('!If [EvenToo, false, true]', 'Even'),
  };
  for (const [what, resources] of Object.entries(wrong)) {
    it(`wrong values are reported: ${what}`, () => {
      assert.deepEqual(
        findingsOf(analysed({ 't.yaml': `${PARITY}Resources:\n${resources}` })).map(({ rule }) => rule),
        ['ebs-volume-encryption'],
      );
    });
  }

  const parameter = (count: number, last: string): string =>
    `Parameters:\n  P: {Type: String, Default: v0, AllowedValues: [${Array.from({ length: count - 1 }, (_, i) => `v${i}`).join(', ')}, ${last}]}\nResources:\n${disk('!Ref P')}`;
  for (const count of [62, 63, 64, 65, 200]) {
    it(`no value of a parameter is ignored: ${count} values`, () => {
      assert.deepEqual(
        findingsOf(analysed({ 't.yaml': parameter(count, '"false"') })).map(({ certainty }) => certainty),
        ['possible'],
      );
    });
  }

  it('values nested too deeply are unknown', () => {
    const text = `Parameters:\n  P: {Type: String, Default: a}\nConditions:\n  C: !Equals [!Ref P, a]\nResources:\n${disk(`${'!If [C, '.repeat(150)}false${', true]'.repeat(150)}`)}`;
    const analysis = analysed({ 't.yaml': text });
    assert.deepEqual(
      findingsOf(analysis).map(({ certainty }) => certainty),
      ['possible'],
    );
    assert.ok(analysis.incomplete.length > 0);
  });

  it('the values of branches beyond the limit are unknown', () => {
    const tree = (depth: number, index = 0): string =>
      depth === 7
        ? String(index !== 127)
        : `!If [C${depth}, ${tree(depth + 1, 2 * index)}, ${tree(depth + 1, 2 * index + 1)}]`;
    const conditions = Array.from({ length: 7 }, (_, i) => `  C${i}: !Equals [!Ref P${i}, a]\n`).join('');
    const parameters = Array.from({ length: 7 }, (_, i) => `  P${i}: {Type: String, Default: a}\n`).join('');
    const analysis = analysed({
      't.yaml': `Parameters:\n${parameters}Conditions:\n${conditions}Resources:\n${disk(tree(0))}`,
    });
    assert.deepEqual(
      findingsOf(analysis).map(({ certainty }) => certainty),
      ['possible'],
    );
    assert.ok(analysis.incomplete.length > 0);
  });

  it('a string with more combinations than the limit is unknown', () => {
    const values = Array.from({ length: 9 }, (_, i) => `v${i}`).join(', ');
    const text = `Parameters:\n  P: {Type: String, Default: v0, AllowedValues: [${values}]}\n  Q: {Type: String, Default: v0, AllowedValues: [${values}]}\nResources:\n${disk('!Sub "${P}${Q}"')}`;
    const analysis = analysed({ 't.yaml': text });
    assert.deepEqual(
      findingsOf(analysis).map(({ certainty }) => certainty),
      ['possible'],
    );
    assert.ok(analysis.incomplete.length > 0);
  });
});
