import assert from 'node:assert/strict';
import { exitCode } from '../../server/src/cli/exit-code.ts';
import { jsonReport } from '../../server/src/cli/reporters/lint-json.ts';
import type { Problem, Severity } from '../../server/src/model/finding.ts';
import { uriOf } from '../../server/src/host/uri.ts';
import type { AnyRule } from '../../server/src/rules/rule.ts';
import { CWD, docOf, finding, linted, marked, outcome } from './outcomes.ts';

const PROGRAM = { version: '1.2.3', schemas: '/schemas' };
const RULES = [
  {
    id: 'ebs-volume-encryption',
    aliases: { checkov: ['CKV_AWS_3', 'CKV_AWS_189'], trivy: ['AWS-0026'] },
    controls: { securityHub: ['EC2.3'], cis: ['v3.0.0 2.2.1'] },
  },
] as unknown as readonly AnyRule[];

describe('the report for programs', () => {
  it('has the shape that was promised', () => {
    const text = marked('A: 1\r\n😀: ⟦false⟧\r\nb: ⟦1\r\n⟧');
    const other = marked('{"x": ⟦1⟧}');
    const elsewhere = uriOf('/elsewhere/x.json');
    const doc = docOf('a b.yaml');
    const [value, rest] = text.ranges;
    const file = linted('a b.yaml', {
      texts: { 'a b.yaml': text.text, '../elsewhere/x.json': other.text },
      problems: [{ at: { doc, ...rest! }, message: 'Odd.', kind: 'document' }],
      findings: [
        finding(doc, value!, {
          when: [{ kind: 'condition', name: 'IsProd', value: false }],
          aliases: { checkov: ['CKV_AWS_3'] },
          controls: { securityHub: ['EC2.3'] },
          related: [{ at: { doc: elsewhere, ...other.ranges[0]! }, message: 'From here.' }],
          fixes: [{ title: 'Set it', safe: true, edits: [{ doc, range: value!, newText: 'true' }] }],
          refused: [{ title: 'Set all', safe: false, reason: 'The value is shared.' }],
        }),
      ],
    });
    const report = jsonReport(
      outcome([file, linted('none.txt', { texts: {}, format: 'none' })], {
        incomplete: [{ path: 'c.yaml', reason: 'it does not exist' }],
      }),
      { program: PROGRAM, cwd: CWD, rules: RULES },
    );
    assert.ok(report.endsWith('}\n'));
    assert.deepEqual(JSON.parse(report), {
      version: 1,
      tool: { name: 'stackwarden', version: '1.2.3' },
      summary: {
        findings: 1,
        possible: 0,
        severities: { critical: 0, high: 1, medium: 0, low: 0, info: 0 },
        suppressed: 0,
        baseline: 0,
      },
      incomplete: [{ path: 'c.yaml', reason: 'it does not exist' }],
      files: [
        {
          path: 'a b.yaml',
          format: 'cloudformation',
          reason: 'Resources with AWS types',
          problems: [
            {
              message: 'Odd.',
              range: { start: { line: 2, character: 3 }, end: { line: 3, character: 0 } },
              kind: 'document',
            },
          ],
          findings: [
            {
              rule: 'ebs-volume-encryption',
              severity: 'high',
              certainty: 'certain',
              message: 'The volume is not encrypted.',
              topic: 'encryption-at-rest',
              range: { start: { line: 1, character: 4 }, end: { line: 1, character: 9 } },
              resource: 'Disk',
              resourceType: 'AWS::EC2::Volume',
              subjects: ['Disk'],
              path: 'Properties.Encrypted',
              when: [{ kind: 'condition', name: 'IsProd', value: false }],
              // No check of Trivy is about this finding of the rule.
              aliases: { checkov: ['CKV_AWS_3'], trivy: [] },
              controls: { securityHub: ['EC2.3'], cis: [] },
              related: [
                {
                  path: '/elsewhere/x.json',
                  range: { start: { line: 0, character: 6 }, end: { line: 0, character: 7 } },
                  message: 'From here.',
                },
              ],
              fingerprint: '0123456789abcdef',
              suppressed: null,
              fixes: [
                {
                  title: 'Set it',
                  safe: true,
                  edits: [
                    {
                      path: 'a b.yaml',
                      range: { start: { line: 1, character: 4 }, end: { line: 1, character: 9 } },
                      newText: 'true',
                    },
                  ],
                },
              ],
              refusedFixes: [{ title: 'Set all', safe: false, reason: 'The value is shared.' }],
            },
          ],
          deployments: [],
          scenario: [],
        },
        {
          path: 'none.txt',
          format: 'none',
          reason: 'Resources with AWS types',
          problems: [],
          findings: [],
          deployments: [],
          scenario: [],
        },
      ],
    });
  });
});

