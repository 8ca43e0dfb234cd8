/** Large stacks are checked in parts, with the same findings. */
import assert from 'node:assert/strict';
import { plainDocument } from '../../server/src/cli/batches/plain-analysis.ts';
import type { Analysis, AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { run } from '../../server/src/engine/run.ts';
import { fixturePaths, readFixture } from '../kit/fixtures.ts';
import { hasTemplates } from '../kit/run-fixture.ts';
import { sample } from '../kit/runs.ts';
import { analysed, EVERYTHING, findingsOf, readerOf, uri, type Files } from './analysis.ts';

const ROLE = (name: string): string => `
  ${name}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {AWS: '*'}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: all
          PolicyDocument:
            Statement: [{Effect: Allow, Action: ['s3:*', 'sqs:*'], Resource: '*'}]
`;

const FILES: Files = {
  'template.yaml': `Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: SSH
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]
${ROLE('One')}${ROLE('Two')}${ROLE('Three')}`,
};

/** All that is reported, as data. */
function reported({ documents, incomplete }: Analysis): unknown {
  return { documents: documents.map((one) => plainDocument(one, { fixes: 'all', secrets: 'all' })), incomplete };
}

/** The analysis in parts, of which `shares` are of policies, and how often much was released. */
function inParts(files: Files, shares: number, options: Partial<AnalysisOptions> = {}): [Analysis, number] {
  let released = 0;
  const length = Object.values(files).reduce((sum, text) => sum + text.length, 0);
  const analysis = analysed(files, {
    ...options,
    largeStack: length / (3 * shares - 1),
    released: () => {
      released++;
    },
  });
  return [analysis, released];
}

describe('a check in parts', () => {
  it('has the findings of a whole check, in the same order', () => {
    const whole = analysed(FILES);
    for (const shares of [1, 2, 3, 20]) {
      const [analysis, released] = inParts(FILES, shares);
      assert.deepEqual(reported(analysis), reported(whole));
      assert.equal(released, 1 + shares + 1);
      assert.equal(analysis.work.ruleCalls, whole.work.ruleCalls);
    }
    assert.ok(findingsOf(whole).some(({ fixes }) => fixes.length > 2));
  });

  it('has those of fixtures', function () {
    this.timeout(120_000);
    const all = fixturePaths().flatMap((path) =>
      readFixture(path)
        .cases.filter((one) => hasTemplates(one) && one.files.length === 1)
        .map((one) => ({ name: `${path}: ${one.name}`, file: one.files[0]! })),
    );
    let checked = 0;
    for (const { name, file } of sample(all, 12)) {
      const files = { [file.path]: file.text };
      const [analysis, released] = inParts(files, 3);
      if (released > 0) checked++;
      assert.deepEqual(reported(analysis), reported(analysed(files)), name);
    }
    assert.ok(checked > 50, `${checked} fixtures were checked in parts`);
  });

  it('is not made of a smaller stack, of a configuration, and where findings are kept for the next version', () => {
    const released = (files: Files, largeStack: number, cache?: ParseCache): number => {
      let count = 0;
      const options = { ...EVERYTHING, largeStack, released: () => void count++ };
      run(readerOf(files), Object.keys(files).map(uri), options, cache);
      return count;
    };
    const { length } = FILES['template.yaml']!;
    assert.ok(released(FILES, length) > 0);
    assert.equal(released(FILES, length + 1), 0);
    assert.equal(released({ 'main.tf': 'resource "aws_s3_bucket" "a" {}' }, 1), 0);
    assert.equal(released(FILES, 1, new ParseCache({ edits: true })), 0);
  });

  it('names the rules of later parts if it ends early', () => {
    let asked = 0;
    const [{ incomplete }] = inParts(FILES, 2, { expired: () => asked++ > 0 });
    assert.match(incomplete.map(({ reason }) => reason).join(), /exceeds the time limit.*and \d+ more/);
  });
});
