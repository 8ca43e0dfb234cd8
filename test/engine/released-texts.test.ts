/** What is known of earlier versions of a document keeps nothing of their texts. */
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { analyze } from '../../server/src/engine/analyze.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { documentNamed } from '../bench/documents/catalogue.ts';
import { Random } from '../bench/documents/random.ts';
import { memoryReader } from '../kit/memory-reader.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** So long that texts are most of the memory: compiled code grows by some megabytes too. */
const LENGTH = 2_500_000;
const COMMENT = `\n# ${'A long comment. '.repeat(LENGTH / 16)}\n`;

/** A policy each of whose names is another one in each version. */
const policies = (version: number): string => `Resources:
  TheRoleOfOrders${version}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]}
      Policies:
        - PolicyName: the-policy-of-orders-${version}
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Sid: TheStatementOfOrders${version}
                Effect: Allow
                Action: ['dynamodb:GetItem${version}', 'dynamodb:GetTheItems${version}*', 'sqs:SendMessage']
                Resource: ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders-${version}', !Sub 'arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:queue-of-orders-${version}']
                Condition:
                  StringEquals: {'aws:PrincipalTag/Orders${version}': the-value-of-orders-${version}}
                  'ForAnyValue:StringLikeIfItExists${version}': {'aws:TheKeyOfOrders${version}': the-value-${version}}
`;

/** Another version in each of which the ends of some names are changed. */
function edited(text: string, random: Random, version: number): string {
  const names = [...text.matchAll(/\b[A-Za-z][A-Za-z-]{3,}(?:V\d+)?\b(?!\s*[:=({"])/g)];
  const chosen = Array.from({ length: 6 }, () => names[random.int(0, names.length - 1)]!);
  return [...new Set(chosen)]
    .toSorted((a, b) => b.index - a.index)
    .reduce((before, { 0: name, index }) => {
      const renamed = `${name.replace(/V\d+$/, '')}V${version}`;
      return before.slice(0, index) + renamed + before.slice(index + name.length);
    }, text);
}

/** The versions of a document of the benchmarks. */
function versionsOf(name: string): { readonly extension: string; readonly next: (version: number) => string } {
  const { extension, make } = documentNamed(name);
  const random = new Random(1);
  let text = make();
  return { extension, next: (version) => (text = edited(text, random, version)) };
}

describe('texts of earlier versions are released', function () {
  this.timeout(120_000);

  for (const [name, versions] of [
    ['policies', () => ({ extension: '.yaml', next: policies })],
    ...[
      'cloudformation-yaml-35k',
      'cloudformation-json-35k',
      'sam-yaml-35k',
      'terraform-hcl-35k',
      'terraform-json-35k',
    ].map((document) => [document, () => versionsOf(document)] as const),
  ] as const)
    it(name, () => {
      const { extension, next } = versions();
      const doc = `file:///case/document${extension}`;
      const cache = new ParseCache({ edits: true });
      const options = { profile: 'strict', certainty: 'possible', configuration: DEFAULT_CONFIGURATION } as const;
      const check = (version: number): void => {
        const text = next(version) + (extension.endsWith('json') ? ' '.repeat(LENGTH) : COMMENT);
        const snapshot = collect(memoryReader(new Map([[doc, text]])), [doc], options, cache);
        const { findings } = analyze(snapshot, options, cache).documents[0]!;
        // Fixes are computed when they are read.
        const numbersOfFixes = findings.map(({ fixes }) => fixes.length);
        assert.ok(numbersOfFixes.length > 0);
      };
      for (let version = 0; version < 3; version++) check(version);
      const before = heapUsed();
      for (let version = 3; version < 15; version++) check(version);
      const more = (heapUsed() - before) / LENGTH;
      assert.ok(more < 3, `${more.toFixed(1)} texts more`);
    });
});
