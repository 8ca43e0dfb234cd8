/** The resources of a template, and the effect of macros. */
import assert from 'node:assert/strict';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { analysed, findingsOf, linesOf } from '../engine/analysis.ts';
import { valueText, whenText } from './template-values.ts';
import { ALL_LINKS } from '../kit/all-links.ts';

function read(text: string) {
  return templateStack({
    tree: parse('file:///t.yaml', text),
    format: 'cloudformation',
    carriers: new Map(),
    linksOf: ALL_LINKS,
    generated: false,
  });
}

/** A line for each resource: its name, type, existence and one property. */
function resources(text: string): readonly string[] {
  return read(text).stack.resources.map(
    (resource) =>
      `${resource.address} ${resource.type}${whenText(resource.when.yes, [])}: ${valueText(resource.get('P'), [])}`,
  );
}

describe('a resource', () => {
  const rows: readonly (readonly [what: string, text: string, ...expected: string[]])[] = [
    ['in full', 'A: {Type: T::A::B, Properties: {P: 1}}', 'A T::A::B: 1'],
    ['without properties', 'A: {Type: T::A::B}', 'A T::A::B: absent'],
    ['with empty properties', 'A: {Type: T::A::B, Properties: }', 'A T::A::B: absent'],
    ['with properties of another kind', 'A: {Type: T::A::B, Properties: [P]}', 'A T::A::B: ?syntax'],
    ['without a type', 'A: {Properties: {P: 1}}'],
    ['with a type that is there twice', 'A: {Type: T::X::Y, Type: T::A::B, Properties: {P: 1}}', 'A T::A::B: 1'],
    ['with a type of another kind', 'A: {Type: [T]}'],
    ['that is a text', 'A: B'],
    ['that is nothing', 'A:'],
    ['with a condition', 'A: {Type: T::A::B, Condition: IsX, Properties: {P: 1}}', 'A T::A::B if IsX is true: 1'],
    [
      'with a condition that is never true',
      'A: {Type: T::A::B, Condition: Never, Properties: {P: 1}}',
      'A T::A::B if never: 1',
    ],
    [
      'with a condition that nothing defines',
      'A: {Type: T::A::B, Condition: Nowhere, Properties: {P: 1}}',
      'A T::A::B if Nowhere is true: 1',
    ],
    [
      'with a function for its properties',
      'A: {Type: T::A::B, Properties: !If [IsX, {P: 1}, {P: 2}]}',
      'A T::A::B: 1 if IsX is true | 2 if IsX is false',
    ],
    [
      'with no properties in one scenario',
      'A: {Type: T::A::B, Properties: !If [IsX, {P: 1}, !Ref AWS::NoValue]}',
      'A T::A::B: 1 if IsX is true | absent if IsX is false',
    ],
    ['whose body is a function, which CloudFormation refuses', 'A: !If [IsX, {Type: T::A::B}, !Ref AWS::NoValue]'],
    ['whose body is an alias', 'A: *whole', 'A T::Whole::X: 5'],
    ['whose body is merged', 'A: {<<: *whole}', 'A T::Whole::X: 5'],
    ['whose body is merged in part', 'A: {<<: *whole, Type: T::A::B}', 'A T::A::B: 5'],
    ['whose merged properties are replaced', 'A: {<<: *whole, Properties: {Q: 1}}', 'A T::Whole::X: absent'],
    ['whose properties are an alias', 'A: {Type: T::A::B, Properties: *properties}', 'A T::A::B: 6'],
    ['whose properties are merged', 'A: {Type: T::A::B, Properties: {<<: *properties, Q: 1}}', 'A T::A::B: 6'],
    ['whose condition is merged', 'A: {<<: *conditional, Properties: {P: 1}}', 'A T::A::B if IsX is true: 1'],
    ['that a macro completes', 'A: {Type: T::A::B, Fn::Transform: {Name: x}}', 'A T::A::B: absent or not'],
    [
      'whose properties a macro completes',
      'A: {Type: T::A::B, Properties: {Q: 1, Fn::Transform: {Name: x}}}',
      'A T::A::B: absent or not',
    ],
    [
      'whose properties a macro makes',
      'A: {Type: T::A::B, Properties: {Fn::Transform: {Name: x}}}',
      'A T::A::B: ?transform',
    ],
    ['beside a macro', 'Fn::Transform: {Name: x}\n  A: {Type: T::A::B, Properties: {P: 1}}', 'A T::A::B: 1'],
    [
      'beside a loop',
      '"Fn::ForEach::L": [I, [a], {"A${I}": {Type: T::A::B}}]\n  A: {Type: T::A::B, Properties: {P: 1}}',
      'Aa T::A::B: absent',
      'A T::A::B: 1',
    ],
    [
      'that is there twice',
      'A: {Type: T::A::B, Properties: {P: 1}}\n  A: {Type: T::A::B, Properties: {P: 2}}',
      'A T::A::B: 1',
      'A T::A::B: 2',
    ],
    ['with a property that is there twice', 'A: {Type: T::A::B, Properties: {P: 1, P: 2}}', 'A T::A::B: 2'],
  ];
  const head = `Metadata:
  whole: &whole {Type: T::Whole::X, Properties: &properties {P: 6}}
  conditional: &conditional {Type: T::A::B, Condition: IsX}
Parameters:
  X: {Type: String, Default: x}
Conditions:
  IsX: !Equals [!Ref X, x]
  Never: !Equals [a, b]
Resources:
  `;
  for (const [what, text, ...expected] of rows) {
    const own =
      what.includes('body') || what.includes('merged properties are replaced')
        ? head
            .replace('&properties {P: 6}', '{P: 5}')
            .replace('Metadata:', 'Metadata:\n  properties: &properties {P: 6}')
        : head;
    it(what, () => assert.deepEqual(resources(`${own}${text}\n`), expected));
  }

  it('is none in what is no template', () => {
    for (const text of [
      '',
      '[]',
      'a',
      'Resources:',
      'Resources: []',
      'Resources: !Ref x',
      '---\n---\n',
      'Resources: *x',
    ])
      assert.deepEqual(resources(text), [], text);
  });
});

