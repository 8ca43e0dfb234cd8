import assert from 'node:assert/strict';
import type { Analysis } from '../../server/src/engine/analysis.ts';
import { run } from '../../server/src/engine/run.ts';
import type { Finding, LoweredFix, Severity } from '../../server/src/model/finding.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { readBack, type Sample } from './read-back.ts';
import { prepareCase } from './run-fixture.ts';

const RULE = RULES.find(({ id }) => id === 'ebs-volume-encryption')!;
const LOOP = `  Fn::ForEach::Loop:
    - Id
    - [a, b]
    - X\${Id}: {Type: AWS::EC2::Volume, Properties: {Encrypted: true, Size: 5}}
`;
const TEXT = `Resources:
  V: # the volume
    Type: AWS::EC2::Volume
    Properties:
      Encrypted: false
  W:
    Type: AWS::EC2::Volume
    Properties: {Encrypted: true}
`;

type Replacement = readonly [from: string, to: string];

/**
 * What is said of a fix that puts one text in the place of another, each of which is there once, for the only finding.
 */
function reasons(...replacements: readonly Replacement[]): readonly string[] {
  return reasonsIn(TEXT, ...replacements);
}

function reasonsIn(text: string, ...replacements: readonly Replacement[]): readonly string[] {
  return sampledReasons(text, replacements);
}

function sampledReasons(text: string, replacements: readonly Replacement[], sample?: Sample): readonly string[] {
  const it = prepareCase(RULE, [{ path: 'a.yaml', text }]);
  const edits = replacements.map(([from, newText]) => {
    const start = text.indexOf(from);
    return { doc: it.named[0]!, range: { start, end: start + from.length }, newText };
  });
  const withFix = (finding: Finding): Finding => ({ ...finding, fixes: [{ title: 'Do it', safe: false, edits }] });
  const analysis: Analysis = {
    ...it.analysis,
    documents: it.analysis.documents.map((one) => ({ ...one, findings: one.findings.map(withFix) })),
  };
  assert.equal(analysis.documents[0]!.findings.length, 1);
  return readBack(it.reader, it.named, analysis, it.options, undefined, sample).map(({ reason }) =>
    reason.replaceAll('file:///case/', ''),
  );
}

