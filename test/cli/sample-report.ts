/** An outcome with everything that reports show, with text that tries to be markup in each format. */
import type { LintReport } from '../../server/src/cli/reporters/lint-report.ts';
import { CWD, docOf, finding, linted, marked, outcome } from './outcomes.ts';

const TEMPLATE = marked(`Resources:
  # stackwarden-disable-next-line ebs-volume-encryption -- Scratch data only.
  Scratch: {Type: AWS::EC2::Volume, Properties: {Encrypted: ⟦false⟧}}
  Disk:
    Type: AWS::EC2::Volume
    Properties:
      Encrypted: !If [IsProd, true, ⟦false⟧]
  Orders:
    Type: AWS::RDS::DBInstance
    ⟦Properties:
      StorageEncrypted: false⟧
  "😀": ⟦1⟧
  Old: ⟦2⟧
  Site: ⟦3⟧
`);
const NAME = 'stacks/a,b: 100% <&>|`.yaml';
const DOC = docOf(NAME);
const [scratch, disk, orders, emoji, old, site] = TEMPLATE.ranges;

const CONFIGURATION = marked('suppressions:\n  - ⟦rule: s3-bucket-versioning⟧\n');
const BROKEN = marked('Resources:\n  A: ⟦[⟧\n');

const EVIL = '::error::x %0A [x](https://evil.example) <b>@team</b> #1 ]]> | {0} ${A} \u202E';

export const SAMPLE: LintReport = {
  named: 'stacks',
  certainty: 'possible',
  base: CWD,
  outcome: outcome(
    [
      linted(NAME, {
        texts: { [NAME]: TEMPLATE.text, '.stackwarden.yaml': CONFIGURATION.text },
        findings: [
          finding(DOC, scratch!, {
            message: 'Scratch is not encrypted at rest. Set Encrypted to true.',
            resource: 'Scratch',
            fingerprint: '1111111111111111',
            suppressed: {
              kind: 'comment',
              tool: 'stackwarden',
              reason: 'Scratch data only.',
              until: '2027-01-31',
              at: { doc: DOC, start: 13, end: 88 },
            },
          }),
          finding(DOC, disk!, {
            message: 'Disk is not encrypted at rest. Set Encrypted to true.',
            when: [{ kind: 'condition', name: 'IsProd', value: false }],
            related: [{ at: { doc: DOC, ...orders! }, message: 'The key of the database is also missing.' }],
            fingerprint: '2222222222222222',
            fixes: [
              {
                title: 'Set Encrypted to true',
                safe: true,
                edits: [
                  { doc: DOC, range: disk!, newText: 'true' },
                  { doc: docOf('.stackwarden.yaml'), range: { start: 0, end: 1 }, newText: '' },
                ],
              },
            ],
          }),
          finding(DOC, orders!, {
            rule: 'rds-instance-encryption',
            severity: 'critical',
            message: 'Orders is not encrypted at rest. Set StorageEncrypted to true.',
            resource: 'Orders',
            resourceType: 'AWS::RDS::DBInstance',
            construct: 'Shop/Orders',
            path: 'Properties',
            fingerprint: '3333333333333333',
            fixes: [{ title: 'Set StorageEncrypted to true', safe: false, edits: [] }],
          }),
          finding(DOC, emoji!, {
            rule: 'ec2-imdsv2-required',
            severity: 'medium',
            certainty: 'possible',
            message: `Possible: ${EVIL}`,
            resource: null,
            resourceType: null,
            path: '',
            fingerprint: '4444444444444444',
          }),
          finding(DOC, old!, {
            rule: 'kms-key-rotation',
            severity: 'medium',
            message: 'Old does not rotate its key material.',
            resource: 'Old',
            fingerprint: '5555555555555555',
            suppressed: { kind: 'baseline', tool: 'stackwarden' },
          }),
          finding(DOC, site!, {
            rule: 's3-bucket-versioning',
            severity: 'low',
            message: 'Site does not have versioning enabled.',
            resource: 'Site',
            fingerprint: '6666666666666666',
            suppressed: {
              kind: 'configuration',
              tool: 'stackwarden',
              reason: EVIL,
              at: { doc: docOf('.stackwarden.yaml'), ...CONFIGURATION.ranges[0]! },
            },
          }),
        ],
      }),
      linted('stacks/broken.yaml', {
        texts: { 'stacks/broken.yaml': BROKEN.text },
        problems: [
          {
            at: { doc: docOf('stacks/broken.yaml'), ...BROKEN.ranges[0]! },
            message: 'This bracket is never closed.',
            kind: 'syntax',
          },
        ],
      }),
      linted('stacks/fine.yaml', { texts: {} }),
      linted('stacks/secret.yaml', { texts: {}, format: 'none' }),
    ],
    {
      incomplete: [
        { path: 'stacks/nested.yaml', reason: 'it is outside the root' },
        { path: 'stacks/secret.yaml', reason: 'cannot be read: permission denied' },
      ],
      failures: [{ path: 'stacks/secret.yaml', reason: 'cannot be read: permission denied' }],
      configurationFaults: [
        {
          path: '.stackwarden.yaml',
          text: CONFIGURATION.text,
          problem: {
            at: { doc: docOf('.stackwarden.yaml'), ...CONFIGURATION.ranges[0]! },
            message: 'Unknown setting "rulez".',
            kind: 'document',
          },
          confidential: [],
        },
      ],
    },
  ),
};
