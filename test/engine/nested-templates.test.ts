/** Templates within templates: what they are given, what they give back, and where that ends. */
import assert from 'node:assert/strict';
import { scenario } from '../../server/src/model/scenario.ts';
import { analysed, type Files } from './analysis.ts';

const RULES = new Set(['ebs-volume-encryption', 's3-bucket-policy-secure-transport', 'sg-ingress-open-ssh']);

/** A line for each finding: file, certainty, the marked text, the scenario. */
function lines(files: Files, named?: readonly string[]): readonly string[] {
  const analysis = analysed(files, { rules: RULES, profile: 'strict', certainty: 'possible' }, named);
  return analysis.documents.flatMap(({ doc, findings }) => findings.map(({ certainty, at, when, subjects }) => {
    const text = files[doc.slice('file:///w/'.length)]!.slice(at.start, at.end);
    return [doc.slice('file:///w/'.length), certainty, text, ...when.length > 0 ? [scenario(when)] : [], `(${subjects.join(', ')})`].join(' ');
  }));
}

const CHILD = `Parameters:
  Encrypt: {Type: String, Default: 'false'}
  Env: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  V: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: !Ref Encrypt}}
  W: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: !If [IsProd, true, false]}}
Outputs:
  Env: {Value: !Ref Env}
  Off: {Value: false}
  OffInProd: {Condition: IsProd, Value: false}
`;

function parent(...stacks: readonly string[]): string {
  return `Parameters:\n  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}\nConditions:\n  Never: !Equals [a, b]\n  IsLive: !Equals [!Ref Stage, prod]\nResources:\n${stacks.map((stack) => `  ${stack}\n`).join('')}`;
}

describe('a template within a template', () => {
  const rows: readonly (readonly [what: string, files: Files, ...expected: string[]])[] = [
    ['alone has open parameters', { 'child.yaml': CHILD },
      'child.yaml certain !Ref Encrypt when Encrypt is "false" (V)', 'child.yaml certain false when IsProd is false (W)'],
    ['has what it is passed', { 'p.yaml': parent(`S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: prod}}}`), 'child.yaml': CHILD }],
    ['has its defaults for what it is not passed', { 'p.yaml': parent('S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./child.yaml, Parameters: {Env: prod}}}'), 'child.yaml': CHILD },
      'child.yaml certain !Ref Encrypt (S/V)'],
    ['has the scenarios of the one around it', { 'p.yaml': parent(`S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: !Ref Stage}}}`), 'child.yaml': CHILD },
      'child.yaml certain false when IsProd is false (S/W)'],
    ['is there when its stack is', { 'p.yaml': parent(`S: {Type: AWS::CloudFormation::Stack, Condition: Never, Properties: {TemplateURL: child.yaml, Parameters: {Env: dev}}}`), 'child.yaml': CHILD }],
    ['is judged in each place', { 'p.yaml': parent(`S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: prod}}}`, `T: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: dev}}}`), 'child.yaml': CHILD },
      'child.yaml certain false (T/W)'],
    ['gives back its outputs', { 'p.yaml': parent(`S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: prod}}}`, 'V: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: !GetAtt S.Outputs.Off}}'), 'child.yaml': CHILD },
      'p.yaml certain !GetAtt S.Outputs.Off (V)'],
    ['gives back nothing that it has not', { 'p.yaml': parent(`S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: prod}}}`, 'V: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: !GetAtt S.Outputs.Nothing}}'), 'child.yaml': CHILD },
      'p.yaml possible !GetAtt S.Outputs.Nothing (V)'],
    ['gives back an output where it is there', { 'p.yaml': parent(`S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: !Ref Stage}}}`, 'V: {Type: AWS::EC2::Volume, Condition: IsLive, Properties: {AvailabilityZone: a, Size: 1, Encrypted: !GetAtt S.Outputs.OffInProd}}'), 'child.yaml': CHILD },
      'p.yaml certain !GetAtt S.Outputs.OffInProd (V)', 'child.yaml certain false when IsProd is false (S/W)'],
    ['in a folder', { 'a/p.yaml': parent(`S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ../b/child.yaml, Parameters: {Env: prod}}}`), 'b/child.yaml': CHILD },
      'b/child.yaml certain !Ref Encrypt (S/V)'],
    ['of SAM', { 'p.yaml': `Transform: AWS::Serverless-2016-10-31\n${parent(`S: {Type: AWS::Serverless::Application, Properties: {Location: child.yaml, Parameters: {Env: prod}}}`)}`, 'child.yaml': CHILD },
      'child.yaml certain !Ref Encrypt (S/V)'],
    ['two deep', {
      'p.yaml': parent('S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: middle.yaml, Parameters: {E: dev}}}'),
      'middle.yaml': `Parameters:\n  E: {Type: String}\nResources:\n  T: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: !Ref E}}}\n`,
      'child.yaml': CHILD,
    }, 'child.yaml certain false (S/T/W)'],
    ['has a policy for a bucket around it', {
      'p.yaml': parent('B: {Type: AWS::S3::Bucket}', 'S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: policy.yaml, Parameters: {Name: !Ref B}}}'),
      'policy.yaml': `Parameters:\n  Name: {Type: String}\nResources:\n  B: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Name, PolicyDocument: {Statement: [{Effect: Deny, Principal: '*', Action: 's3:*', Resource: '*', Condition: {Bool: {'aws:SecureTransport': false}}}]}}}\n`,
    }],
    ['that is not seen may have a policy for what it is told of', {
      'p.yaml': parent('B: {Type: AWS::S3::Bucket}', 'S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://b.s3.amazonaws.com/x.yaml, Parameters: {Name: !Ref B}}}'),
    }, 'p.yaml possible B (B)'],
    ['that is not seen has nothing for what it is not told of', {
      'p.yaml': parent('B: {Type: AWS::S3::Bucket}', 'S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://b.s3.amazonaws.com/x.yaml, Parameters: {Name: x}}}'),
    }, 'p.yaml certain B (B)'],
  ];
  for (const [what, files, ...expected] of rows) it(what, () => assert.deepEqual(lines(files), expected));

  it('is not judged in its place when it is looked at alone', () => {
    const files = { 'p.yaml': parent(`S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: prod}}}`), 'child.yaml': CHILD };
    assert.equal(lines(files, ['child.yaml']).length, 2);
  });

  it('is read with the one around it, of which alone something is said', () => {
    const files = { 'p.yaml': parent('S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Env: dev}}}'), 'child.yaml': CHILD };
    assert.deepEqual(lines(files, ['p.yaml']), []);
  });
});

