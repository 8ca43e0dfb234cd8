/** The sentence about a statement describes exactly the effect of the statement. */
import assert from 'node:assert/strict';
import { cardsOf } from './card-at.ts';

const TEMPLATE = `Parameters:
  Name: {Type: String}
  Org: {Type: String, Default: o-1}
  Stage: {Type: String, Default: dev}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
  B: {Type: AWS::S3::Bucket}
  T: {Type: AWS::DynamoDB::Table}
  Q: {Type: AWS::SQS::Queue}
  Topic: {Type: AWS::SNS::Topic}
  Sec: {Type: AWS::SecretsManager::Secret}
  Fn: {Type: AWS::Lambda::Function}
  LG: {Type: AWS::Logs::LogGroup}
  Api: {Type: AWS::ApiGateway::RestApi}
  R: {Type: AWS::IAM::Role}
  Db: {Type: AWS::RDS::DBInstance}
  Par: {Type: AWS::SSM::Parameter}
  P:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref B
      PolicyDocument:
        Statement:
          - {STATEMENT}
`;

/** The elements of a statement beside its effect, which allows where none is written, and what the sentence says. */
const READINGS: Readonly<Record<string, readonly (readonly [elements: string, sentence: string])[]>> = {
  actions: [
    ['Action: [], Resource: "*"', 'Allows nothing: it has no actions'],
    ['NotAction: "*", Resource: "*"', 'Allows nothing: NotAction excludes every action'],
    [
      'Effect: Deny, NotAction: [s3:GetObject, s3:ListBucket], Resource: "*"',
      'Denies every action except s3:GetObject and s3:ListBucket on every resource',
    ],
    [
      'Action: [s3:GetObject, !Ref Name], Resource: "*"',
      'Allows s3:GetObject and unknown actions (Read) on every resource',
    ],
    [
      'NotAction: [s3:GetObject, !Ref Name], Resource: "*"',
      'Allows every action except s3:GetObject and unknown actions on every resource',
    ],
    [
      'Action: !If [IsLive, s3:GetObject, "*"], Resource: "*"',
      'Allows s3:GetObject (when IsLive is true) and every action (when IsLive is false) on every resource',
    ],
    ['Action: [s3:GetObject, "*"], Resource: "*"', 'Allows every action on every resource'],
  ],
  resources: [
    ['Action: "*", Resource: []', 'Allows every action on no resource: Resource is empty'],
    ['Action: "*", NotResource: "*"', 'Allows every action on no resource: NotResource excludes all of them'],
    ['Action: "*", Resource: ["*", !GetAtt B.Arn]', 'Allows every action on every resource'],
    [
      'Action: "*", Resource: !If [IsLive, !GetAtt B.Arn, "*"]',
      'Allows every action on the bucket B (when IsLive is true) and every resource (when IsLive is false)',
    ],
    [
      'Action: "*", Resource: [!If [IsLive, !GetAtt B.Arn, !Ref "AWS::NoValue"], !GetAtt Q.Arn]',
      'Allows every action on the bucket B (when IsLive is true) and the queue Q',
    ],
    ['Action: "*", Resource: !Sub "arn:aws:s3:::${Org}/*"', 'Allows every action on arn:aws:s3:::o-1/* (by default)'],
    ['Action: "*", Resource: [!Ref Topic, !Ref Sec]', 'Allows every action on the topic Topic and the secret Sec'],
    ['Action: "*", Resource: [!Ref Par, !Ref Db, !Sub "${Api}/*"]', 'Allows every action on Par, Db and ${Api}/*'],
    ['Action: "*", Resource: !Sub "${B.Arn}/*"', 'Allows every action on objects of the bucket B'],
    [
      'Action: "*", Resource: [!Sub "${B.Arn}/*", !GetAtt Q.Arn, !GetAtt B.Arn]',
      'Allows every action on the queue Q and the bucket B and its objects',
    ],
    [
      'Action: "*", Resource: [!Sub "${B.Arn}/a/*", !GetAtt B.Arn]',
      'Allows every action on objects a/* of the bucket B and the bucket B',
    ],
    [
      'Action: "*", Resource: [!If [IsLive, !Sub "${B.Arn}/*", !Ref "AWS::NoValue"], !GetAtt B.Arn]',
      'Allows every action on objects of the bucket B (when IsLive is true) and the bucket B',
    ],
    ['Action: "*", Resource: !Sub "${B.Arn}/public/*"', 'Allows every action on objects public/* of the bucket B'],
    ['Action: "*", Resource: !Sub "${B.Arn}/a.txt"', 'Allows every action on the object a.txt of the bucket B'],
    ['Action: "*", Resource: !Sub "${B.Arn}/${Name}/*"', 'Allows every action on objects …/* of the bucket B'],
    [
      'Action: "*", Resource: !Sub "${B.Arn}*"',
      'Allows every action on all resources whose ARN starts with that of the bucket B',
    ],
    ['Action: "*", Resource: !Sub "arn:aws:s3:::${B}/*"', 'Allows every action on objects of the bucket B'],
    ['Action: "*", Resource: !Sub "arn:aws:s3:::${B}-logs/*"', 'Allows every action on arn:aws:s3:::${B}-logs/*'],
    ['Action: "*", Resource: !Sub "arn:aws:s3:::logs-${B}"', 'Allows every action on arn:aws:s3:::logs-${B}'],
    ['Action: "*", Resource: !Sub "arn:aws:s3:::logs/${B}/*"', 'Allows every action on arn:aws:s3:::logs/${B}/*'],
    [
      'Action: "*", Resource: !Sub "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/${Fn}:*"',
      'Allows every action on arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/${Fn}:*',
    ],
    [
      'Action: "*", Resource: !Sub "arn:aws:sts::111122223333:assumed-role/${R}/*"',
      'Allows every action on arn:aws:sts::111122223333:assumed-role/${R}/*',
    ],
    ['Action: "*", Resource: !Sub "arn:aws:iam::111122223333:role/team/${R}"', 'Allows every action on the role R'],
    ['Action: "*", Resource: !GetAtt B.DomainName', 'Allows every action on B.DomainName'],
    ['Action: "*", Resource: !GetAtt T.StreamArn', 'Allows every action on the stream of the table T'],
    ['Action: "*", Resource: !Sub "${T.Arn}/index/*"', 'Allows every action on indexes of the table T'],
    ['Action: "*", Resource: !Sub "${T.Arn}/index/by-name"', 'Allows every action on the index by-name of the table T'],
    ['Action: "*", Resource: !Sub "${T.Arn}/*"', 'Allows every action on everything under the table T'],
    ['Action: "*", Resource: !Sub "${LG.Arn}:*"', 'Allows every action on the log group LG and its log streams'],
    ['Action: "*", Resource: !Sub "${Fn.Arn}:*"', 'Allows every action on everything under the function Fn'],
    [
      'Action: "*", Resource: !Sub "${Sec}*"',
      'Allows every action on all resources whose ARN starts with that of the secret Sec',
    ],
    [
      'Action: "*", Resource: !Sub "arn:aws:execute-api:eu-west-1:111122223333:${Api}/*/GET/x"',
      'Allows every action on */GET/x of the REST API Api',
    ],
    ['Action: "*", Resource: !Sub "arn:aws:rds:*:*:db:${Db}"', 'Allows every action on the DB instance Db'],
    ['Action: "*", Resource: !Sub "arn:aws:ssm:*:*:parameter${Par}"', 'Allows every action on the parameter Par'],
  ],
  principals: [
    [
      'Action: "*", Resource: "*", Principal: {}',
      'Allows every action on every resource to no principal: Principal is empty',
    ],
    [
      'Action: "*", Resource: "*", Principal: {AWS: []}',
      'Allows every action on every resource to no principal: Principal is empty',
    ],
    [
      'Effect: Deny, Action: "*", Resource: "*", NotPrincipal: "*"',
      'Denies every action on every resource to no principal: NotPrincipal excludes all of them',
    ],
    [
      'Effect: Deny, Action: "*", Resource: "*", NotPrincipal: {AWS: !GetAtt R.Arn}',
      'Denies every action on every resource to anyone except the role R',
    ],
    [
      'Action: "*", Resource: "*", Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}',
      'Allows every action on every resource to this account',
    ],
    [
      'Action: "*", Resource: "*", Principal: {AWS: !Ref "AWS::AccountId"}',
      'Allows every action on every resource to this account',
    ],
    [
      'Action: "*", Resource: "*", Principal: {AWS: !Sub "arn:aws:iam::${Name}:root"}',
      'Allows every action on every resource to an unknown account',
    ],
    [
      'Action: "*", Resource: "*", Principal: {AWS: !If [IsLive, "*", "111122223333"]}',
      'Allows every action on every resource to anyone (when IsLive is true) and the account 111122223333 (when IsLive is false)',
    ],
    [
      'Action: "*", Resource: "*", Principal: {Federated: cognito-identity.amazonaws.com}',
      'Allows every action on every resource to users authenticated by cognito-identity.amazonaws.com',
    ],
    [
      'Action: "*", Resource: "*", Principal: {Service: !Ref Name}',
      'Allows every action on every resource to an unknown service',
    ],
  ],
  conditions: [
    [
      'Action: "*", Resource: "*", Condition: {StringEquals: {aws:PrincipalTag/x: rock and roll}}',
      'Allows every action on every resource, if aws:PrincipalTag/x is rock and roll',
    ],
    [
      'Action: "*", Resource: "*", Condition: {StringEquals: {aws:PrincipalTag/x: [a b, c d]}}',
      'Allows every action on every resource, if aws:PrincipalTag/x is a b or c d',
    ],
    [
      'Action: "*", Resource: "*", Condition: {StringNotEquals: {aws:PrincipalTag/x: [a, b, c, d, e]}}',
      'Allows every action on every resource, if aws:PrincipalTag/x is not a, b, c nor 2 more (or the key is missing)',
    ],
    [
      'Action: "*", Resource: "*", Condition: {StringLike: {s3:prefix: ["", home/]}}',
      'Allows every action on every resource, if s3:prefix is like an empty string or home/',
    ],
    [
      'Action: "*", Resource: "*", Condition: {StringEquals: {s3:prefix: []}}',
      'Allows every action on every resource, if s3:prefix is one of no values',
    ],
    [
      'Action: "*", Resource: "*", Condition: {StringEqualsIgnoreCase: {s3:prefix: A}}',
      'Allows every action on every resource, if s3:prefix is A (case-insensitive)',
    ],
    [
      'Action: "*", Resource: "*", Condition: {DateLessThanEquals: {aws:CurrentTime: 2027-01-01}, DateGreaterThanEquals: {aws:CurrentTime: 2026-01-01}}',
      'Allows every action on every resource, if aws:CurrentTime is not after 2027-01-01 and aws:CurrentTime is not before 2026-01-01',
    ],
    [
      'Action: "*", Resource: "*", Condition: {Null: {aws:SourceArn: ["true", "false"]}}',
      'Allows every action on every resource, if aws:SourceArn is missing or present',
    ],
    [
      'Action: "*", Resource: "*", Condition: {StringEquals: {aws:SourceAccount: !Ref "AWS::AccountId"}}',
      'Allows every action on every resource, if aws:SourceAccount is this account',
    ],
    [
      'Action: "*", Resource: "*", Condition: {StringEquals: {a: 1, b: 2, c: 3, d: 4}}',
      'Allows every action on every resource, if a is 1 and b is 2 and c is 3, and 1 more condition',
    ],
    [
      'Action: "*", Resource: "*", Condition: !Ref Name',
      'Allows every action on every resource, under unknown conditions',
    ],
    [
      'Action: "*", Resource: "*", Condition: {StringLike: !Ref Name, Bool: {aws:SecureTransport: true}}',
      'Allows every action on every resource, if aws:SecureTransport is true, and under unknown conditions',
    ],
    [
      'Action: "*", Resource: "*", Condition: !If [IsLive, {Bool: {aws:SecureTransport: true}}, !Ref "AWS::NoValue"]',
      'Allows every action on every resource, if aws:SecureTransport is true (when IsLive is true)',
    ],
    [
      'Action: "*", Resource: "*", Principal: "*", Condition: {StringEquals: {aws:PrincipalOrgID: [o-1, o-2]}}',
      'Allows every action on every resource to anyone in the organization o-1 or o-2',
    ],
    [
      'Action: "*", Resource: "*", Principal: "*", Condition: {StringEquals: {aws:PrincipalOrgID: [o-1, !Ref Name]}}',
      'Allows every action on every resource to anyone, if aws:PrincipalOrgID is o-1 or an unknown value',
    ],
    [
      'Action: "*", Resource: "*", Principal: "*", Condition: !If [IsLive, {StringEquals: {aws:PrincipalOrgID: o-1}}, !Ref "AWS::NoValue"]',
      'Allows every action on every resource to anyone, if aws:PrincipalOrgID is o-1 (when IsLive is true)',
    ],
  ],
};