describe('what is not there', () => {
  const BUCKET = 'Resources:\n  B: {Type: AWS::S3::Bucket}\n';
  const policyFindings = (text: string): readonly string[] =>
    findingsOf(analysed({ 't.yaml': text }))
      .filter(({ rule }) => rule === 's3-bucket-policy-secure-transport')
      .map(({ certainty }) => certainty);
  const rows: readonly (readonly [what: string, text: string, expected: string])[] = [
    ['is certain in a template that is all', BUCKET, 'certain'],
    ['is certain with SAM', `Transform: AWS::Serverless-2016-10-31\n${BUCKET}`, 'certain'],
    ['is possible where a macro may add it', `Transform: Mine\n${BUCKET}`, 'possible'],
    [
      'is possible where one of several macros may add it',
      `Transform: [AWS::Serverless-2016-10-31, Mine]\n${BUCKET}`,
      'possible',
    ],
    ['is possible where a macro of the template may add it', `Fn::Transform: {Name: x}\n${BUCKET}`, 'possible'],
    ['is possible where a macro among the resources may add it', `${BUCKET}  Fn::Transform: {Name: x}\n`, 'possible'],
    [
      'is certain where a hook makes other copies of what runs',
      `Transform: AWS::CodeDeployBlueGreen\nHooks: {Shift: {Type: AWS::CodeDeploy::BlueGreen, Properties: {Applications: [{Target: {Type: AWS::ECS::Service, LogicalID: S}, ECSAttributes: {TaskDefinitions: [Blue, Green]}}]}}}\n${BUCKET}`,
      'certain',
    ],
    [
      'is certain where a macro for other templates is defined',
      `${BUCKET}  M: {Type: AWS::CloudFormation::Macro, Properties: {Name: Mine, FunctionName: f}}\n`,
      'certain',
    ],
    ['is possible where a module may add it', `${BUCKET}  M: {Type: My::S3::Policy::MODULE}\n`, 'possible'],
    [
      'is possible where a module in a loop may add it',
      `Transform: AWS::LanguageExtensions\n${BUCKET}  "Fn::ForEach::L": [I, [a], {"M\${I}": {Type: My::S3::Policy::MODULE}}]\n`,
      'possible',
    ],
    [
      'is certain beside a loop whose turns are known',
      `Transform: AWS::LanguageExtensions\n${BUCKET}  "Fn::ForEach::L": [I, [a], {"P\${I}": {Type: AWS::SNS::Topic}}]\n`,
      'certain',
    ],
    [
      'is possible where a loop may add it',
      `Transform: AWS::LanguageExtensions\nParameters: {Names: {Type: CommaDelimitedList}}\n${BUCKET}  "Fn::ForEach::L": [I, !Ref Names, {"P\${I}": {Type: AWS::S3::BucketPolicy}}]\n`,
      'possible',
    ],
  ];
  for (const [what, text, expected] of rows) it(what, () => assert.deepEqual(policyFindings(text), [expected]));

  it('is not known in a list that a macro can add to', () => {
    const group = (items: string): readonly string[] =>
      linesOf(
        analysed(
          {
            't.yaml': `Resources:\n  P: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: b, PolicyDocument: {Statement: [${items}]}}}\n`,
          },
          { rules: new Set(['s3-bucket-policy-secure-transport']) },
        ),
      ).map((line) => line.split(' ').slice(0, 2).join(' '));
    assert.deepEqual(group('{Effect: Allow}'), ['s3-bucket-policy-secure-transport certain']);
    assert.deepEqual(group('{Effect: Allow}, {Fn::Transform: {Name: x}}'), [
      's3-bucket-policy-secure-transport possible',
    ]);
  });
});

