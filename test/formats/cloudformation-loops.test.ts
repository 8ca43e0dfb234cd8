/** The resources and conditions that loops generate. */
import assert from 'node:assert/strict';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { analysed, findingsOf } from '../engine/analysis.ts';
import { asJsonText } from '../kit/as-json.ts';
import { valueText, whenText } from './template-values.ts';
import { ALL_LINKS } from '../kit/all-links.ts';

const HEAD = `Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList, Default: 'A,B', AllowedValues: ['A,B', 'B,C']}
  Free: {Type: CommaDelimitedList, Default: 'A,B'}
  Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  Fn::ForEach::PerStage: [Stage, [dev, prod], {'Is\${Stage}': !Equals [!Ref Env, !Ref Stage], 'Not\${Stage}': !Not [!Condition 'Is\${Stage}']}]
Resources:
  Topic: {Type: AWS::SNS::Topic}
  `;

/** A line for each resource, and whether those are all. */
function resources(text: string, doc: string): readonly string[] {
  const { stack } = templateStack({
    tree: parse(doc, text),
    format: 'cloudformation',
    carriers: new Map(),
    linksOf: ALL_LINKS,
    generated: false,
  });
  return [
    ...stack.resources
      .filter(({ address }) => address !== 'Topic')
      .map(
        (resource) =>
          `${resource.address} ${resource.type}${whenText(resource.when.yes, [])}: ${valueText(resource.get('P'), [])}`,
      ),
    ...(stack.closed ? [] : ['…']),
  ];
}

describe('a loop over resources', () => {
  const rows: readonly (readonly [what: string, text: string, ...expected: string[]])[] = [
    [
      'over a list',
      `Fn::ForEach::L: [I, [a, b], {'R\${I}': {Type: T::A::B, Properties: {P: !Sub '\${I}-x'}}}]`,
      'Ra T::A::B: "a-x"',
      'Rb T::A::B: "b-x"',
    ],
    [
      'over a parameter',
      `Fn::ForEach::L: [I, !Ref Names, {'R\${I}': {Type: T::A::B, Properties: {P: !Ref I}}}]`,
      'RA T::A::B if Names is A,B: "A"',
      'RB T::A::B if Names is A,B: "B"',
      'RC T::A::B if Names is B,C: "C"',
    ],
    [
      'over a parameter with other values',
      `Fn::ForEach::L: [I, !Ref Free, {'R\${I}': {Type: T::A::B}}]`,
      'RA T::A::B if Free is A,B: absent',
      'RB T::A::B if Free is A,B: absent',
      '…',
    ],
    [
      'within a loop',
      `Fn::ForEach::L: [I, [a, b], {'Fn::ForEach::M': [J, ['1', '2'], {'R\${I}\${J}': {Type: T::A::B, Properties: {P: '\${I}\${J}'}}}]}]`,
      'Ra1 T::A::B: "a1"',
      'Ra2 T::A::B: "a2"',
      'Rb1 T::A::B: "b1"',
      'Rb2 T::A::B: "b2"',
    ],
    [
      'with several resources',
      `Fn::ForEach::L: [I, [a], {'R\${I}': {Type: T::A::B}, 'S\${I}': {Type: T::A::C, Properties: {P: !GetAtt 'R\${I}.Arn'}}}]`,
      'Ra T::A::B: absent',
      'Sa T::A::C: Ra.Arn',
    ],
    [
      'with a type from the loop',
      `Fn::ForEach::L: [I, [B, C], {'R\${I}': {Type: 'T::A::\${I}'}}]`,
      'RB T::A::B: absent',
      'RC T::A::C: absent',
    ],
    [
      'with conditions from a loop',
      `Fn::ForEach::L: [Stage, [dev, prod], {'R\${Stage}': {Type: T::A::B, Condition: 'Is\${Stage}', Properties: {P: !If ['Not\${Stage}', 1, 2]}}}]`,
      'Rdev T::A::B if Isdev is true: 1 if Notdev is true | 2 if Notdev is false',
      'Rprod T::A::B if Isprod is true: 1 if Notprod is true | 2 if Notprod is false',
    ],
    [
      'that others refer to',
      `Fn::ForEach::L: [I, [a], {'R\${I}': {Type: T::A::B}}]\n  Q: {Type: T::A::C, Properties: {P: !Ref Ra}}`,
      'Ra T::A::B: absent',
      'Q T::A::C: Ra',
    ],
    ['over what is not known', `Fn::ForEach::L: [I, !GetAZs '', {'R\${I}': {Type: T::A::B}}]`, '…'],
    [
      'of SAM, of which more is made',
      `Fn::ForEach::L: [I, [a], {'R\${I}': {Type: AWS::Serverless::Api}}]`,
      'Ra AWS::Serverless::Api: absent',
      '…',
    ],
    ['with a macro', `Fn::ForEach::L: [I, [a], {'Fn::Transform': {Name: x}}]`, '…'],
    ['that is not finished', `Fn::ForEach::L: [I, [a]]`, '…'],
    ['that is something else', `Fn::ForEach::L: {I: [a]}`, '…'],
    ['of another one by its name', `Fn::ForEach::L: [I, [a, a], {'R\${I}': {Type: T::A::B}}]`, 'Ra T::A::B: absent'],
  ];
  for (const [what, text, ...expected] of rows) {
    it(what, () => {
      const yaml = `${HEAD}${text}\n`;
      assert.deepEqual(resources(yaml, 'file:///t.yaml'), expected);
      assert.deepEqual(resources(asJsonText(parse('file:///t.yaml', yaml, 'yaml')), 'file:///t.json'), expected);
    });
  }

  it('ends where it makes too much, and says so', () => {
    const list = (n: number): string => `[${Array.from({ length: n }, (_, i) => `v${i}`).join(', ')}]`;
    const analysis = analysed({
      't.yaml': `Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::A: [I, ${list(300)}, {'Fn::ForEach::B': [J, ${list(300)}, {'Fn::ForEach::C': [K, ${list(300)}, {'T\${I}\${J}\${K}': {Type: AWS::EC2::Volume, Properties: {Encrypted: false}}}]}]}]\n`,
    });
    assert.ok(analysis.incomplete.length > 0);
    assert.ok(findingsOf(analysis).length > 0);
  });

  it('does not say that something is not there where the list is not known', () => {
    const { stack } = templateStack({
      tree: parse('file:///t.yaml', `${HEAD}Fn::ForEach::L: [I, !Ref Free, {'R\${I}': {Type: T::A::B}}]\n`),
      format: 'cloudformation',
      carriers: new Map(),
      linksOf: ALL_LINKS,
      generated: false,
    });
    assert.equal(stack.byAddress('RA')!.when.no.satisfiable(), false);
  });

  it('does not show the items of a secret list', () => {
    assert.deepEqual(
      resources(
        `${HEAD.replace('Free:', "Secret: {Type: CommaDelimitedList, NoEcho: true, Default: 'hunter2,b'}\n  Free:")}Fn::ForEach::L: [I, !Ref Secret, {'R\${I}': {Type: T::A::B}}]\n`,
        'file:///t.yaml',
      ),
      ['…'],
    );
  });

  it('compares with what excludes each other in two loops', () => {
    const text =
      `Transform: AWS::LanguageExtensions\nParameters:\n  E: {Type: String, Default: x}\n  L: {Type: CommaDelimitedList, Default: 'dev, prod'}\nConditions:\n  Fn::ForEach::A: [I, [dev, prod], {'A\${I}': !Equals [!Ref E, !Ref I]}]\n  Fn::ForEach::B: [J, !Ref L, {'B\${J}': !Equals ['\${J}', !Ref E]}]\nResources:\n` +
      '  V: {Type: AWS::EC2::Volume, Condition: Aprod, Properties: {Encrypted: !If [Bprod, true, false]}}\n  W: {Type: AWS::EC2::Volume, Condition: Aprod, Properties: {Encrypted: !If [Adev, false, true]}}\n';
    assert.deepEqual(findingsOf(analysed({ 't.yaml': text }, { rules: new Set(['ebs-volume-encryption']) })), []);
  });

  it('gives one finding for what is wrong in each turn', () => {
    const findings = findingsOf(
      analysed(
        {
          't.yaml': `Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::A: [I, [x, y], {'V\${I}': {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: false}}}]\n`,
        },
        { rules: new Set(['ebs-volume-encryption']) },
      ),
    );
    assert.deepEqual(
      findings.map(({ rule, certainty, subjects }) => [rule, certainty, subjects]),
      [['ebs-volume-encryption', 'certain', ['Vx', 'Vy']]],
    );
  });
});