describe('statements as sentences', () => {
  for (const [what, readings] of Object.entries(READINGS))
    describe(what, () => {
      for (const [elements, sentence] of readings)
        it(elements, () => {
          const text = TEMPLATE.replace('STATEMENT', () =>
            elements.startsWith('Effect') ? elements : `Effect: Allow, ${elements}`,
          );
          assert.equal(cardsOf('a.yaml', text)(text.indexOf('Effect'))?.verdict.text, `${sentence}.`);
        });
    });

  it('leave out what is not where the statement is', () => {
    const chosen = (here: string, elsewhere: string): string => `!If [IsLive, ${here}, ${elsewhere}]`;
    const statement = `{Effect: ${chosen('Allow', 'Deny')}, Action: [${chosen('s3:GetObject', 's3:PutObject')}, s3:GetObjectAcl], Resource: [${chosen('"*"', '!GetAtt B.Arn')}], Principal: ${chosen('{AWS: "111122223333"}', '"*"')}, Condition: ${chosen('{Bool: {aws:SecureTransport: true}}', '{StringEquals: {aws:PrincipalOrgID: o-1}}')}}`;
    const text = TEMPLATE.replace('- {STATEMENT}', () => `- !If [IsLive, ${statement}, !Ref "AWS::NoValue"]`);
    const found = cardsOf('a.yaml', text)(text.indexOf('Effect'));
    assert.equal(
      found?.verdict.text,
      'Allows s3:GetObject and s3:GetObjectAcl (Read) on every resource to the account 111122223333, if aws:SecureTransport is true.',
    );
  });

  it('say of several when each is there', () => {
    const text = TEMPLATE.replace(
      '- {STATEMENT}',
      () =>
        '- !If [IsLive, {Effect: Allow, Action: s3:GetObject, Resource: "*"}, !Ref "AWS::NoValue"]\n          - {Effect: Deny, Action: s3:PutObject, Resource: "*"}',
    );
    assert.deepEqual(
      cardsOf('a.yaml', text)(text.indexOf('Statement'))?.lines.map(({ parts }) => parts[0]?.text),
      [
        'Allows s3:GetObject (Read) on every resource (when IsLive is true).',
        'Denies s3:PutObject (Write) on every resource.',
      ],
    );
  });
});
