/** Which fixes remain safe if values are given, and if several resources have one text. */
import assert from 'node:assert/strict';
import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { fixAll } from '../../server/src/engine/fix-all.ts';
import { analysed, EVERYTHING, findingsOf, readerOf, uri, type Files } from './analysis.ts';

const BLOCK = 's3-bucket-public-access-block';
const TITLE = 'Turn on all Block Public Access settings';
const SUGGESTED = `${TITLE} (may end public access through its ACL)`;

interface Case {
  readonly files: Files;
  readonly options?: Partial<AnalysisOptions>;
  /** The text of `.stackwarden.yaml`. */
  readonly configured?: string;
}

function optionsOf({ options, configured = '' }: Case): AnalysisOptions {
  const { configuration, problems } = readConfiguration(uri('.stackwarden.yaml'), configured);
  assert.deepEqual(problems, []);
  return { ...EVERYTHING, rules: new Set([BLOCK]), configuration, ...options };
}

/** The first fix of each finding, with a mark if it is safe. */
function fixes(one: Case): readonly string[] {
  return findingsOf(analysed(one.files, optionsOf(one))).map(({ fixes: [fix] }) =>
    fix?.safe ? `${fix.title}, safe` : (fix?.title ?? 'none'),
  );
}

const bucket = (parameter: string): string => `Parameters:
  Acl: {${parameter}}
Resources:
  B:
    Type: AWS::S3::Bucket
    Properties: {AccessControl: !Ref Acl}
`;
const ACL = bucket('Type: String');
const NAME = ACL.replace('AccessControl', 'BucketName');
const PRIVATE = '{"Acl": "Private"}';

const directory = (acl: string): Files => ({
  'main.tf.json': JSON.stringify({
    variable: { acl: { type: 'string' } },
    resource: {
      aws_s3_bucket: { b: { bucket: 'b' } },
      aws_s3_bucket_acl: { b: { bucket: '${aws_s3_bucket.b.id}', acl } },
    },
  }),
});
const calls = (folder: string, ...acls: readonly string[]): string =>
  JSON.stringify({ module: Object.fromEntries(acls.map((acl, index) => [`m${index}`, { source: folder, acl }])) });
const MODULE = directory('${var.acl}')['main.tf.json']!;

const stacks = (...acls: readonly string[]): string => `Resources:
${acls
  .map(
    (acl, index) =>
      `  S${index}: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Acl: ${acl}}}}`,
  )
  .join('\n')}
`;
const loop = (...acls: readonly string[]): string => `Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Buckets:
    - Acl
    - [${acls.join(', ')}]
    - B\${Acl}:
        Type: AWS::S3::Bucket
        Properties: {AccessControl: !Ref Acl}
`;

