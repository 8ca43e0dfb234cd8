/** The cache of clean policies does not change findings. */
import assert from 'node:assert/strict';
import { finished } from '../../server/src/base/steps.ts';
import { TRUE } from '../../server/src/base/guard.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { detections } from '../../server/src/engine/detections.ts';
import { Documents } from '../../server/src/engine/documents.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { CleanPolicyCache } from '../../server/src/engine/clean-policy-cache.ts';
import { collect, run } from '../../server/src/engine/run.ts';
import { iamIn } from '../../server/src/engine/service-data.ts';
import { loadStacks } from '../../server/src/engine/stacks.ts';
import type { Finding } from '../../server/src/model/finding.ts';
import { StructuralKeys } from '../../server/src/model/structural-key.ts';
import type { Stack } from '../../server/src/model/resource.ts';
import type { Value } from '../../server/src/model/value.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { AnyRule, PolicyCheck } from '../../server/src/rules/rule.ts';
import { diverse } from '../kit/diverse.ts';
import { fixturePaths, readFixture } from '../kit/fixtures.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { policiesIn } from '../kit/policies.ts';
import { runs, sample } from '../kit/runs.ts';

const STRICT: AnalysisOptions = { profile: 'strict', certainty: 'possible', configuration: DEFAULT_CONFIGURATION };
const RECOMMENDED: AnalysisOptions = {
  profile: 'recommended',
  certainty: 'certain',
  configuration: DEFAULT_CONFIGURATION,
};