describe('a suppressed finding', () => {
  it('says where it is suppressed and why, and counts as suppressed only', () => {
    const text = marked('# ⟦disabled⟧\nA: 1\n');
    const doc = docOf('a.yaml');
    const at = { start: 12, end: 13 };
    const file = linted('a.yaml', {
      texts: { 'a.yaml': text.text },
      findings: [
        finding(doc, at, {
          suppressed: {
            kind: 'comment',
            tool: 'checkov',
            reason: 'Public site.',
            until: '2027-01-31',
            at: { doc, ...text.ranges[0]! },
          },
        }),
        finding(doc, at, { suppressed: { kind: 'baseline', tool: 'stackwarden' } }),
        finding(doc, at, { certainty: 'possible', severity: 'info' }),
      ],
    });
    const { summary, files } = JSON.parse(
      jsonReport(outcome([file]), { program: PROGRAM, cwd: CWD, rules: RULES }),
    ) as { summary: unknown; files: { findings: { suppressed: unknown }[] }[] };
    assert.deepEqual(
      files[0]!.findings.map(({ suppressed }) => suppressed),
      [
        {
          kind: 'comment',
          tool: 'checkov',
          reason: 'Public site.',
          until: '2027-01-31',
          path: 'a.yaml',
          range: { start: { line: 0, character: 2 }, end: { line: 0, character: 10 } },
        },
        { kind: 'baseline', tool: 'stackwarden', reason: null, until: null, path: null, range: null },
        null,
      ],
    );
    assert.deepEqual(summary, {
      findings: 1,
      possible: 1,
      severities: { critical: 0, high: 0, medium: 0, low: 0, info: 1 },
      suppressed: 1,
      baseline: 1,
    });
  });
});

describe('a finding in a template of the CDK', () => {
  it('names the construct beside the logical id', () => {
    const file = linted('a.yaml', {
      texts: { 'a.yaml': 'A: 1' },
      findings: [
        finding(docOf('a.yaml'), { start: 0, end: 1 }, { construct: 'Shop/Data/Disk' }),
        finding(docOf('a.yaml'), { start: 0, end: 1 }),
      ],
    });
    const {
      files: [reported],
    } = JSON.parse(jsonReport(outcome([file]), { program: PROGRAM, cwd: CWD, rules: RULES })) as {
      files: { findings: { resource: string; construct?: string }[] }[];
    };
    assert.deepEqual(
      reported!.findings.map(({ resource, construct }) => [resource, construct]),
      [
        ['Disk', 'Shop/Data/Disk'],
        ['Disk', undefined],
      ],
    );
  });
});

describe('the exit code', () => {
  const at = { start: 0, end: 0 };
  const one = (severity: Severity, certainty: 'certain' | 'possible' = 'certain'): Parameters<typeof exitCode>[0] =>
    outcome([linted('a.yaml', { texts: {}, findings: [finding('a', at, { severity, certainty })] })]);
  const problem = (kind: Problem['kind'], format: 'sam' | 'none' = 'sam'): Parameters<typeof exitCode>[0] =>
    outcome([linted('a.yaml', { texts: {}, format, problems: [{ at: { doc: 'a', ...at }, message: '', kind }] })]);
  const missed = [{ path: 'x', reason: 'does not exist' }];

  const cases: readonly (readonly [string, Parameters<typeof exitCode>[0], Severity, number])[] = [
    ['nothing', outcome([]), 'info', 0],
    ['a finding of that severity', one('low'), 'low', 1],
    ['a more severe finding', one('critical'), 'high', 1],
    ['a less severe finding', one('info'), 'low', 0],
    ['the most severe of all, when only that counts', one('high'), 'critical', 0],
    ['a possible finding', one('critical', 'possible'), 'info', 0],
    ['a syntax problem', problem('syntax'), 'critical', 1],
    ['a syntax problem in a file that is not ours', problem('syntax', 'none'), 'info', 0],
    ['a template that CloudFormation refuses', problem('document'), 'critical', 1],
    ['what looks so in a file that is not ours', problem('document', 'none'), 'info', 0],
    ['a rule that failed', problem('internal'), 'critical', 2],
    ['something that was not checked in full', outcome([], { incomplete: missed }), 'info', 0],
    ['something that could not be read', outcome([], { failures: missed }), 'critical', 2],
    ['a finding beside something that could not be read', { ...one('high'), failures: missed }, 'low', 2],
    [
      'a configuration that is not understood',
      outcome([], {
        configurationFaults: [
          {
            path: 'c',
            text: '',
            problem: { at: { doc: 'c', ...at }, message: '', kind: 'document' },
            confidential: [],
          },
        ],
      }),
      'critical',
      2,
    ],
  ];
  for (const kind of ['comment', 'metadata', 'configuration', 'baseline'] as const)
    it(`is 0 for a finding that is suppressed by ${kind}`, () => {
      const suppressed = { kind, tool: 'stackwarden' } as const;
      const file = linted('a.yaml', { texts: {}, findings: [finding('a', at, { severity: 'critical', suppressed })] });
      assert.equal(exitCode(outcome([{ ...file, failOn: 'info' }])), 0);
    });

  for (const [most, code] of [
    [0, 1],
    [1, 1],
    [2, 0],
    [3, 0],
  ] as const)
    it(`is ${code} for two findings, one less severe and one possible, with at most ${most}`, () => {
      const findings = [
        finding('a', at, {}),
        finding('a', at, {}),
        finding('a', at, { severity: 'info' }),
        finding('a', at, { certainty: 'possible' }),
      ];
      assert.equal(exitCode(outcome([linted('a.yaml', { texts: {}, findings })]), most), code);
    });

  for (const [name, given, failOn, code] of cases)
    it(`is ${code} for ${name}, failing on ${failOn}`, () =>
      assert.equal(exitCode({ ...given, files: given.files.map((file) => ({ ...file, failOn })) }), code));
});