const CASES: Readonly<Record<string, readonly [given: Case, expected: readonly string[]]>> = {
  'a value of a parameter file': [{ files: { 't.yaml': ACL, 't.parameters.json': PRIVATE } }, [SUGGESTED]],
  'a value of a parameter file that does not matter': [
    { files: { 't.yaml': NAME, 't.parameters.json': PRIVATE } },
    [`${TITLE}, safe`],
  ],
  'values of several parameter files': [
    { files: { 't.yaml': ACL, 't.parameters.json': PRIVATE, 't.test.parameters.json': PRIVATE } },
    [SUGGESTED],
  ],
  'a value of a selected file': [
    {
      files: { 't.yaml': ACL, 'p/prod.json': PRIVATE },
      options: { parameterFiles: [{ name: 'p/prod.json', uri: uri('p/prod.json') }] },
    },
    [SUGGESTED],
  ],
  'a value of the configuration': [
    { files: { 't.yaml': ACL }, configured: 'parameters: [{templates: t.yaml, values: {Acl: Private}}]' },
    [SUGGESTED],
  ],
  'a value of a scenario': [
    { files: { 't.yaml': ACL }, options: { scenario: [{ name: 'Acl', value: 'Private' }] } },
    [SUGGESTED],
  ],
  'no value': [{ files: { 't.yaml': ACL } }, [SUGGESTED]],
  'the only allowed value': [
    { files: { 't.yaml': bucket('Type: String, AllowedValues: [Private]'), 't.parameters.json': PRIVATE } },
    [`${TITLE}, safe`],
  ],
  'a value of a variable file': [
    { files: { ...directory('${var.acl}'), 'terraform.tfvars.json': '{"acl": "private"}' } },
    [SUGGESTED],
  ],
  'a value of a variable file that does not matter': [
    { files: { ...directory('private'), 'terraform.tfvars.json': '{"acl": "private"}' } },
    [`${TITLE}, safe`],
  ],
  'arguments of one call': [
    { files: { 'main.tf.json': calls('./m', 'private'), 'm/main.tf.json': MODULE } },
    [`${TITLE}, safe`],
  ],
  'equal arguments of two calls': [
    { files: { 'main.tf.json': calls('./m', 'private', 'private'), 'm/main.tf.json': MODULE } },
    [`${TITLE}, safe`],
  ],
  'other arguments of a call': [
    { files: { 'main.tf.json': calls('./m', 'private', 'public-read'), 'm/main.tf.json': MODULE } },
    [`${TITLE} (ends public access through its ACL)`],
  ],
  'other arguments of a call in another directory': [
    {
      files: {
        'dev/main.tf.json': calls('../m', 'private'),
        'prod/main.tf.json': calls('../m', 'public-read'),
        'm/main.tf.json': MODULE,
      },
    },
    [`${TITLE} (ends public access through its ACL)`],
  ],
  'equal parameters of two nested stacks': [
    { files: { 't.yaml': stacks('Private', 'Private'), 'child.yaml': ACL } },
    [`${TITLE}, safe`],
  ],
  'other parameters of a nested stack': [
    { files: { 't.yaml': stacks('Private', 'PublicRead'), 'child.yaml': ACL } },
    [`${TITLE} (ends public access through its ACL)`],
  ],
  'private iterations of a loop': [{ files: { 't.yaml': loop('Private', 'LogDeliveryWrite') } }, [`${TITLE}, safe`]],
  'a public iteration of a loop': [
    { files: { 't.yaml': loop('Private', 'PublicRead') } },
    [`${TITLE} (ends public access through its ACL)`],
  ],
};

describe('a fix', () => {
  for (const [name, [given, expected]] of Object.entries(CASES))
    it(`is ${expected[0]!.endsWith(', safe') ? 'safe' : 'a suggestion'} with ${name}`, () =>
      assert.deepEqual([...new Set(fixes(given))], expected));
});

describe('a suppression of a finding of another deployment', () => {
  const TEMPLATE = `Parameters:
  Stage: {Type: String}
Conditions:
  IsSite: !Equals [!Ref Stage, site]
Resources:
  B:
    Type: AWS::S3::Bucket
    Properties:
      # stackwarden-disable-next-line s3-acl-public-read -- website
      AccessControl: !If [IsSite, PublicRead, Private]
      # stackwarden-disable-next-line s3-acl-public-read -- website
      BucketName: b
`;
  const files = { 't.yaml': TEMPLATE, 't.parameters.json': '{"Stage": "test"}' };

  it('is used', () => {
    const { texts } = fixAll(readerOf(files), [uri('t.yaml')], {
      ...EVERYTHING,
      rules: new Set(['s3-acl-public-read', 'suppression-unused']),
    });
    assert.equal(texts.get(uri('t.yaml')), TEMPLATE.replace(/ *# stackwarden[^\n]*\n(?= *BucketName)/, ''));
  });

  it('is used in the configuration', () => {
    const entry = (rule: string): string => `  - {rules: [${rule}], reason: website}\n`;
    const configured = `suppressions:\n${entry('s3-acl-public-read')}${entry('ebs-volume-encryption')}`;
    const { configured: found } = analysed(
      { ...files, 't.yaml': TEMPLATE.replaceAll(/ *# stackwarden[^\n]*\n/g, '') },
      {
        ...optionsOf({ files, configured }),
        rules: new Set(['s3-acl-public-read', 'ebs-volume-encryption', 'suppression-unused']),
        coversConfiguration: true,
      },
    );
    assert.deepEqual(
      found.map(({ message }) => message),
      ['No finding of ebs-volume-encryption is suppressed here. Remove the suppression.'],
    );
  });
});
