/** Secrets in many places of documents are in no output of the command line. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { makeFolder } from '../host/workspace.ts';
import { SECRET_FILES, SECRET_TEMPLATE } from '../kit/secret-files.ts';
import { LINT_REPORTERS } from '../../server/src/cli/reporters/reporters.ts';
import { call } from './call.ts';

const ALL = ['--profile', 'strict', '--certainty', 'possible'];

function shows(text: string, what: string): void {
  const at = text.indexOf('hush');
  assert.equal(at < 0 ? '' : text.slice(Math.max(0, at - 200), at + 40), '', what);
}

describe('secrets in many places', () => {
  let folder: ReturnType<typeof makeFolder>;
  before(() => {
    folder = makeFolder(SECRET_FILES);
  });
  after(() => folder.remove());
  const said = (...args: string[]): string => {
    const { out, err } = call(args, { cwd: folder.path });
    return out + err;
  };

  for (const [what, args] of [
    ['a report', []],
    ['a report of what is certain', ['--profile', 'recommended', '--certainty', 'certain']],
    ['a report with given parameters', ['--parameters', 'given.json']],
    ['a report of a scenario', ['--scenario', 'IsOld=true']],
    ['a report of the scenario of a secret', ['--scenario', 'Hidden=hush-01']],
    ['a report of the scenario of another secret', ['--scenario', 'DbPassword=hush-50']],
  ] as const)
    describe(`are in no ${what}`, () => {
      let reports: ReturnType<typeof makeFolder>;
      // One run writes the reports in all formats.
      before(() => {
        reports = makeFolder({});
        const outputs = LINT_REPORTERS.flatMap(({ name }) => ['--output', `${name}=${reports.at(name)}`]);
        shows(said('lint', ...ALL, ...args, ...outputs), what);
      });
      after(() => reports.remove());
      for (const { name: format } of LINT_REPORTERS)
        it(`as ${format}`, () => {
          const text = readFileSync(reports.at(format), 'utf8');
          assert.ok(text.includes('rds-instance-encryption'));
          shows(text.replaceAll(/"newText":"(?:[^"\\]|\\.)*"/g, ''), what);
        });
    });

  it('are in no line of a short report', () => {
    const text = said('lint', ...ALL, '--quiet', '--statistics');
    assert.ok(text.includes('rds-instance-encryption'));
    shows(text, 'a short report');
  });

  for (const terminal of [false, true])
    it(`are in no patch ${terminal ? 'on a terminal' : 'in a file'}`, () => {
      // Each statement can be fixed, and secrets are beside them.
      const policy =
        "  N: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Version: '2012-10-17', Statement: {Effect: allow, Action: 's3:GetObject', Resource: '*'}}}}\n";
      const patched = SECRET_TEMPLATE.replaceAll(
        /^ {2}(?:Written|Function|Options|Volume):/gm,
        (name, at) => `${policy.replace('N', `P${at}`)}${name}`,
      );
      const own = makeFolder({ '.git/HEAD': '', 'patched.yaml': patched });
      const { out, err } = call(['lint', '--fix-dry-run', ...ALL], { cwd: own.path, terminal });
      own.remove();
      assert.ok((out.match(/^@@ /gm) ?? []).length >= 4, out + err);
      shows(out + err, 'a patch');
    });

  it('are in no patch of a configuration in the native syntax', () => {
    const own = makeFolder({
      '.git/HEAD': '',
      'main.tf':
        'resource "aws_iam_policy" "p" {\n' +
        '  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "allow", Action = "s3:GetObject", Resource = "*" }] })\n' +
        '}\n' +
        'provider "aws" {\n  secret_key = "hush-hush-71"\n}\n',
    });
    const { out, err } = call(['lint', '--fix-dry-run', ...ALL], { cwd: own.path });
    own.remove();
    assert.match(out, /^\+.*Effect = "Allow"/m, out + err);
    shows(out + err, 'a patch');
  });

  for (const format of ['text', 'json'] as const)
    it(`are in no listing of who has access as ${format}`, () => {
      const own = makeFolder({
        '.git/HEAD': '',
        'a.yaml': `Parameters:
  Hidden: {Type: String, NoEcho: true, Default: hush-1, AllowedValues: [hush-1, hush-2]}
  Account: {Type: String, NoEcho: true, Default: arn:aws:iam::111122223333:role/hush}
Conditions: {IsHidden: !Equals [!Ref Hidden, hush-1]}
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Hidden}}
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {AWS: [!Ref Account, !Ref Hidden]}, Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn, Condition: {StringEquals: {aws:PrincipalOrgID: !Ref Hidden}}}
          - {Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn, Condition: {StringEquals: {aws:PrincipalOrgID: !Ref Hidden}}}
  Role:
    Type: AWS::IAM::Role
    Condition: IsHidden
    Properties:
      PermissionsBoundary: !Sub 'arn:aws:iam::aws:policy/\${Hidden}'
      ManagedPolicyArns: [!Sub 'arn:aws:iam::1:policy/\${Hidden}', !Ref Hidden]
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: 'sqs:*', Resource: !Sub 'arn:aws:sqs:*:*:\${Hidden}'}]}}]
`,
      });
      const { code, out, err } = call(['access', 'Queue', 'a.yaml', '--format', format], { cwd: own.path });
      own.remove();
      assert.deepEqual([code, err], [0, '']);
      shows(out, 'a listing');
    });

  for (const [name, text] of Object.entries(SECRET_FILES))
    if (text.includes('hush') && !name.startsWith('given'))
      for (const format of ['text', 'json'] as const)
        it(`are in no explanation in ${name} as ${format}`, function () {
          this.timeout(300_000);
          // Each secret, and some words: both formats show the same explanation, so each has half of those.
          const shift = format === 'text' ? 0 : 11;
          let explained = 0;
          const lines = text.split('\n');
          for (const [line, written] of lines.entries())
            for (const { index } of written.matchAll(/hush|!\w+|\$\{|(?<=[:[,{] ?"?)\w/g)) {
              if ((index + line) % 22 !== shift && !written.startsWith('hush', index)) continue;
              const answer = said(
                'explain-value',
                `${name}:${line + 1}:${index + 1}`,
                ...['--profile', 'strict', '--certainty', 'possible'],
                '--format',
                format,
              );
              if (!answer.startsWith('stackwarden:')) explained++;
              shows(answer, `${name}:${line + 1}:${index + 1}`);
            }
          assert.ok(
            explained > 0 || name.startsWith('tf/terraform') || name === 'broken.yaml',
            'nothing was explained',
          );
        });
});