describe('a fix of a resource that is merged', () => {
  const fixes = (body: string): readonly string[] =>
    findingsOf(
      analysed(
        {
          't.yaml': `x: &x {Type: AWS::S3::Bucket, Properties: &p {BucketName: b}}\ny: &y {Encrypted: false}\nResources:\n  B: ${body}\n`,
        },
        { profile: 'strict', rules: new Set(['s3-bucket-public-access-block', 'ebs-volume-encryption']) },
      ),
    ).flatMap((finding) => finding.fixes.map(({ title }) => title));

  it('is refused where others use the place too', () => {
    for (const body of [
      '*x',
      '{<<: *x}',
      '{Type: AWS::S3::Bucket, Properties: *p}',
      '{Type: AWS::EC2::Volume, Properties: *y}',
      '{Type: AWS::EC2::Volume, Properties: {<<: *y}}',
    ])
      assert.deepEqual(fixes(body), [], body);
  });

  it('is offered where the place is its own', () => {
    for (const body of [
      '{<<: *x, Properties: {BucketName: c}}',
      '{Type: AWS::S3::Bucket, Properties: {<<: *p}}',
      '{<<: *x, Type: AWS::EC2::Volume, Properties: {Encrypted: false}}',
    ])
      assert.equal(fixes(body).length, 1, body);
  });
});

describe('a parameter that is given to a property for a credential', () => {
  const rows: readonly (readonly [what: string, properties: string, inSecret: boolean])[] = [
    ['of a resource', '{MasterUserPassword: !Ref P}', true],
    ['with an escape in its name', String.raw`{"Master\x55ser\x50assword": !Ref P}`, true],
    ['within an item', '{A: [{B: {Secret: {Ref: P}}}]}', true],
    ['of an alias', '*other', true],
    ['for names of the author', '{Tags: {Password: !Ref P}}', false],
    ['for something else', '{UserName: !Ref P}', false],
  ];
  for (const [what, properties, inSecret] of rows)
    it(`${what} ${inSecret ? 'is' : 'is not'} one`, () => {
      const { stack } = read(`Metadata: {A: &other {SecretString: !Ref P}}
Parameters: {P: {Type: String}}
Resources:
  A: {Type: T::A::B, Properties: ${properties}}
`);
      assert.equal(stack.parameters[0]!.inSecret, inSecret);
    });
});