describe('a fix in a loop', () => {
  const titles = (text: string): readonly string[] =>
    findingsOf(
      analysed(
        {
          't.yaml': `Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::A: [I, [x, y], {'R\${I}': ${text}}]\n`,
        },
        { rules: new Set(['ebs-volume-encryption', 's3-bucket-policy-secure-transport']) },
      ),
    ).flatMap(({ fixes }) => fixes.map(({ title }) => title));

  it('is offered for what is the same in each turn', () =>
    assert.equal(titles('{Type: AWS::EC2::Volume, Properties: {Encrypted: false}}').length, 1));
  it('is not offered for what is merged into it from elsewhere', () => {
    const text = `Transform: AWS::LanguageExtensions\nMetadata: {A: &a {Encrypted: false}}\nResources:\n  Q: {Type: AWS::EC2::Volume, Properties: {Fn::ForEach::T: [I, [x], {<<: *a, 'K\${I}': 1}]}}\n`;
    assert.deepEqual(
      findingsOf(analysed({ 't.yaml': text }, { rules: new Set(['ebs-volume-encryption']) })).map(({ fixes }) => fixes),
      [[]],
    );
  });
  it('is not offered when it would name the resource of one turn', () => {
    const text = `Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::A: [I, [x, y], {'B\${I}': {Type: AWS::S3::Bucket}, 'Q\${I}': {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref 'B\${I}', PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: '111122223333'}, Action: 's3:GetObject', Resource: '*'}]}}}}]\n`;
    assert.deepEqual(
      findingsOf(
        analysed({ 't.yaml': text }, { rules: new Set(['s3-bucket-policy-secure-transport']), profile: 'strict' }),
      ).map(({ subjects, fixes }) => [subjects, fixes]),
      [[['Qx', 'Qy'], []]],
    );
  });
  it('is not offered for what differs', () =>
    assert.deepEqual(titles("{Type: AWS::EC2::Volume, Properties: {Encrypted: !Equals [!Ref I, 'x']}}"), []));
  it('is not offered for what would be a resource beside it', () =>
    assert.deepEqual(titles('{Type: AWS::S3::Bucket}'), []));
});
