/** Which findings are suppressed, by comments, metadata, other tools and the configuration. */
import assert from 'node:assert/strict';
import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import { run } from '../../server/src/engine/run.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const FOLDER = 'file:///w/';

interface CaseOptions extends Partial<
  Pick<AnalysisOptions, 'profile' | 'certainty' | 'today' | 'coversConfiguration'>
> {
  readonly rules?: readonly string[];
  readonly configuration?: string;
}

/**
 * The findings of files as `rule@line`, with a tilde and the reason for suppressed ones, by file if there are several.
 */
function found(files: Readonly<Record<string, string>>, options: CaseOptions = {}): readonly string[] {
  const {
    rules,
    configuration = '',
    profile = 'recommended',
    certainty = 'certain',
    today,
    coversConfiguration,
  } = options;
  const texts = new Map(Object.entries(files).map(([name, text]) => [FOLDER + name, text]));
  const analysis = run(memoryReader(texts), [...texts.keys()], {
    profile,
    certainty,
    configuration: readConfiguration(`${FOLDER}.stackwarden.yaml`, configuration).configuration,
    ...(today === undefined ? {} : { today }),
    ...(coversConfiguration === undefined ? {} : { coversConfiguration }),
    ...(rules ? { rules: new Set(rules) } : {}),
  });
  return [...analysis.documents.flatMap(({ findings }) => findings), ...analysis.configured].map(
    ({ rule, at, suppressed, severity }) => {
      const text = texts.get(at.doc) ?? configuration;
      const line = text.slice(0, at.start).split('\n').length;
      const where = Object.keys(files).length > 1 ? `${at.doc.slice(FOLDER.length)}:${line}` : String(line);
      return `${suppressed ? '~' : ''}${rule}@${where} ${severity}${suppressed ? ` ${suppressed.tool} ${suppressed.kind}: ${suppressed.reason ?? ''}` : ''}`;
    },
  );
}

const ONE = 'ebs-volume-encryption';

