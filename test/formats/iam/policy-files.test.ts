/** Policy files: their kinds, their values, and their edits. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '../../../server/src/config/read-configuration.ts';
import type { AnalysisOptions } from '../../../server/src/engine/analysis.ts';
import { run } from '../../../server/src/engine/run.ts';
import { applyEdits } from '../../../server/src/fixes/merge.ts';
import { writeEdits } from '../../../server/src/fixes/write.ts';
import type { PolicyAttachment } from '../../../server/src/formats/given.ts';
import { policyStack } from '../../../server/src/formats/iam/stack.ts';
import { isLowerable, isRefusal } from '../../../server/src/formats/lowering.ts';
import type { PolicyLocations } from '../../../server/src/formats/policy-locations.ts';
import type { ResourceEdit } from '../../../server/src/model/edit.ts';
import { isAbsent } from '../../../server/src/model/judgement.ts';
import { itemsOf } from '../../../server/src/model/navigate.ts';
import type { PolicyDocument } from '../../../server/src/model/policy.ts';
import type { Leaf } from '../../../server/src/model/value.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { EVERYTHING } from '../../engine/analysis.ts';
import { memoryReader, SCHEMAS } from '../../kit/memory-reader.ts';

const { locations } = JSON.parse(readFileSync(join(SCHEMAS, 'iam/locations.json'), 'utf8')) as PolicyLocations;
const services = new Set(
  locations.flatMap(({ kind, service }) => (kind === 'resource' && service !== undefined ? [service] : [])),
);

function policyOf(
  path: string,
  text: string,
  attachment?: PolicyAttachment,
  generated = false,
): PolicyDocument | undefined {
  return policyStack(parse(`file:///w/${path}`, text), { attachment, services, generated }).policies[0];
}

function kindOf(path: string, text: string): string | undefined {
  const policy = policyOf(path, text);
  return (
    policy &&
    [policy.kind, policy.service].filter(Boolean).join(' ') + (policy.suggests ? `, named ${policy.suggests}` : '')
  );
}

const of = (...statements: readonly object[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
  });
const ALL = of({ Action: '*', Resource: '*' });
const ASSUME = of({ Principal: { AWS: '*' }, Action: ['sts:AssumeRole', 'sts:TagSession'] });
const READ = { Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };

describe('what a policy in a file is attached to', () => {
  const rows: Readonly<Record<string, readonly (readonly [path: string, text: string, kind: string])[]>> = {
    'by its elements': [
      ['p.json', ALL, 'identity'],
      ['p.json', '{"Version":"2012-10-17"}', 'identity'],
      ['p.json', of({ Action: 'sts:AssumeRole', Resource: '*' }), 'identity'],
      ['p.json', ASSUME, 'trust'],
      ['p.json', of({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'STS:assumerole' }), 'trust'],
      ['p.json', of({ NotPrincipal: { AWS: 'a' }, Action: 'sts:AssumeRole' }), 'trust'],
      ['p.json', of({ Principal: '*', Action: 'sts:AssumeRole', Resource: '*' }), 'unclear'],
      ['p.json', of(READ), 'resource s3'],
      ['p.json', of(READ, { Action: 's3:ListBucket', Resource: 'arn:aws:s3:::b' }), 'resource s3'],
      [
        'p.json',
        of({ Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' }),
        'resource kms',
      ],
      ['p.json', of({ Principal: '*', Action: 'ecr:GetDownloadUrlForLayer' }), 'resource ecr'],
      ['p.json', of({ Principal: '*', Action: ['sqs:SendMessage', 'sns:Publish'], Resource: 'a' }), 'unclear'],
      ['p.json', of({ Principal: '*', NotAction: 's3:PutObject', Resource: 'a' }), 'unclear'],
      ['p.json', of({ Principal: '*' }), 'unclear'],
      ['p.json', of({ Principal: '*', Action: '*', Resource: '*' }), 'unclear'],
      ['p.json', of({ Principal: '*', Action: 's3:*', Resource: '*' }), 'unclear'],
      ['p.json', of({ Principal: { AWS: ['*'] }, Action: 's3:*', Resource: ['*'] }), 'unclear'],
      [
        'p.json',
        of(
          { Principal: { AWS: 'a' }, Action: 'kms:*', Resource: '*' },
          { Principal: '*', Action: 'kms:Decrypt', Resource: '*' },
        ),
        'resource kms',
      ],
      ['p.json', of({ Effect: 'Deny', Principal: '*', Action: 'backup:*', Resource: '*' }), 'resource backup'],
      ['p.json', of({ Principal: { AWS: 'a' }, Action: 'ec2:*', Resource: 'a' }), 'unclear'],
      ['p.json', of({ Action: ['iot:Connect', 'iot:Publish'], Resource: '*' }), 'unclear'],
      ['p.json', of({ Action: ['iot:Connect', 's3:GetObject'], Resource: '*' }), 'identity'],
    ],
    'by its name': [
      ['team.scp.json', ALL, 'scp'],
      ['service-control-policies/a.json', ALL, 'scp'],
      ['x/scp/a.json', ALL, 'scp'],
      ['scp/x/a.json', ALL, 'identity'],
      ['scp/boundary.json', ALL, 'boundary'],
      ['my-scp-handler-role-policy.json', ALL, 'identity'],
      ['scp-deny-role-policy-changes.json', ALL, 'scp'],
      ['describe-scripts.json', ALL, 'identity'],
      ['permissionsBoundary.json', ALL, 'boundary'],
      ['permission-sets/admin.json', ALL, 'permission-set'],
      ['PermissionSet.json', ALL, 'permission-set'],
      ['session-policy.json', ALL, 'session'],
      ['vpc-endpoint-policies/a.json', of(READ), 'endpoint'],
      ['s3_vpce.json', of(READ), 'endpoint'],
      ['rcp/a.json', of({ ...READ, Effect: 'Deny' }), 'rcp'],
      ['deploy-trust.json', of({ Principal: '*', Action: 'sts:*', Resource: '*' }), 'trust'],
      ['assume_role.json', ASSUME, 'trust'],
      ['keyPolicies/open.json', of({ Principal: '*', Action: 'kms:*', Resource: '*' }), 'resource kms'],
      ['sagemaker-endpoint.json', ALL, 'identity'],
      ['queue-policy.json', of({ Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }), 'resource sqs'],
      ['bucket-policies/a.json', of(READ, { Principal: '*', Action: 'sns:Publish', Resource: '*' }), 'unclear'],
      ['boundary.json', ALL, 'boundary'],
      ['bucket-policy-vpce.json', of(READ), 'resource s3'],
      ['trust.json', of({ Principal: '*', Action: '*' }), 'trust'],
      ['trust.json', of({ Action: 'sts:AssumeRole' }), 'trust'],
      ['bucket-policy.json', of({ Action: 's3:GetObject' }), 'unclear'],
      ['boundary.json', '{"Version":"2012-10-17","Statement":[', 'boundary'],
    ],
    'by its elements, against its name': [
      ['trust-policy.json', ALL, 'identity, named trust'],
      ['bucket-policy.json', ALL, 'identity, named resource'],
      ['key-policies/p.json', ALL, 'identity, named resource'],
      ['key-policy.json', of({ Action: 'kms:*', Resource: '*' }), 'identity, named resource'],
      ['endpoint-policy.json', ALL, 'identity, named endpoint'],
      ['rcp.json', of({ Effect: 'Deny', Action: 's3:*', Resource: '*' }), 'identity, named rcp'],
      ['assume-role-policy.json', ALL, 'identity, named trust'],
      // Such a name says as well that an identity may assume a role.
      ['assume-role-policy.json', of({ Action: 'sts:AssumeRole', Resource: '*' }), 'identity'],
      ['scp/a.json', of(READ), 'resource s3, named scp'],
      ['boundary.json', of(READ), 'resource s3, named boundary'],
      ['session-policy.json', ASSUME, 'trust, named session'],
      [
        'permission-set.json',
        of({ Principal: { AWS: 'a' }, Action: 'kms:*', Resource: '*' }),
        'resource kms, named permission-set',
      ],
      ['trust.json', of(READ), 'resource s3, named trust'],
      ['trust.json', of({ Principal: { AWS: 'a' }, Action: 'ecr:BatchGetImage' }), 'resource ecr, named trust'],
      ['bucket-policy.json', ASSUME, 'trust, named resource'],
      ['endpoint-policy.json', ASSUME, 'trust, named endpoint'],
      ['scp.json', of({ Principal: '*', Action: '*', Resource: '*' }), 'unclear'],
    ],
    'by what is around it': [
      ['a.json', `{"PolicyVersion":{"Document":${ALL},"VersionId":"v1"}}`, 'identity'],
      ['a.json', `{"Role":{"RoleName":"r","AssumeRolePolicyDocument":${ASSUME}}}`, 'trust'],
      ['a.json', `{"RoleName":"r","AssumeRolePolicyDocument":${JSON.stringify(ASSUME)}}`, 'trust'],
      ['a.json', `{"RoleName":"r","PolicyName":"p","PolicyDocument":${ALL}}`, 'identity'],
      ['a.json', `{"RoleName":"r","PolicyName":"p","PolicyDocument":${JSON.stringify(ALL)}}`, 'identity'],
      ['a.json', `{"Policy":${JSON.stringify(of(READ))}}`, 'resource s3'],
      [
        'a.json',
        `{"Policy":{"PolicySummary":{"Type":"SERVICE_CONTROL_POLICY"},"Content":${JSON.stringify(ALL)}}}`,
        'scp',
      ],
      [
        'a.json',
        `{"Policy":{"PolicySummary":{"Type":"RESOURCE_CONTROL_POLICY"},"Content":${JSON.stringify(of({ ...READ, Effect: 'Deny' }))}}}`,
        'rcp',
      ],
      [
        'a.json',
        `{"Attributes":{"Policy":${JSON.stringify(of({ Principal: '*', Action: 'SQS:SendMessage', Resource: 'a' }))}}}`,
        'resource sqs',
      ],
    ],
  };
  for (const [how, cases] of Object.entries(rows)) {
    describe(how, () => {
      for (const [path, text, kind] of cases)
        it(`is ${kind}: ${path} ${text.slice(0, 120)}`, () => assert.equal(kindOf(path, text), kind));
    });
  }

  it('is what the author says', () => {
    const policy = policyOf('scp/a.json', ALL, { kind: 'identity' });
    assert.equal(policy?.kind, 'identity');
  });

  it('is nothing where there is no policy', () => assert.equal(policyOf('a.json', '[]'), undefined));
});

describe('a policy in a file', () => {
  const options = (configuration = ''): AnalysisOptions => ({
    ...EVERYTHING,
    rules: new Set(['iam-policy-admin-wildcard']),
    configuration: readConfiguration('file:///w/.stackwarden.yaml', configuration).configuration,
  });
  const analysed = (path: string, text: string, configuration?: string) => {
    const doc = `file:///w/${path}`;
    const {
      documents: [document],
      incomplete,
    } = run(memoryReader(new Map([[doc, text]])), [doc], options(configuration));
    assert.deepEqual(incomplete, []);
    return document!;
  };

  it('belongs to no resource', () => {
    const {
      format,
      findings: [finding, ...more],
    } = analysed('read%20only.json', ALL);
    assert.equal(format, 'iam-policy');
    assert.deepEqual(more, []);
    assert.deepEqual(
      [finding?.resource, finding?.resourceType, finding?.subjects, finding?.path],
      [null, null, [], 'Statement[0].Action'],
    );
    assert.match(finding!.message, /^read only\.json allows all actions/);
  });

  const places: readonly (readonly [what: string, path: string, text: string, found: string])[] = [
    [
      'in YAML',
      'a.yaml',
      'Version: "2012-10-17"\nStatement:\n  Effect: Allow\n  Action: "*"\n  Resource: "*"\n',
      'Statement.Action "*"',
    ],
    ['in YAML with the brackets of JSON', 'a.yaml', ALL, 'Statement[0].Action "*"'],
    ['without an ending', 'admin', ALL, 'Statement[0].Action "*"'],
    [
      'within what the command line shows',
      'a.json',
      `{"PolicyVersion":{"Document":${ALL}}}`,
      'PolicyVersion.Document.Statement[0].Action "*"',
    ],
    ['in a text', 'a.json', `{"PolicyDocument":${JSON.stringify(ALL)}}`, 'PolicyDocument *'],
    ['behind a byte order mark', 'a.json', `\ufeff${ALL}`, 'Statement[0].Action "*"'],
    ['that is not written to its end', 'a.json', ALL.slice(0, -3), 'Statement[0].Action "*"'],
  ];
  for (const [what, path, text, expected] of places) {
    it(`is judged ${what}`, () => {
      assert.deepEqual(
        analysed(path, text).findings.map(
          (finding) => `${finding.path} ${text.slice(finding.at.start, finding.at.end)}`,
        ),
        [expected],
      );
    });
  }

  it('is not a stack policy of CloudFormation, which has the same elements', () => {
    const freeze = { Effect: 'Deny', Principal: '*', Resource: '*' };
    const names = ['stack-policy.json', 'p.json'];
    for (const name of names)
      assert.deepEqual(
        [
          of({
            ...freeze,
            Action: ['Update:Replace', 'Update:Delete'],
            Condition: { StringEquals: { ResourceType: ['a'] } },
          }),
          of({ ...freeze, NotAction: 'Update:Delete' }, { Action: 'Update:*', Principal: '*', Resource: '*' }),
          of({ ...freeze, Action: ['Update:*', 's3:GetObject'] }),
        ].map((text) => policyOf(name, text) !== undefined),
        [false, false, true],
      );
  });

  it('is what the configuration says', () => {
    assert.equal(analysed('a.json', ALL, 'policies: [{files: a.json, kind: boundary}]').findings.length, 0);
    assert.equal(analysed('scp/a.json', ALL).findings.length, 0);
    assert.equal(analysed('scp/a.json', ALL, 'policies: [{files: scp/*.json, kind: identity}]').findings.length, 1);
  });

  it('says nothing of what it is attached to', () => {
    const { host } = policyOf('a.json', ALL)!;
    assert.deepEqual(
      [host.get('PermissionsBoundary').state, isAbsent(host.get('PermissionsBoundary')).yes.satisfiable()],
      ['absent', false],
    );
    assert.deepEqual(host.policies().documents.length, 1);
    for (const { yes, no } of [host.each('Policies').complete, host.related('boundary-of').complete])
      assert.ok(!yes.satisfiable() && !no.satisfiable());
  });

  it('is told of nothing while it is half typed', () => {
    for (let length = 1; length < ALL.length; length++) {
      const { format, problems } = analysed('my-policy.json', ALL.slice(0, length));
      assert.ok(format === 'iam-policy' || length < '{"Version":"2012-10-17"'.length, ALL.slice(0, length));
      assert.ok(problems.every(({ kind }) => kind === 'syntax'));
    }
  });

  it('does not read functions as if they were texts', () => {
    assert.equal(
      policyOf('a.yaml', 'Version: "2012-10-17"\nStatement: {Effect: Allow, Action: !Sub "*", Resource: "*"}\n')
        ?.statements[0]?.actions.state,
      'unknown',
    );
  });
});

describe('a change of a policy in a file', () => {
  const TEXT = `{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": [
      "s3:GetObject",
      "s3:*"
    ],
    "Resource": "*"
  }]
}
`;
  const change = (policy: PolicyDocument, text: string, editOf: (policy: PolicyDocument) => ResourceEdit): string => {
    const edit = editOf(policy);
    assert.ok(isLowerable(policy.host));
    const lowered = policy.host.lower(edit, policy.value as Leaf);
    if (isRefusal(lowered)) return lowered.refused;
    const written = writeEdits(lowered);
    return 'refused' in written ? written.refused : applyEdits(text, written.edits);
  };
  const second = (policy: PolicyDocument): ResourceEdit => ({
    op: 'removeItem',
    resource: policy.host,
    target: itemsOf(policy.statements[0]!.actions).items[1]!.value,
  });

  it('is written where it stands', () => {
    assert.equal(change(policyOf('a.json', TEXT)!, TEXT, second), TEXT.replace(',\n      "s3:*"', ''));
  });

  it('is written within a text', () => {
    const text = `{"PolicyDocument": ${JSON.stringify(JSON.stringify(JSON.parse(TEXT)))}}`;
    assert.equal(change(policyOf('a.json', text)!, text, second), text.replace(',\\"s3:*\\"', ''));
  });

  it('adds a condition', () => {
    const condition = (policy: PolicyDocument): ResourceEdit => ({
      op: 'mergeCondition',
      resource: policy.host,
      target: policy.statements[0]!.value,
      operator: 'Bool',
      key: 'aws:SecureTransport',
      value: 'true',
    });
    const after = change(policyOf('a.json', TEXT)!, TEXT, condition);
    assert.deepEqual((JSON.parse(after) as { Statement: { Condition: unknown }[] }).Statement[0]!.Condition, {
      Bool: { 'aws:SecureTransport': 'true' },
    });
  });

  it('is refused where there is no place for it', () => {
    const policy = policyOf('a.json', TEXT)!;
    assert.match(
      change(policy, TEXT, ({ host }) => ({ op: 'set', resource: host, path: 'Description', value: 'x' })),
      /no other properties/,
    );
    assert.match(
      change(policy, TEXT, ({ host }) => ({
        op: 'addResource',
        beside: host,
        type: 'AWS::IAM::Role',
        name: 'r',
        properties: {},
      })),
      /no other properties/,
    );
  });

  it('is refused in what a tool has made', () => {
    assert.match(change(policyOf('a.json', TEXT, undefined, true)!, TEXT, second), /generated/);
  });
});
