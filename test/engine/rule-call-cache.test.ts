/** An edit of a template runs again what it concerns, and nothing else. */
import assert from 'node:assert/strict';
import { analyze } from '../../server/src/engine/analyze.ts';
import type { Analysis, AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { RuleCallCache } from '../../server/src/engine/rule-call-cache.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { template } from '../bench/documents.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { EVERYTHING, uri } from './analysis.ts';
import { conditionalPolicy } from './conditional-policy.ts';

/**
 * A role that can change the trust policy of another one, which is an escalation if that one has administrator
 * permissions.
 */
const ROLES = `Parameters:
  Allowed: {Type: String, Default: 's3:*'}
Resources:
  Caller:
    Type: AWS::IAM::Role
    Properties:
      Tags: [{Key: Owner, Value: 'Owner: a'}]
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]
      Policies:
        - PolicyName: change
          PolicyDocument:
            Version: '2012-10-17'
            Statement: [{Effect: Allow, Action: 'iam:UpdateAssumeRolePolicy', Resource: !GetAtt Other.Arn}]
  Other:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]
      Policies:
        - PolicyName: own
          PolicyDocument:
            Version: '2012-10-17'
            Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]
`;

/** A bucket whose policy denies requests without TLS. */
const BUCKET = `Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Access:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Deny
            Principal: '*'
            Action: s3:*
            Resource: [!GetAtt Bucket.Arn, !Sub '\${Bucket.Arn}/*']
            Condition: {Bool: {aws:SecureTransport: false}}
`;

/** A document that is edited. */
class Edited {
  readonly #cache: ParseCache;
  readonly #doc: string;

  constructor(name: string, calls?: RuleCallCache) {
    this.#doc = uri(name);
    this.#cache = new ParseCache({ knownCalls: calls });
  }

  /** The number of rule calls for a version. */
  calls(text: string, options: AnalysisOptions = EVERYTHING): number {
    return this.analysis(text, options).work.ruleCalls;
  }

  analysis(text: string, options: AnalysisOptions = EVERYTHING): Analysis {
    const snapshot = collect(memoryReader(new Map([[this.#doc, text]])), [this.#doc], options, this.#cache);
    return analyze(snapshot, options, this.#cache);
  }
}

const YAML = `Parameters:
  Stage: {Type: String, Default: test}
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
  Queue:
    Type: AWS::SQS::Queue
    Properties: {KmsMasterKeyId: !Ref Key}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]
      Policies:
        - PolicyName: send
          PolicyDocument:
            Version: '2012-10-17'
            Statement: [{Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Queue.Arn}]
`;

/**
 * Findings of all kinds: at values and at something missing, by a parameter, by a condition, several of one cause, in a
 * policy.
 */
const WRONG = `Parameters:
  IsSafe: {Type: String, Default: false, AllowedValues: [true, false]}
  Stage: {Type: String}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: a, Encrypted: !Ref IsSafe}
  Other:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: a, Encrypted: !If [IsLive, true, false]}
  Key:
    Type: AWS::KMS::Key
    Properties: {}
  Queue:
    Type: AWS::SQS::Queue
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: '*', Action: 'sts:AssumeRole'}]
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess', 'arn:aws:iam::aws:policy/PowerUserAccess']
      Policies:
        - PolicyName: all
          PolicyDocument:
            Statement: [{Effect: Allow, Action: ['s3:*', 'iam:*'], Resource: '*'}]
`;

/** A volume with a value of more parameters than are combined, beside other resources. */
const MANY_SCENARIOS = (() => {
  const names = Array.from({ length: 20 }, (_, index) => `P${index}`);
  const parameters = names.map((name) => `  ${name}: {Type: String, AllowedValues: [a, b]}\n`).join('');
  const encrypted = names.map((name) => `\${${name}}`).join('');
  const volume = `  Disk: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Encrypted: !Sub '${encrypted}'}}\n`;
  return `${YAML.replace('Parameters:\n', `Parameters:\n${parameters}`)}${volume}`;
})();

/** The rules of resources, policies and identities that are called during some work. */
function countingChecks<T>(work: () => T): { readonly made: readonly string[]; readonly result: T } {
  const made: string[] = [];
  const checks = RULES.flatMap((rule) =>
    rule.on === 'document' || rule.on === 'stack' ? [] : [{ rule, check: rule.check }],
  );
  for (const { rule, check } of checks)
    Object.assign(rule, {
      check: (...args: Parameters<typeof check>) => {
        made.push(rule.id);
        return (check as (...given: typeof args) => unknown).apply(rule, args);
      },
    });
  try {
    const result = work();
    return { made, result };
  } finally {
    for (const { rule, check } of checks) Object.assign(rule, { check });
  }
}

describe('rule calls for an edited template', function () {
  this.timeout(120_000);

  it('are those at the edited resource', () => {
    const text = template(60_000);
    const edited = new Edited('large.yaml', new RuleCallCache());
    const all = edited.calls(text);
    const unchanged = edited.calls(`${text}# a comment\n`);
    const changed = edited.calls(text.replace('Size: 15', 'Size: 16'));
    assert.ok(unchanged < all / 100, `${unchanged} of ${all}`);
    // The rules for one volume.
    assert.ok(changed > unchanged && changed - unchanged <= 12, `${changed - unchanged} more of ${all}`);
  });

  it('keep their findings and fixes where an edit moves them', () => {
    const calls = new RuleCallCache();
    const edited = new Edited('a.yaml', calls);
    const first = edited.calls(WRONG);
    for (const text of [`# moved\n${WRONG}`, WRONG.replace('Resources:\n', 'Resources:\n\n')]) {
      const { documents, work } = edited.analysis(text);
      const plain = new Edited('a.yaml').analysis(text);
      assert.ok(work.ruleCalls < first / 10, `${work.ruleCalls} of ${first}`);
      assert.ok(documents[0]!.findings.some(({ fixes }) => fixes.length > 0));
      assert.deepEqual(JSON.parse(JSON.stringify(documents)), JSON.parse(JSON.stringify(plain.documents)));
    }
  });

  it('are not made again for the values and messages of findings', () => {
    const edited = new Edited('a.yaml', new RuleCallCache());
    edited.analysis(WRONG);
    // What several findings of one cause say is known from then on.
    edited.analysis(`# moved\n${WRONG}`);
    const { made, result } = countingChecks(() =>
      edited
        .analysis(`# moved again\n${WRONG}`)
        .documents[0]!.findings.map(({ valueText, message }) => [valueText, message]),
    );
    const plain = new Edited('a.yaml').analysis(`# moved again\n${WRONG}`).documents[0]!.findings;
    assert.ok(result.some(([valueText]) => valueText !== undefined));
    assert.deepEqual(
      result,
      plain.map(({ valueText, message }) => [valueText, message]),
    );
    assert.deepEqual(made, []);
  });

  it('are not made again for the scenarios of findings, which are compared once', () => {
    const edited = new Edited('a.yaml', new RuleCallCache());
    const text = conditionalPolicy(3, ["!If [C0, 's3:*', 's3:GetObject']", "!If [C1, 'iam:*', !Ref AWS::NoValue]"]);
    edited.analysis(text);
    edited.analysis(`# moved\n${text}`);
    const { made, result } = countingChecks(() => edited.analysis(`# moved again\n${text}`).documents);
    const plain = new Edited('a.yaml').analysis(`# moved again\n${text}`).documents;
    assert.ok(plain[0]!.findings.some(({ when }) => when.length > 0));
    assert.deepEqual(JSON.parse(JSON.stringify(result)), JSON.parse(JSON.stringify(plain)));
    assert.deepEqual(made, []);
  });

  it('find something else where what they depend on changes', () => {
    const edited = new Edited('a.yaml', new RuleCallCache());
    edited.analysis(WRONG);
    for (const text of [
      WRONG.replace('Default: false', 'Default: true'),
      WRONG.replace('AllowedValues: [true, false]', 'AllowedValues: [false]'),
      WRONG.replace('Encrypted: !Ref IsSafe', 'Encrypted: false'),
      WRONG.replace('!Equals [!Ref Stage, live]', '!Equals [!Ref Stage, test]'),
    ]) {
      assert.notEqual(text, WRONG);
      const [known, plain] = [edited.analysis(text), new Edited('a.yaml').analysis(text)];
      assert.deepEqual(JSON.parse(JSON.stringify(known.documents)), JSON.parse(JSON.stringify(plain.documents)));
    }
  });

  it('know the permissions of other identities as they are now', () => {
    const edited = new Edited('a.yaml', new RuleCallCache());
    edited.analysis(ROLES);
    const escalations: number[] = [];
    for (const text of [
      ROLES.replace('Owner: a', 'Owner: b'),
      ROLES.replace("'s3:GetObject'", "'iam:*'"),
      ROLES.replace("'s3:GetObject'", "'iam:*'").replace('Owner: a', 'Owner: b'),
      ROLES.replace("'s3:GetObject'", '!Ref Allowed'),
      ROLES.replace("'s3:GetObject'", '!Ref Allowed').replace("Default: 's3:*'", "Default: 'iam:*'"),
      ROLES,
    ]) {
      const [known, plain] = [edited.analysis(text), new Edited('a.yaml').analysis(text)];
      assert.deepEqual(JSON.parse(JSON.stringify(known.documents)), JSON.parse(JSON.stringify(plain.documents)));
      escalations.push(
        known.documents[0]!.findings.filter(({ rule }) => rule === 'iam-identity-privilege-escalation').length,
      );
    }
    assert.deepEqual(escalations, [0, 1, 1, 0, 1, 0]);
  });

  it('know what is related to a resource, and whether that is all, as it is now', () => {
    const edited = new Edited('a.yaml', new RuleCallCache());
    edited.analysis(BUCKET);
    const found: (string | undefined)[] = [];
    for (const text of [
      BUCKET.replace('SecureTransport: false', 'SecureTransport: true'),
      BUCKET.replace('Bucket: !Ref Bucket', 'Bucket: !ImportValue some'),
      BUCKET.replace('Bucket: !Ref Bucket', 'Bucket: another'),
      BUCKET.replace('Bucket: !Ref Bucket', 'Bucket: !ImportValue some'),
      BUCKET,
    ]) {
      const [known, plain] = [edited.analysis(text), new Edited('a.yaml').analysis(text)];
      assert.deepEqual(JSON.parse(JSON.stringify(known.documents)), JSON.parse(JSON.stringify(plain.documents)));
      found.push(
        known.documents[0]!.findings.find(({ rule }) => rule === 's3-bucket-policy-secure-transport')?.certainty,
      );
    }
    assert.deepEqual(found, ['certain', 'possible', 'certain', 'possible', undefined]);
  });

  it('are known beside one whose scenarios exceed the limit, which stays incomplete', () => {
    const edited = new Edited('a.yaml', new RuleCallCache());
    const first = edited.analysis(MANY_SCENARIOS);
    const moved = edited.analysis(`# moved\n${MANY_SCENARIOS}`);
    assert.match(
      first.incomplete.map(({ reason }) => reason).join(),
      /exceeds the limit of combinations of conditions and values in Disk, so/,
    );
    assert.deepEqual(moved.incomplete, first.incomplete);
    assert.ok(moved.work.ruleCalls < first.work.ruleCalls / 10, `${moved.work.ruleCalls} of ${first.work.ruleCalls}`);
    const few = edited.analysis(MANY_SCENARIOS.replace(/!Sub '.*'/, 'true'));
    assert.deepEqual(few.incomplete, []);
    assert.ok(few.work.ruleCalls > moved.work.ruleCalls);
  });

  it('are known if they exceed the limit of their work, and are incomplete again', () => {
    const edited = new Edited('a.yaml', new RuleCallCache());
    const text = conditionalPolicy(
      30,
      ['s3', 'iam', 'ec2'].map((of, i) => `!If [C${i}, '${of}:*', '${of}:Get*']`),
    );
    const first = edited.analysis(text);
    assert.match(
      first.incomplete.map(({ reason }) => reason).join(),
      /exceeds the work limit of an analysis in Policy, so/,
    );
    edited.analysis(`# moved\n${text}`);
    const changed = text.replace('Size: 1', 'Size: 2');
    const { made, result } = countingChecks(() => edited.analysis(changed));
    const plain = new Edited('a.yaml').analysis(changed);
    assert.deepEqual(result.incomplete, plain.incomplete);
    assert.deepEqual(JSON.parse(JSON.stringify(result.documents)), JSON.parse(JSON.stringify(plain.documents)));
    assert.deepEqual(
      made.filter((id) => id.startsWith('iam-')),
      [],
    );
    const few = edited.analysis(text.replaceAll(/Effect: !If \[.*?\]/g, 'Effect: Allow'));
    assert.deepEqual(few.incomplete, []);
  });

  it('are fewer for each later version, in which more is known', () => {
    const edited = new Edited('a.yaml', new RuleCallCache());
    const first = edited.calls(YAML);
    const again = edited.calls(YAML.replace('EnableKeyRotation: true', 'EnableKeyRotation:  true'));
    assert.ok(edited.calls(YAML.replace('EnableKeyRotation: true', 'EnableKeyRotation:   true')) === again);
    assert.ok(again < first, `${again} of ${first}`);
  });

  for (const { what, text, options = EVERYTHING } of [
    { what: 'a rule for all parameters', text: `${YAML}Rules: {Own: {Assertions: []}}\n` },
    { what: 'the options', text: YAML, options: { ...EVERYTHING, profile: 'recommended' as const } },
    { what: 'the day', text: YAML, options: { ...EVERYTHING, today: '2030-01-01' } },
  ])
    it(`are all where ${what} changed`, () => {
      const [edited, plain] = [new Edited('a.yaml', new RuleCallCache()), new Edited('a.yaml')];
      assert.equal(edited.calls(YAML), plain.calls(YAML));
      assert.equal(edited.calls(text, options), plain.calls(text, options));
    });

  for (const { what, text } of [
    { what: 'an alias', text: YAML.replace('true', '&yes true') },
    { what: 'a loop', text: `${YAML}  'Fn::ForEach::Each': [X, [A], {'B\${X}': {Type: AWS::SNS::Topic}}]\n` },
    { what: 'a repeated name', text: `${YAML}  Key: {Type: AWS::SNS::Topic}\n` },
  ])
    it(`are all in a template with ${what}, whose resources cannot be told apart`, () => {
      const calls = new RuleCallCache();
      const [edited, plain] = [new Edited('a.yaml', calls), new Edited('a.yaml')];
      for (const version of [text, `${text}# a comment\n`]) assert.equal(edited.calls(version), plain.calls(version));
      assert.equal(calls.size, 0);
    });

  it('are known again after a version that cannot be compared', () => {
    const edited = new Edited('a.yaml', new RuleCallCache());
    const first = edited.calls(YAML);
    edited.calls(YAML.replace('true', '&yes true'));
    assert.ok(edited.calls(YAML) < first);
  });

  it('are forgotten for the documents that were checked longest ago', () => {
    const calls = new RuleCallCache(250);
    const cache = new ParseCache({ knownCalls: calls });
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const doc = uri(`${name}.yaml`);
      const snapshot = collect(memoryReader(new Map([[doc, YAML]])), [doc], EVERYTHING, cache);
      analyze(snapshot, EVERYTHING, cache);
      assert.ok(calls.size <= 250, String(calls.size));
    }
    assert.ok(calls.size > 0);
  });

  it('are kept for few documents, and for more only as far as there is room', () => {
    const calls = new RuleCallCache(10_000, 1);
    const cache = new ParseCache({ knownCalls: calls });
    const sizes = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => {
      const doc = uri(`${name}.yaml`);
      analyze(collect(memoryReader(new Map([[doc, YAML]])), [doc], EVERYTHING, cache), EVERYTHING, cache);
      return calls.size;
    });
    const [one] = sizes;
    assert.ok(one! > 0);
    assert.deepEqual(
      sizes.map((size) => size / one!),
      [1, 2, 3, 4, 4, 4],
    );
  });
});