const fixtureFiles = fixturePaths()
  .filter((path) => /^(iam|kms|s3)\//.test(path))
  .flatMap((path) => readFixture(path).cases.map(({ files }) => files));

/** What can make a difference to policies: their elements, operators and functions, and the types that have them. */
const FEATURE =
  /\b(?:Not)?(?:Action|Resource|Principal)\b|\b(?:For\w+:)?\w+(?:Equals|Like|Address|IfExists|Null|Bool)\b|!\w+|Fn::\w+|\b(?:AWS::IAM::|aws_iam_)\w+/g;

/** The documents of fixtures of which each has something that those before it lack. */
const cases = diverse(fixtureFiles, (files) =>
  files.flatMap(({ path, text }) => [
    path.slice(path.lastIndexOf('.')),
    ...[...text.matchAll(FEATURE)].map(([feature]) => feature),
  ]),
).map((files) => new Map(files.map(({ path: file, text }) => [`file:///case/${file}`, text])));

const SELF_CONTAINED = RULES.filter(
  (rule): rule is AnyRule & PolicyCheck => rule.on === 'policy' && rule.selfContained === true,
);

/** A finding without its fixes, which follow from it and take as long as the analysis. */
function comparable({ rule, at, certainty, severity, profile, when, message, aliases, subjects }: Finding): unknown {
  return { rule, at, certainty, severity, profile, when, message, aliases, subjects };
}

function found(
  texts: ReadonlyMap<string, string>,
  options: AnalysisOptions,
  cache?: ParseCache,
): { readonly calls: number; readonly findings: string } {
  const { documents, work } = run(memoryReader(texts), [...texts.keys()], options, cache);
  return {
    calls: work.ruleCalls,
    findings: JSON.stringify(documents.map(({ doc, findings, problems }) => [doc, findings.map(comparable), problems])),
  };
}

describe('cached policies', function () {
  this.timeout(runs(240_000));

  for (const { what, options, nth } of [
    { what: 'all that can be said', options: STRICT, nth: 1 },
    { what: 'what is recommended and certain', options: RECOMMENDED, nth: 2 },
  ])
    it(`do not change the findings of ${what}`, () => {
      const cache = new ParseCache();
      let [before, again] = [0, 0];
      for (const texts of sample(cases, nth)) {
        const fresh = found(texts, options);
        assert.equal(found(texts, options, cache).findings, fresh.findings);
        const repeated = found(texts, options, cache);
        assert.equal(repeated.findings, fresh.findings);
        before += fresh.calls;
        again += repeated.calls;
      }
      // Other calls are those of rules about resources.
      assert.ok(again < before * 0.7, `${again} of ${before} calls`);
    });

  it('are distinguished by the type that they are attached to', () => {
    const cache = new ParseCache();
    const template = (type: string, attached: string): ReadonlyMap<string, string> =>
      new Map([
        [
          'file:///case/a.yaml',
          `Resources:
  P:
    Type: ${type}
    Properties:
      ${attached}
      PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111122223333:q'}]}
`,
        ],
      ]);
    assert.doesNotMatch(
      found(template('AWS::IAM::Policy', 'PolicyName: p\n      Users: [u]'), STRICT, cache).findings,
      /missing-element/,
    );
    assert.match(found(template('AWS::SQS::QueuePolicy', 'Queues: [q]'), STRICT, cache).findings, /missing-element/);
  });

  it('are distinguished by whether a tool added the resource that they are attached to', () => {
    const policy = (id: string): string => `  ${id}:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: p
      Users: [u]
      PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::q/*', Condition: {StringLike: {'aws:UserAgent': secret}}}]}
`;
    const template = `Resources:\n  CDKMetadata: {Type: AWS::CDK::Metadata}\n${policy('LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aServiceRoleDefaultPolicyADDA7DEB')}${policy('Own')}`;
    const { documents } = run(
      memoryReader(new Map([['file:///case/a.yaml', template]])),
      ['file:///case/a.yaml'],
      RECOMMENDED,
    );
    assert.deepEqual(
      documents.flatMap(({ findings }) =>
        findings
          .filter(({ rule }) => rule === 'iam-policy-condition-untrustworthy-key')
          .map(({ resource }) => resource),
      ),
      ['Own'],
    );
  });

  it('are distinguished by whether a tool generated the document', () => {
    const text =
      '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}, {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}]}';
    const paths = ['file:///case/cdk.out/a.json', 'file:///case/b.json'];
    const cache = new ParseCache();
    const reported = paths.map((path) =>
      run(memoryReader(new Map([[path, text]])), [path], STRICT, cache)
        .documents.flatMap(({ findings }) => findings)
        .some(({ rule }) => rule === 'iam-policy-mergeable-statement'),
    );
    assert.deepEqual(reported, [false, true]);
  });

  it('are distinguished by the options of the analysis', () => {
    const cache = new ParseCache();
    for (const texts of sample(cases, 4)) {
      const fresh = new Map([RECOMMENDED, STRICT].map((options) => [options, found(texts, options).findings]));
      for (const options of [RECOMMENDED, STRICT, RECOMMENDED])
        assert.equal(found(texts, options, cache).findings, fresh.get(options));
    }
  });

  const POLICY =
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:q"}]}';
  const policies = (count: number): ReadonlyMap<string, string> =>
    new Map([
      [
        'file:///case/a.json',
        JSON.stringify({
          Resources: Object.fromEntries(
            Array.from({ length: count }, (_, index) => [
              `P${index}`,
              {
                Type: 'AWS::IAM::ManagedPolicy',
                Properties: { PolicyDocument: JSON.parse(POLICY.replace(':q"', `:queue-${index}"`)) as unknown },
              },
            ]),
          ),
        }),
      ],
    ]);

  it('are equal only if the same rules report something', () => {
    const all = new CleanPolicyCache(Infinity, Infinity);
    const known = new Map<unknown, { readonly reporting: string; readonly at: string }>();
    let again = 0;
    for (const files of fixtureFiles)
      for (const { policy, stack, contextOf } of policiesIn(files)) {
        const context = contextOf(stack);
        const alike = all.rulesOf(policy, stack, { configuration: DEFAULT_CONFIGURATION, iam: context.iam });
        if (!alike) continue;
        const reporting = SELF_CONTAINED.filter(
          (rule) =>
            rule.kinds?.includes(policy.kind) !== false &&
            [...rule.check(policy, context)].some(({ violations }) =>
              violations.some(({ wrong }) => !wrong.no.isAlways()),
            ),
        )
          .map(({ id }) => id)
          .join();
        const at = `${policy.host.address} ${JSON.stringify(files)}`;
        const before = known.get(alike);
        if (before) again++;
        if (before && before.reporting !== reporting)
          assert.fail(`${before.reporting} and ${reporting} in\n${before.at}\n${at}`);
        known.set(alike, { reporting, at });
      }
    assert.ok(again > 200, `${again} of ${known.size}`);
  });

  it('are recognized if only the names of resources and the document differ', () => {
    const cache = new ParseCache();
    const template = (name: string): ReadonlyMap<string, string> =>
      new Map([
        [
          `file:///case/${name}.yaml`,
          `Resources:
  ${name}Queue: {Type: AWS::SQS::Queue}
  ${name}Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]}
      Policies:
        - PolicyName: p
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - {Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt ${name}Queue.Arn}
              - {Effect: Allow, Action: 'logs:PutLogEvents', Resource: !Sub 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:app:*'}
`,
        ],
      ]);
    const first = found(template('Orders'), STRICT, cache).calls;
    const second = found(template('Billing'), STRICT, cache).calls;
    assert.ok(second < first * 0.7, `${second} of ${first} calls`);
  });

  it('are recognized after the configuration is parsed again', () => {
    const cache = new ParseCache();
    const read = (quota: number): AnalysisOptions => ({
      ...STRICT,
      configuration: {
        ...DEFAULT_CONFIGURATION,
        assume: { 's3.accountBlock': true },
        quotas: { 'iam.managedPolicy': quota },
      },
    });
    const named = new Map([
      ...policies(20),
      [
        'file:///case/b.json',
        '{"Resources": {"R": {"Type": "AWS::IAM::Role", "Properties": {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}}}}',
      ],
    ]);
    const first = [read(6144), read(7000), RECOMMENDED].map((options) => found(named, options, cache).calls);
    found(new Map([['file:///case/c.json', POLICY]]), read(6144), cache);
    const again = [read(6144), read(7000), RECOMMENDED].map((options) => found(named, options, cache).calls);
    assert.ok(
      again.every((calls, index) => calls < first[index]! * 0.7),
      `${again.join()} of ${first.join()} calls`,
    );
  });

  it('are kept up to a number and a size, the most recently used first', () => {
    const { stack, options } = alike(policies(40));
    const rulesOf = (memory: CleanPolicyCache, which: number): ReadonlySet<unknown> =>
      memory.rulesOf(stack.policies[which]!, stack, options)!;
    for (const [most, bytes] of [
      [10, 1_000_000],
      [1_000, 5_000],
    ] as const) {
      const memory = new CleanPolicyCache(most, bytes);
      const [first, last] = [rulesOf(memory, 0), rulesOf(memory, 1)];
      for (let which = 2; which < 40; which++) {
        rulesOf(memory, which);
        assert.equal(rulesOf(memory, 1), last);
        assert.ok(memory.size.policies <= most && memory.size.bytes <= bytes, JSON.stringify(memory.size));
      }
      assert.notEqual(rulesOf(memory, 0), first);
      assert.ok(memory.size.policies > 3);
    }
    const none = new CleanPolicyCache(10, 10);
    assert.equal(rulesOf(none, 0).size, 0);
    assert.deepEqual(none.size, { policies: 0, bytes: 0 });
  });
});

/** The stack of some documents, and what rules are asked of it. */
function alike(texts: ReadonlyMap<string, string>): { readonly stack: Stack; readonly options: CheckedBy } {
  const cache = new ParseCache();
  const documents = new Documents(collect(memoryReader(texts), [...texts.keys()], STRICT, cache), cache);
  const [loaded] = loadStacks(documents, detections(documents, STRICT), STRICT) ?? [];
  return {
    stack: finished(loaded!.building()).stack,
    options: { configuration: DEFAULT_CONFIGURATION, iam: iamIn(documents), reported: STRICT },
  };
}

type CheckedBy = Parameters<CleanPolicyCache['rulesOf']>[2];

describe('the structural key of values', () => {
  const origin = { use: { doc: 'd', start: 0, end: 1 }, steps: [], edit: 'here' } as const;
  const when = { yes: undefined, no: undefined } as never;
  const known = (raw: string, value: string | number | null = raw): Value => ({
    state: 'known',
    origin,
    raw,
    quoted: false,
    value,
  });
  const DIFFERENT: Readonly<Record<string, Value>> = {
    'a text': known('1'),
    'a number': known('1', 1),
    'a quoted text': { ...known('1'), quoted: true } as Value,
    'a secret': { ...known('1'), origin: { ...origin, secret: true } },
    'a text that nobody wrote': { ...known('1'), origin: { ...origin, edit: 'none' } },
    'a default': { ...known('1'), origin: { ...origin, steps: [{ what: 'default', name: 'P' }] } },
    'a null': known('null', null),
    'a text of that name': known('null'),
    'a reference': { state: 'reference', origin, to: 'A', attribute: 'Arn' },
    'a reference to itself': { state: 'reference', origin, to: 'Self', attribute: 'Arn' },
    'a reference to another attribute': { state: 'reference', origin, to: 'A' },
    'a text with a hole': {
      state: 'template',
      origin,
      pieces: ['a', { state: 'unknown', origin, why: 'parameter', refs: [] }],
    },
    'a text with a hole in front': {
      state: 'template',
      origin,
      pieces: [{ state: 'unknown', origin, why: 'parameter', refs: [] }, 'a'],
    },
    nothing: { state: 'absent', origin, open: false },
    'perhaps nothing': { state: 'absent', origin, open: true },
    'no items': { state: 'list', origin, open: false, items: [] },
    'no entries': { state: 'object', origin, open: false, entries: [] },
    'perhaps entries': { state: 'object', origin, open: true, entries: [] },
  };

  const keyOf = (value: Value, type: string | undefined = 'AWS::S3::Bucket'): string | undefined =>
    new StructuralKeys(['Self'], () => type).of(value);
  const list = (...items: readonly Value[]): Value => ({
    state: 'list',
    origin,
    open: false,
    items: items.map((value) => ({ value, when: TRUE })),
  });
  const reference = (to: string): Value => ({ state: 'reference', origin, to, attribute: 'Arn' });
  const parameter = (input: string): Value => ({ state: 'unknown', origin, why: 'parameter', refs: [], input });

  it('distinguishes different values', () => {
    const all = Object.values(DIFFERENT).map((value) => keyOf(value));
    assert.ok(all.every((one) => one !== undefined));
    assert.equal(new Set(all).size, all.length);
  });
  it('depends on the target of a reference', () => {
    assert.notEqual(keyOf(reference('A'), 'AWS::S3::Bucket'), keyOf(reference('A'), 'AWS::SQS::Queue'));
  });
  it('does not depend on the names of resources and parameters', () => {
    for (const named of [reference, (name: string) => parameter(`file:///a.yaml#${name}`)])
      assert.equal(
        keyOf(list(named('A'), named('B'), named('A'))),
        keyOf(list(named('X'), named('Y'), named('X'))),
        named('A').state,
      );
    assert.equal(keyOf(parameter('file:///a.yaml#AWS::Region')), keyOf(parameter('file:///b.yaml#AWS::Region')));
  });
  it('depends on which of them are the same', () => {
    for (const named of [reference, (name: string) => parameter(`file:///a.yaml#${name}`)])
      assert.notEqual(
        keyOf(list(named('A'), named('B'), named('A'))),
        keyOf(list(named('A'), named('B'), named('B'))),
        named('A').state,
      );
    const keys = new StructuralKeys(['Self'], () => 'AWS::S3::Bucket');
    assert.notEqual(keys.of(reference('A')), keys.of(reference('B')), 'across the values of one thing');
  });
  it('depends on names that have a meaning', () => {
    const pseudo = (name: string): Value => parameter(`file:///a.yaml#AWS::${name}`);
    assert.notEqual(keyOf(pseudo('Region')), keyOf(pseudo('AccountId')));
    const data = (name: string): string | undefined =>
      new StructuralKeys(['Self'], () => undefined).of(reference(`data.${name}`));
    assert.notEqual(data('aws_caller_identity.x'), data('aws_arn.x'));
  });
  it('depends on how an unknown text is restricted', () => {
    const restricted = (admitsAs: string): Value =>
      ({ ...parameter('file:///a.yaml#P'), admits: () => true, admitsAs }) as Value;
    assert.notEqual(keyOf(restricted('twelve digits')), keyOf(restricted('letters')));
    assert.notEqual(keyOf(restricted('twelve digits')), keyOf(parameter('file:///a.yaml#P')));
  });
  it('does not depend on the place', () => {
    const elsewhere = { ...known('a'), origin: { ...origin, use: { doc: 'e', start: 7, end: 8 } } } as Value;
    assert.equal(keyOf(known('a')), keyOf(elsewhere));
  });
  it('does not exist for values that depend on the scenario', () => {
    for (const value of [
      { state: 'choice', origin, branches: [] },
      { state: 'list', origin, open: false, items: [{ value: known('a'), when }] },
      { state: 'unknown', origin, why: 'parameter', refs: [], admits: () => true },
      known('a'.repeat(20_000)),
    ] satisfies readonly Value[])
      assert.equal(keyOf(value), undefined);
  });
});
