/**
 * That ARNs are the same in the partition aws when their partition is no longer written out, judged by an evaluator of
 * its own.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fixAll } from '../../server/src/engine/fix-all.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { asJsonText } from '../kit/as-json.ts';
import { prepareCase } from '../kit/run-fixture.ts';
import { runs } from '../kit/runs.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const REFERENCES: Readonly<Record<string, string>> = {
  'AWS::Region': 'eu-west-1',
  'AWS::AccountId': '111122223333',
  Docs: 'docs-1a2b',
  'Docs.Arn': 'arn:PARTITION:s3:::docs-1a2b',
  Stage: 'test',
};

/**
 * What CloudFormation makes of a value:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
function evaluated(value: Json, partition: string, own: Readonly<Record<string, Json>> = {}): string {
  if (typeof value === 'string') return value;
  const given = (name: string): string =>
    name === 'AWS::Partition'
      ? partition
      : name in own
        ? evaluated(own[name]!, partition)
        : REFERENCES[name]!.replace('PARTITION', partition);
  const [[call, argument] = ['', null]] = Object.entries(value as Record<string, Json>);
  switch (call) {
    case 'Ref':
      return given(argument as string);
    case 'Fn::GetAtt':
      return given((argument as readonly string[]).join('.'));
    case 'Fn::Join': {
      const [delimiter, items] = argument as readonly [string, readonly Json[]];
      return items.map((item) => evaluated(item, partition)).join(delimiter);
    }
    case 'Fn::Sub': {
      const [text, names] =
        typeof argument === 'string' ? [argument, {}] : (argument as readonly [string, Record<string, Json>]);
      return text.replace(/\$\{([^}]*)\}/g, (_, name: string) =>
        name.startsWith('!')
          ? `\${${name.slice(1)}}`
          : name in names
            ? evaluated(names[name]!, partition)
            : given(name),
      );
    }
  }
  throw new Error(`${call} is not made here`);
}

// ---- ARNs as people write them.

const beginning = fc.constantFrom(
  'arn:aws:s3:::',
  'arn:aws:logs:*:*:',
  'arn:aws:iam::aws:policy/',
  'arn:aws:sqs:eu-west-1:*:',
  'arn:aws:sns:*:111122223333:',
);
const policyText = fc.constantFrom(
  'logs',
  '*',
  '/',
  'home/${aws:username}',
  '${*}',
  '$',
  '"',
  "it's",
  ' # ',
  ': ',
  'é',
  '\\',
);
const placeholder = fc.constantFrom(
  '${Docs}',
  '${Stage}',
  '${!aws:username}',
  '${AWS::AccountId}',
  'x',
  '/*',
  '${Own}',
  '$',
);
const reference = fc.constantFrom<Json>(
  { Ref: 'Docs' },
  { Ref: 'Stage' },
  { Ref: 'AWS::AccountId' },
  'b',
  '${aws:userid}',
  { 'Fn::Sub': '${Docs}-${Stage}' },
);

const plain = fc
  .tuple(beginning, fc.array(policyText, { maxLength: 3 }))
  .map(([first, rest]): Json => first + rest.join(''));
const sub = fc
  .tuple(beginning, fc.array(placeholder, { maxLength: 3 }), fc.boolean())
  .map(([first, rest, listed]): Json => {
    const text = first + rest.join('');
    return { 'Fn::Sub': listed || text.includes('${Own}') ? [text, { Own: { Ref: 'Docs' } }] : text };
  });
const joined = fc
  .tuple(beginning, fc.array(reference, { maxLength: 3 }), fc.boolean())
  .map(([first, rest, nested]): Json => ({ 'Fn::Join': ['', [nested ? { 'Fn::Sub': first } : first, ...rest]] }));
const byColons = fc
  .tuple(beginning, fc.array(reference, { minLength: 1, maxLength: 2 }), fc.integer({ min: 1, max: 5 }))
  .map(([first, rest, whole]): Json => {
    const fields = first.split(':');
    return { 'Fn::Join': [':', [fields.slice(0, whole).join(':'), ...fields.slice(whole, 5), ...rest]] };
  });
const arn = fc.oneof(plain, sub, joined, byColons);

function templateOf(arns: readonly Json[], style: 'json' | 'flow' | 'block'): string {
  const resources =
    style === 'block'
      ? arns.map((one) => `\n                - ${JSON.stringify(one)}`).join('')
      : ` ${JSON.stringify(arns)}`;
  if (style === 'json') {
    return JSON.stringify(
      {
        Parameters: { Stage: { Type: 'String' } },
        Resources: {
          Docs: { Type: 'AWS::S3::Bucket' },
          P: {
            Type: 'AWS::IAM::ManagedPolicy',
            Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: arns }] } },
          },
        },
      },
      null,
      2,
    );
  }
  return `Parameters:
  Stage: {Type: String}
Resources:
  Docs: {Type: AWS::S3::Bucket}
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: '*'
            Resource:${resources}
`;
}

const rule = RULES.find(({ id }) => id === 'iam-policy-hard-coded-partition')!;

interface Template {
  readonly Resources: {
    readonly P: {
      readonly Properties: {
        readonly PolicyDocument: { readonly Statement: readonly [{ readonly Resource: readonly Json[] }] };
      };
    };
  };
}

/** The ARNs of a template, with functions in their long form. */
function arnsIn(text: string): readonly Json[] {
  const template = JSON.parse(
    text.startsWith('{') ? text : asJsonText(parse('file:///t.yaml', text, 'yaml')),
  ) as Template;
  return template.Resources.P.Properties.PolicyDocument.Statement[0].Resource;
}

describe('the partition of an ARN', () => {
  for (const style of ['json', 'flow', 'block'] as const) {
    it(`is taken from the deployment, and the ARN stays what it is in aws (${style})`, () => {
      fc.assert(
        fc.property(fc.array(arn, { minLength: 1, maxLength: 4 }), (arns) => {
          const text = templateOf(arns, style);
          const path = style === 'json' ? 't.json' : 't.yaml';
          const { reader, named, options } = prepareCase(rule, [{ path, text }]);
          const fixed = fixAll(reader, named, options).texts.get(named[0]!) ?? text;
          const after = arnsIn(fixed);
          arns.forEach((before, index) => {
            const own = evaluated(before, 'aws');
            assert.equal(evaluated(after[index]!, 'aws'), own, fixed);
            // What names a Region or an account is of one partition.
            if (!/^arn:aws:s[qn]s:/.test(own))
              assert.equal(evaluated(after[index]!, 'aws-cn'), own.replace('arn:aws:', 'arn:aws-cn:'), fixed);
          });
        }),
        { numRuns: runs(30) },
      );
    });
  }
});
