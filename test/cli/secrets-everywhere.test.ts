/** Secrets in many places of documents are in no output of the command line. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { LineIndex, type Position } from '../../server/src/base/line-index.ts';
import { LINT_REPORTERS } from '../../server/src/cli/reporters/lint-reporters.ts';
import { EXPLANATION_REPORTERS } from '../../server/src/cli/reporters/reporters.ts';
import { reporterNamed } from '../../server/src/cli/reporters/reporter.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { stacksOf } from '../../server/src/engine/analyzed-stacks.ts';
import { explainIn } from '../../server/src/engine/explain.ts';
import { Explanations } from '../../server/src/engine/explanations.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { fullMarkdown, shortMarkdown, type Links } from '../../server/src/hover/explanation/markdown.ts';
import { makeFolder } from '../host/workspace.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { SECRET_FILES, SECRET_TEMPLATE } from '../kit/secret-files.ts';
import { call, worldOf } from './call.ts';

const ALL = ['--profile', 'strict', '--certainty', 'possible'];

function shows(text: string, what: string): void {
  const at = text.indexOf('hush');
  assert.equal(at < 0 ? '' : text.slice(Math.max(0, at - 200), at + 40), '', what);
}

/** The command line is asked at every so manieth place, where it starts with nothing known. */
const CALLED = 8;

/**
 * Explains positions of a document in all formats. What is known of its stack is kept, as in the server; undefined if
 * there is no value.
 */
function explanations(
  name: string,
): (at: Position) => Readonly<Record<'text' | 'json' | 'page' | 'hover', string>> | undefined {
  const doc = `file:///w/${name}`;
  const reader = memoryReader(new Map(Object.entries(SECRET_FILES).map(([path, text]) => [`file:///w/${path}`, text])));
  const options: AnalysisOptions = {
    profile: 'strict',
    certainty: 'possible',
    configuration: DEFAULT_CONFIGURATION,
    today: '2026-11-24',
  };
  const cache = new ParseCache();
  const stacks = stacksOf(collect(reader, [doc], options, cache), options, cache);
  const kept = new Explanations();
  const lines = new LineIndex(SECRET_FILES[name]!);
  const textOf = (other: string): string => SECRET_FILES[other.slice('file:///w/'.length)]!;
  const links: Links = { place: ({ start }) => ({ text: `offset ${start}` }), page: () => undefined };
  const { world } = worldOf({ cwd: '/w' });
  return (at) => {
    const explained = explainIn(() => stacks, doc, lines.offsetAt(at), options, kept.of.bind(kept));
    if (!explained) return undefined;
    const { profile } = options;
    const report = { explained, path: name, textOf, profile };
    return {
      text: reporterNamed(EXPLANATION_REPORTERS, 'text').report(report, world),
      json: reporterNamed(EXPLANATION_REPORTERS, 'json').report(report, world),
      page: fullMarkdown(explained, { profile }, links),
      hover: shortMarkdown(explained, { profile }, links),
    };
  };
}

describe('secrets in many places', () => {
  let folder: ReturnType<typeof makeFolder>;
  before(() => {
    folder = makeFolder(SECRET_FILES);
  });
  after(() => folder.remove());
  const outputOf = (...args: string[]): string => {
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
        shows(outputOf('lint', ...ALL, ...args, ...outputs), what);
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
    const text = outputOf('lint', ...ALL, '--quiet', '--statistics');
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
      it(`are in no explanation in ${name}, in any format`, function () {
        this.timeout(300_000);
        const shown = explanations(name);
        let explained = 0;
        const places = text.split('\n').flatMap((written, line) =>
          // Each secret, and some words.
          [...written.matchAll(/hush|!\w+|\$\{|(?<=[:[,{] ?"?)\w/g)].flatMap(({ index }) =>
            (index + line) % 11 === 0 || written.startsWith('hush', index) ? [{ line, index }] : [],
          ),
        );
        for (const [number, { line, index }] of places.entries()) {
          const at = `${name}:${line + 1}:${index + 1}`;
          const texts = shown({ line, character: index });
          if (texts) explained++;
          for (const text of Object.values(texts ?? {})) shows(text, at);
          if (number % CALLED > 0) continue;
          // The command line says the same.
          const format = number % (2 * CALLED) > 0 ? 'text' : 'json';
          const { out, err } = call(['explain-value', at, ...ALL, '--format', format], { cwd: folder.path });
          shows(out + err, at);
          assert.equal(out, texts?.[format] ?? '', at);
        }
        assert.ok(explained > 0 || name.startsWith('tf/terraform') || name === 'broken.yaml', 'nothing was explained');
      });
});