describe('a template within a template that cannot be read', () => {
  const said = (files: Files): readonly string[] => {
    const { documents, incomplete } = analysed(files, { rules: RULES });
    return [...documents.flatMap(({ problems }) => problems.map(({ message }) => message.split(/[,;]/)[0]!)), ...incomplete.map(({ reason }) => reason)];
  };
  const stack = (url: string): string => parent(`S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${url}}}`);

  it('includes itself', () => assert.deepEqual(said({ 'p.yaml': stack('p.yaml') }), ['The template of S includes this one again']));
  it('includes itself through another one', () => assert.deepEqual(said({ 'p.yaml': stack('q.yaml'), 'q.yaml': stack('p.yaml') }), ['The template of S includes this one again', 'The template of S includes this one again']));
  it('is not there', () => assert.deepEqual(said({ 'p.yaml': stack('q.yaml') }), ['has a stack whose template is not there: q.yaml']));
  it('is no template', () => assert.deepEqual(said({ 'p.yaml': stack('q.yaml'), 'q.yaml': 'a: b' }), ['has a stack whose template is none: q.yaml, no format that is known has these keys']));
  it('is above the top', () => assert.deepEqual(said({ 'p.yaml': stack('../../q.yaml') }), []));
  it('is elsewhere', () => {
    for (const url of ['https://x/q.yaml', 's3://x/q.yaml', '/q.yaml', 'C:\\q.yaml', '!Ref AWS::Region', '!Sub "${AWS::Region}/q.yaml"', '"${X}.yaml"', '""', '[q.yaml]']) assert.deepEqual(said({ 'p.yaml': stack(url) }), [], url);
  });
  it('ends where it is too much', () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`n${i}.yaml`, parent(`A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n${i + 1}.yaml}}`, `B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n${i + 1}.yaml}}`)]));
    assert.ok(said({ ...many, 'n12.yaml': CHILD }).some((reason) => reason.startsWith('has more stacks within stacks than are read')));
  });
});