/** A template with a volume on each line from 3. */
function volumes(...lines: readonly string[]): string {
  return `Resources:\n  # volumes\n${lines.map((line, index) => `  V${index + 1}: {Type: 'AWS::EC2::Volume', Properties: {AvailabilityZone: a, ${line.includes('Encrypted') ? line : `Encrypted: false}} ${line}`}`).join('\n')}\n`;
}

/** A template with a managed policy whose resource is a wildcard on line 5. */
function managedPolicy(metadata: string): string {
  return `Resources:
  Work:
    Type: AWS::IAM::ManagedPolicy
    Metadata: {${metadata}}
    Properties: {PolicyDocument: {Version: '2012-10-17', Statement: {Effect: Allow, Action: s3:PutObject, Resource: '*'}}}
`;
}

describe('suppressed findings', () => {
  const cases: readonly (readonly [
    name: string,
    files: Record<string, string>,
    asked: CaseOptions,
    expected: readonly string[],
  ])[] = [
    [
      'are those of the line of a comment',
      { 'a.yaml': volumes(`# stackwarden-disable-line ${ONE} -- scratch`, '') },
      { rules: [ONE] },
      [`~${ONE}@3 high stackwarden comment: scratch`, `${ONE}@4 high`],
    ],
    [
      'are not those of other rules',
      { 'a.yaml': volumes('# stackwarden-disable-line s3-bucket-versioning -- scratch') },
      { rules: [ONE] },
      [`${ONE}@3 high`],
    ],
    [
      'are named with a pattern, too',
      { 'a.yaml': volumes('# stackwarden-disable-line ebs-* -- scratch') },
      { rules: [ONE] },
      [`~${ONE}@3 high stackwarden comment: scratch`],
    ],
    ['need a reason', { 'a.yaml': volumes(`# stackwarden-disable-line ${ONE}`) }, { rules: [ONE] }, [`${ONE}@3 high`]],
    [
      'need no reason where the configuration says so',
      { 'a.yaml': volumes(`# stackwarden-disable-line ${ONE}`) },
      { rules: [ONE], configuration: 'requireSuppressionReason: false' },
      [`~${ONE}@3 high stackwarden comment: `],
    ],
    [
      'are suppressed on the last day',
      { 'a.yaml': volumes(`# stackwarden-disable-line ${ONE} until 2026-11-29 -- scratch`) },
      { rules: [ONE], today: '2026-11-29' },
      [`~${ONE}@3 high stackwarden comment: scratch`],
    ],
    [
      'are reported after it',
      { 'a.yaml': volumes(`# stackwarden-disable-line ${ONE} until 2026-11-29 -- scratch`) },
      { rules: [ONE], today: '2026-11-30' },
      [`${ONE}@3 high`],
    ],
    [
      'are none where the configuration does not allow suppressions in documents',
      { 'a.yaml': volumes(`# stackwarden-disable-line ${ONE} -- scratch`) },
      { rules: [ONE], configuration: 'inlineSuppressions: false' },
      [`${ONE}@3 high`],
    ],
    [
      'are those of checks of other tools',
      {
        'a.tf':
          'resource "aws_ebs_volume" "a" {\n  # checkov:skip=CKV_AWS_3:scratch\n  availability_zone = "a"\n  encrypted = false\n}\n',
      },
      { rules: [ONE] },
      [`~${ONE}@4 high checkov comment: scratch`],
    ],
    [
      'are not those of other tools where the configuration says so',
      {
        'a.tf':
          'resource "aws_ebs_volume" "a" {\n  # checkov:skip=CKV_AWS_3:scratch\n  availability_zone = "a"\n  encrypted = false\n}\n',
      },
      { rules: [ONE], configuration: 'honorSuppressionsOf: [trivy]' },
      [`${ONE}@4 high`],
    ],
    [
      'are those of tfsec and Trivy with the long name of the check',
      {
        'a.tf':
          '#tfsec:ignore:aws-ebs-enable-volume-encryption\nresource "aws_ebs_volume" "a" {\n  availability_zone = "a"\n  encrypted = false\n}\n' +
          'resource "aws_ebs_volume" "b" {\n  availability_zone = "a"\n  encrypted = false #trivy:ignore:AWS-EBS-enable-volume-encryption\n}\n',
      },
      { rules: [ONE] },
      [`~${ONE}@4 high tfsec comment: `, `~${ONE}@8 high trivy comment: `],
    ],
    [
      'are not those with the long name of another check, an unknown one, or one of another tool',
      {
        'a.tf':
          '#tfsec:ignore:aws-efs-enable-at-rest-encryption tfsec:ignore:aws-ebs-unknown tfsec:ignore:aws-ebs-constructor\nresource "aws_ebs_volume" "a" {\n' +
          '  # checkov:skip=aws-ebs-enable-volume-encryption\n  availability_zone = "a"\n  encrypted = false\n}\n',
      },
      { rules: [ONE] },
      [`${ONE}@5 high`],
    ],
    [
      'are those with a long name that stands for rules',
      {
        'a.tf':
          'variable "db_password" {\n  sensitive = true\n  default = "correct-Horse-7" #tfsec:ignore:general-secrets-no-plaintext-exposure\n}\n' +
          'variable "api_password" {\n  sensitive = true\n  default = "correct-Horse-8" #tfsec:ignore:general-secrets-sensitive-in-local\n}\n',
      },
      { rules: ['parameter-secret-default'] },
      ['~parameter-secret-default@3 high tfsec comment: ', 'parameter-secret-default@7 high'],
    ],
    [
      'are those of Trivy with and without AVD',
      {
        'a.tf':
          '#trivy:ignore:avd-aws-0026\nresource "aws_ebs_volume" "a" {\n  availability_zone = "a"\n  encrypted = false\n}\n',
      },
      { rules: [ONE] },
      [`~${ONE}@4 high trivy comment: `],
    ],
    [
      'are those of metadata of other tools',
      {
        'a.yaml':
          'Resources:\n  V:\n    Type: AWS::EC2::Volume\n    Metadata: {cfn_nag: {rules_to_suppress: [{id: F1, reason: scratch}]}}\n    Properties: {AvailabilityZone: a, Encrypted: false}\n',
      },
      { rules: [ONE] },
      [`~${ONE}@5 high cfn_nag metadata: scratch`],
    ],
    [
      'are not those of which another tool skips only some checks',
      {
        'a.tf':
          'resource "aws_security_group_rule" "x" {\n  # checkov:skip=CKV_AWS_260:web\n  type = "ingress"\n  protocol = "-1"\n  from_port = 0\n  to_port = 0\n  cidr_blocks = ["0.0.0.0/0"]\n  security_group_id = "sg-1"\n}\n',
      },
      { rules: ['sg-ingress-open-all'] },
      ['sg-ingress-open-all@7 high'],
    ],
    [
      'are those of the one check of another tool for the type of the resource',
      { 'a.yaml': managedPolicy('cfn_nag: {rules_to_suppress: [{id: W13, reason: scratch}]}') },
      { rules: ['iam-policy-wildcard-resource'] },
      ['~iam-policy-wildcard-resource@5 medium cfn_nag metadata: scratch'],
    ],
    [
      'are not those of a check for another type of resource',
      {
        'a.yaml': managedPolicy(
          'cfn_nag: {rules_to_suppress: [{id: W12, reason: scratch}, {id: W11, reason: scratch}]}',
        ),
      },
      { rules: ['iam-policy-wildcard-resource'] },
      ['iam-policy-wildcard-resource@5 medium'],
    ],
    [
      'are those of the checks of another tool for templates',
      { 'a.yaml': managedPolicy('checkov: {skip: [{id: CKV_AWS_111, comment: scratch}]}') },
      { rules: ['iam-policy-wildcard-resource'] },
      ['~iam-policy-wildcard-resource@5 medium checkov metadata: scratch'],
    ],
    [
      'are not those of a check for configurations in a template',
      {
        'a.yaml': managedPolicy(
          'checkov: {skip: [{id: CKV_AWS_355, comment: scratch}, {id: CKV_AWS_290, comment: scratch}]}',
        ),
      },
      { rules: ['iam-policy-wildcard-resource'] },
      ['iam-policy-wildcard-resource@5 medium'],
    ],
    [
      'are not those of KICS, whose comments name no checks, unless the configuration asks for it',
      { 'a.yaml': `# kics-scan ignore\n${volumes('')}` },
      { rules: [ONE] },
      [`${ONE}@4 high`],
    ],
    [
      'are those of KICS where the configuration asks for it',
      { 'a.yaml': `# kics-scan ignore\n${volumes('')}` },
      { rules: [ONE], configuration: 'honorSuppressionsOf: [kics]' },
      [`~${ONE}@4 high kics comment: `],
    ],
    [
      'need a reason with words',
      { 'a.yaml': volumes(`# stackwarden-disable-line ${ONE} -- --`) },
      { rules: [ONE] },
      [`${ONE}@3 high`],
    ],
    [
      'are none of an entry with an empty limit',
      { 'a.yaml': volumes('') },
      {
        rules: [ONE],
        configuration: `suppressions: [{rule: ${ONE}, paths: , reason: scratch}, {rule: ${ONE}, resources: {}, reason: x}, {rule: ${ONE}, value: [], reason: x}]`,
      },
      [`${ONE}@3 high`],
    ],
    [
      'are in all cases of letters as written',
      { 'Build/a.yaml': volumes('') },
      { rules: [ONE], configuration: `suppressions: [{rule: ${ONE}, paths: build/, reason: scratch}]` },
      [`${ONE}@3 high`],
    ],
    [
      'are none where an invalid setting can forbid them',
      { 'a.yaml': volumes(`# stackwarden-disable-line ${ONE} -- scratch`) },
      { rules: [ONE], configuration: 'inlineSuppressions: "no"' },
      [`${ONE}@3 high`],
    ],
    [
      'are those of an entry of the configuration, by path and resource',
      { 'a/x.yaml': volumes('', ''), 'b/x.yaml': volumes('') },
      { rules: [ONE], configuration: `suppressions: [{rule: ${ONE}, paths: a/, resources: ['*1'], reason: scratch}]` },
      [
        `~${ONE}@a/x.yaml:3 high stackwarden configuration: scratch`,
        `${ONE}@a/x.yaml:4 high`,
        `${ONE}@b/x.yaml:3 high`,
      ],
    ],
    [
      'are those with the accepted value',
      { 'a.yaml': volumes('', "Encrypted: 'no'}}") },
      {
        rules: [ONE],
        certainty: 'possible',
        configuration: `suppressions: [{rule: ${ONE}, value: 'false', reason: scratch}]`,
      },
      [`~${ONE}@3 high stackwarden configuration: scratch`, `${ONE}@4 high`],
    ],
    [
      'are not those with another value',
      { 'a.yaml': volumes('') },
      { rules: [ONE], configuration: `suppressions: [{rule: ${ONE}, value: 'true', reason: scratch}]` },
      [`${ONE}@3 high`],
    ],
    [
      'do not hide others of the same cause',
      {
        'a.yaml': `Resources:
  R:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - Effect: Allow
            Resource: '*'
            Action:
              - 's3:*' # stackwarden-disable-line iam-policy-service-wildcard-action -- owner
              - 'sqs:*'
`,
      },
      { rules: ['iam-policy-service-wildcard-action'] },
      [
        '~iam-policy-service-wildcard-action@10 high stackwarden comment: owner',
        'iam-policy-service-wildcard-action@11 high',
      ],
    ],
    [
      'have the severity of the configuration',
      { 'a/x.yaml': volumes(''), 'b/x.yaml': volumes('') },
      { rules: [ONE], configuration: `rules: {${ONE}: low}\noverrides: [{paths: b/, rules: {${ONE}: critical}}]` },
      [`${ONE}@a/x.yaml:3 low`, `${ONE}@b/x.yaml:3 critical`],
    ],
    [
      'are none of rules that are off for a path',
      { 'a/x.yaml': volumes(''), 'b/x.yaml': volumes('') },
      { rules: [ONE], configuration: `overrides: [{paths: b/, rules: {${ONE}: off}}]` },
      [`${ONE}@a/x.yaml:3 high`],
    ],
    [
      'are not unused if they are of another profile',
      {
        'a.yaml':
          'Resources:\n  # stackwarden-disable-next-line s3-bucket-lifecycle -- short-lived\n  B: {Type: AWS::S3::Bucket}\n',
      },
      { profile: 'essential', configuration: 'rules: {suppression-unused: on}' },
      [],
    ],
    [
      'make entries of the configuration unused that suppress nothing',
      { 'a.yaml': volumes('') },
      {
        coversConfiguration: true,
        configuration: `rules: {'*': off, ${ONE}: on, s3-bucket-versioning: on, suppression-unused: on}\nsuppressions:\n  - {rules: [${ONE}, s3-bucket-versioning], reason: scratch}\n`,
      },
      [`~${ONE}@3 high stackwarden configuration: scratch`, 'suppression-unused@3 low'],
    ],
    [
      'leave it open whether entries are unused if other files are not checked',
      { 'a.yaml': volumes('') },
      {
        configuration: `rules: {'*': off, suppression-unused: on, s3-bucket-versioning: on}\nsuppressions:\n  - {rules: [s3-bucket-versioning], reason: scratch}\n`,
      },
      [],
    ],
    [
      'are not unused where the configuration does not ask',
      { 'a.yaml': volumes('Encrypted: true}} # stackwarden-disable-line ebs-volume-encryption -- scratch') },
      { rules: [ONE, 'suppression-unused'], configuration: 'reportUnusedSuppressions: false' },
      [],
    ],
    [
      'are not unused in the configuration where it does not ask',
      { 'a.yaml': volumes('Encrypted: true}}') },
      {
        coversConfiguration: true,
        configuration:
          'reportUnusedSuppressions: false\nsuppressions: [{rule: ebs-volume-encryption, reason: scratch}]',
      },
      [],
    ],
  ];
  for (const [name, files, options, expected] of cases)
    it(name, () => assert.deepEqual(found(files, options), expected));
});
