/** A comparison of a parameter elsewhere does not change the fingerprint and value hash of a finding. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from './analysis.ts';

const PARAMETERS = `Parameters:
  Stage: {Type: String}
  Password: {Type: String, NoEcho: true}
`;

function template(resources: string): string {
  return `${PARAMETERS}Resources:\n${resources}`;
}

function policyOn(resource: string): string {
  return template(`  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Action: 'lambda:*', Resource: ${resource}}]
`);
}

const NAMED = 'arn:aws:lambda:eu-west-1:111122223333:function:';
const BUCKET = 'resource "aws_s3_bucket_policy" "policy" {\n  bucket = var.stage\n';

function bucketPolicy(resources: string): string {
  return `variable "stage" {\n  type = string\n}\n${BUCKET}  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = ${resources} }]
  })\n}\n`;
}

/** Documents with findings, a comparison that is added, and another value in the same place. */
const DOCUMENTS: Readonly<
  Record<string, { readonly text: string; readonly other: readonly [from: string, to: string]; readonly name?: string }>
> = {
  'a string with the name of the stack': {
    text: policyOn(`!Sub '${NAMED}\${AWS::StackName}-a:*'`),
    other: ['-a:', '-b:'],
  },
  'a string with a parameter': { text: policyOn(`!Sub '${NAMED}\${Stage}-a:*'`), other: ['-a:', '-b:'] },
  'a string with a parameter twice': {
    text: policyOn(`!Sub '${NAMED}\${Stage}-\${AWS::StackName}-\${Stage}-a:*'`),
    other: ['-a:', '-b:'],
  },
  'a list of such strings': {
    text: policyOn(`[!Sub '${NAMED}\${Stage}-a:*', !Sub '${NAMED}\${AWS::StackName}']`),
    other: ['-a:', '-b:'],
  },
  'the result of a function': {
    text: policyOn(`!Sub ['${NAMED}\${Part}-a:*', {Part: !Select [0, !Split ['-', !Ref Stage]]}]`),
    other: ['-a:', '-b:'],
  },
  'a parameter as a setting': {
    text: template(
      '  Base:\n    Type: AWS::RDS::DBInstance\n    Properties: {StorageEncrypted: !Ref Stage, PubliclyAccessible: true}\n',
    ),
    other: ['PubliclyAccessible: true', 'PubliclyAccessible: True'],
  },
  'an object with a secret': {
    text: template(
      "  User:\n    Type: AWS::IAM::User\n    Properties:\n      LoginProfile: {PasswordResetRequired: false, Password: !Sub 'a-${Password}'}\n",
    ),
    other: ['PasswordResetRequired: false, ', ''],
  },
  'a function of AWS SAM': {
    text: `Transform: AWS::Serverless-2016-10-31\n${template(`  Function:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      CodeUri: .
      Policies: [{Statement: [{Effect: Allow, Action: 's3:*', Resource: !Sub 'arn:aws:s3:::\${Stage}-a/*'}]}]
`)}`,
    other: ['-a/', '-b/'],
  },
  'a string of Terraform': {
    text: bucketPolicy('["arn:aws:s3:::${var.stage}/*", "arn:aws:s3:::${var.stage}-a"]'),
    other: ['-a"', '-b"'],
    name: 'main.tf',
  },
  'the result of a function of Terraform': {
    text: bucketPolicy('"arn:aws:s3:::${lower(var.stage)}-a/*"'),
    other: ['-a/', '-b/'],
    name: 'main.tf',
  },
};

const COMPARISONS = ['prod', 'a-b'] as const;

function withComparison(text: string, name: string, literal: string): string {
  if (name.endsWith('.tf')) return `${text}locals {\n  is_stage = var.stage == "${literal}"\n}\n`;
  const conditions = ['Stage', 'Password', 'AWS::StackName'].map(
    (parameter, index) => `  Is${index}: !Equals [!Ref ${parameter}, ${literal}]\n`,
  );
  return `${text}Conditions:\n${conditions.join('')}`;
}

/** The identities of the findings by rule and path. */
function identities(text: string, name: string): ReadonlyMap<string, string> {
  return new Map(
    findingsOf(analysed({ [name]: text })).map(({ rule, path, fingerprint, valueHash, decidedBy = [] }) => [
      `${rule} ${path}`,
      [fingerprint, valueHash, ...decidedBy].join(' '),
    ]),
  );
}

describe('the identity of a finding about a value with a parameter', () => {
  for (const [what, { text, other, name = 't.yaml' }] of Object.entries(DOCUMENTS)) {
    const before = identities(text, name);

    it(`does not depend on comparisons of the parameter: ${what}`, () => {
      assert.ok(before.size > 0);
      for (const literal of COMPARISONS) {
        const after = identities(withComparison(text, name, literal), name);
        for (const [finding, identity] of before) assert.equal(after.get(finding), identity, `${literal}: ${finding}`);
      }
    });

    it(`differs for another value: ${what}`, () => {
      const changed = text.replace(...other);
      assert.notEqual(changed, text);
      const after = identities(changed, name);
      assert.ok([...before].some(([finding, identity]) => after.has(finding) && after.get(finding) !== identity));
      const literal = identities(withComparison(changed, name, 'prod'), name);
      for (const [finding, identity] of after) assert.equal(literal.get(finding), identity, finding);
    });
  }

  it('differs for another value that only a condition on the parameter selects', () => {
    const selected = (value: string): ReadonlyMap<string, string> =>
      identities(
        `${policyOn(`!If [IsProd, '${NAMED}${value}', !Sub '${NAMED}\${Stage}']`)}Conditions:\n  IsProd: !Equals [!Ref Stage, prod]\n`,
        't.yaml',
      );
    const [one, two] = [selected('prod'), selected('test')];
    assert.deepEqual([...one.keys()], [...two.keys()]);
    assert.notDeepEqual(one, two);
  });
});