describe('read back', () => {
  it('accepts a fix that does what it should', () => {
    assert.deepEqual(reasons(['false', 'true']), []);
  });

  it('sees that the finding is still there', () => {
    assert.deepEqual(reasons(['false', 'False']), ['the finding is still there']);
  });

  it('sees new problems', () => {
    assert.match(reasons(['false', '"true'])[0]!, /^a new problem: a.yaml: syntax/);
  });

  it('sees new findings', () => {
    assert.deepEqual(reasons(['false', 'true'], [': {Encrypted: true', ': {Encrypted: false']), [
      'a new finding: ebs-volume-encryption W Properties.Encrypted',
      'the resource W changed, which the finding is not about',
    ]);
  });

  it('sees what a fix does to the text without an analysis', () => {
    const known = (...replacements: readonly Replacement[]): readonly string[] =>
      sampledReasons(TEXT, replacements, { isKnown: () => true });
    assert.deepEqual(known(['false', 'true']), []);
    assert.match(known(['false', '"true'])[0]!, /^a new problem: /);
    assert.deepEqual(known(['false', 'true'], [': {Encrypted: true', ': {Encrypted: false']), [
      'the resource W changed, which the finding is not about',
    ]);
    assert.deepEqual(known([' # the volume', ''], ['false', 'true']), ['comments changed']);
    assert.match(known(['Encrypted: false', 'Encrypted: true'], ['false', 'true'])[0]!, /^its edits overlap/);
  });

  it('sees a changed loop that the finding is not about', () => {
    const loop = `Transform: AWS::LanguageExtensions\n${TEXT}${LOOP}`;
    assert.deepEqual(reasonsIn(loop, ['false', 'true'], ['Size: 5', 'Size: 6']), [
      'the resource Fn::ForEach::Loop changed, which the finding is not about',
    ]);
  });

  it('accepts a changed loop whose resources the finding is about', () => {
    const loop = `Transform: AWS::LanguageExtensions\n${TEXT.replace('false', 'true')}${LOOP.replace('Encrypted: true', 'Encrypted: no')}`;
    assert.deepEqual(reasonsIn(loop, ['Encrypted: no', 'Encrypted: true']), []);
  });

  it('knows a finding that has moved to a key that the fix has written', () => {
    const it = prepareCase(
      RULES.find(({ id }) => id === 's3-bucket-versioning')!,
      [{ path: 'a.yaml', text: 'Resources:\n  Data:\n    Type: AWS::S3::Bucket\n' }],
    );
    const options = { ...it.options, rules: new Set(['s3-bucket-versioning', 's3-bucket-access-logging']) };
    const analysis = run(it.reader, it.named, options);
    assert.deepEqual(
      analysis.documents[0]!.findings.map(({ path }) => path),
      ['', ''],
    );
    assert.deepEqual(readBack(it.reader, it.named, analysis, options), []);
  });

  describe('with a fix that narrows', () => {
    const NARROW = `{Effect: Allow, Action: 's3:*', Resource: '*'}`;
    const problemsOf = (statement: string, change: Partial<LoweredFix>, severity?: Severity): readonly string[] => {
      const text = `Resources: {P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Version: '2012-10-17', Statement: [${statement}, ${NARROW}]}}}}\n`;
      const it = prepareCase(
        RULES.find(({ id }) => id === 'iam-policy-service-wildcard-action')!,
        [{ path: 'a.yaml', text }],
      );
      const options = {
        ...it.options,
        rules: new Set(['iam-policy-service-wildcard-action', 'iam-policy-wildcard-resource', 's3-bucket-versioning']),
      };
      const analysis = run(it.reader, it.named, options);
      const start = text.indexOf('s3:*');
      const edits = [{ doc: it.named[0]!, range: { start, end: start + 4 }, newText: 's3:PutObject' }];
      const changed = (finding: Finding): Finding => ({
        ...finding,
        severity: severity ?? finding.severity,
        fixes: finding.at.start === start - 1 ? [{ title: 'Narrow it', safe: false, edits, ...change }] : [],
      });
      return readBack(
        it.reader,
        it.named,
        { ...analysis, documents: analysis.documents.map((one) => ({ ...one, findings: one.findings.map(changed) })) },
        options,
      ).map(({ reason }) => reason);
    };
    const FRESH = 'a new finding: iam-policy-wildcard-resource P Properties.PolicyDocument.Statement.Resource';

    it('sees what it does not say that it uncovers', () => assert.deepEqual(problemsOf(NARROW, {}), [FRESH]));

    it('accepts what it says, in a statement of the policy', () => {
      assert.deepEqual(problemsOf(NARROW, { uncovers: 'part' }), []);
      assert.deepEqual(problemsOf(NARROW, { uncovers: 'effect' }), []);
    });

    it('sees what is graver than what was fixed, where a part is left', () => {
      assert.deepEqual(problemsOf(NARROW, { uncovers: 'part' }, 'low'), [
        `${FRESH} (medium, and what was fixed is low)`,
      ]);
      assert.deepEqual(problemsOf(NARROW, { uncovers: 'effect' }, 'low'), []);
    });

    it('tells the next mistake in the same text from the one that was to be corrected', () => {
      const text = `Resources: {P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 'sqs:SendMessage', Resource: 'arn:aws:SQS:nowhere-1:111122223333:q'}]}}}}\n`;
      const it = prepareCase(
        RULES.find(({ id }) => id === 'iam-policy-invalid-arn')!,
        [{ path: 'a.yaml', text }],
      );
      const [
        {
          findings: [finding],
        },
      ] = it.analysis.documents as [Analysis['documents'][number]];
      assert.equal(finding!.fixes.length, 1);
      assert.deepEqual(readBack(it.reader, it.named, it.analysis, it.options), []);
    });

    it('sees what is elsewhere', () => {
      const bucket = {
        doc: 'file:///case/a.yaml',
        range: { start: 12, end: 12 },
        newText: 'B: {Type: AWS::S3::Bucket}, ',
      };
      assert.match(
        problemsOf(NARROW, { uncovers: 'effect', edits: [bucket] }).join(),
        /a new finding: s3-bucket-versioning B {2}\(low, and what was fixed is high\)/,
      );
    });
  });

  it('sees that a comment is gone', () => {
    assert.deepEqual(reasons(['false', 'true'], [' # the volume', '']), ['comments changed']);
  });

  it('sees edits that do not fit', () => {
    assert.deepEqual(reasons(['false', 'true'], ['alse', 'x']), ['its edits overlap at 90']);
  });
});
