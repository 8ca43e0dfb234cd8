/** Whether conditions about who asks hold for the requests of an identity of a stack. */
import assert from 'node:assert/strict';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import { carriersByType, type PolicyLocations } from '../../server/src/formats/policy-locations.ts';
import { conditionHolds } from '../../server/src/policy/condition/condition-holds.ts';
import { identitiesOf } from '../../server/src/policy/allowance/identity.ts';
import { haveCommon } from '../../server/src/policy/text/wildcard.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { data } from '../schemas/data.ts';
import { truthText } from './statements.ts';
import { ALL_LINKS } from '../kit/all-links.ts';

const CARRIERS = carriersByType(data<PolicyLocations>('iam/locations'));

const TYPES = { Role: 'Role', User: 'User', Group: 'Group' } as const;

/** What a condition comes to for the one role, user, group or permission set with some properties. */
function resultFor(kind: string, properties: string, condition: string): string {
  const type = kind === 'Set' ? 'AWS::SSO::PermissionSet' : `AWS::IAM::${TYPES[kind as keyof typeof TYPES]}`;
  const policies = kind === 'Set' ? 'InlinePolicy: ' : 'Policies: [{PolicyName: p, PolicyDocument: ';
  const text = `Parameters:
  Name: {Type: String}
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
  Other: {Type: AWS::IAM::Role, Properties: {RoleName: other, AssumeRolePolicyDocument: {Statement: []}}}
  Own:
    Type: ${type}
    Properties: {${properties}${properties === '' ? '' : ', '}${policies}{Statement: [{Effect: Deny, Action: '*', Resource: '*', Condition: {${condition}}}]}${kind === 'Set' ? '' : '}]'}}
`;
  const { stack } = templateStack({
    tree: parse('file:///t.yaml', text),
    format: 'cloudformation',
    carriers: CARRIERS,
    linksOf: ALL_LINKS,
    generated: false,
  });
  const identity = identitiesOf(stack).find(({ resource }) => resource.address === 'Own');
  const [one] = identity!.grants[0]!.policy.statements[0]!.conditions;
  return truthText(conditionHolds(one!, identity!.facts));
}

const ROLE = 'RoleName: admin';
const ARN = 'aws:PrincipalArn';

const TRUST = '{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: sts:AssumeRole}';
const TAGGED = `Tags: [{Key: Team, Value: data}], AssumeRolePolicyDocument: {Statement: [${TRUST}]}`;
const TAG = 'aws:PrincipalTag/team';

const ROWS: readonly (readonly [kind: string, properties: string, condition: string, holds: string])[] = [
  ['Role', ROLE, `ArnLike: {${ARN}: 'arn:aws:iam::*:role/admin'}`, 'yes'],
  ['Role', ROLE, `StringNotLike: {${ARN}: 'arn:aws:iam::*:role/admin'}`, 'no'],
  ['Role', ROLE, `ArnNotLike: {${ARN}: ['arn:aws:iam::*:role/ops', 'arn:aws:iam::*:role/adm*']}`, 'no'],
  ['Role', ROLE, `ArnNotLike: {${ARN}: 'arn:aws:iam::*:role/ops-*'}`, 'yes'],
  ['Role', ROLE, `ArnNotLike: {${ARN}: 'arn:aws:iam::*:role/Admin'}`, 'yes'],
  ['Role', ROLE, `StringNotEqualsIgnoreCase: {${ARN}: !Sub 'arn:aws:iam::\${AWS::AccountId}:role/Admin'}`, 'no'],
  ['Role', ROLE, `ArnLike: {${ARN}: 'arn:aws:iam::*:user/admin'}`, 'no'],
  ['Role', ROLE, `StringLike: {${ARN}: '*admin'}`, 'yes'],
  ['Role', ROLE, `StringLike: {${ARN}: '*:role/ops'}`, 'no'],
  ['Role', ROLE, `ArnLike: {${ARN}: '*:role/admin'}`, 'perhaps'],
  // Where a wildcard is none.
  ['Role', ROLE, `StringEquals: {${ARN}: 'arn:aws:iam::*:role/admin'}`, 'no'],
  ['Role', ROLE, `ArnEquals: {${ARN}: 'arn:aws:iam::*:role/admin'}`, 'yes'],
  // The number of an account can be that of the stack.
  ['Role', ROLE, `ArnEquals: {${ARN}: 'arn:aws:iam::111122223333:role/admin'}`, 'perhaps'],
  ['Role', ROLE, `ArnEquals: {${ARN}: 'arn:aws:iam::111122223333:role/ops'}`, 'no'],
  ['Role', ROLE, `ArnEquals: {${ARN}: 'arn:aws:iam::1111:role/admin'}`, 'no'],
  ['Role', ROLE, `ArnEquals: {${ARN}: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/admin'}`, 'yes'],
  ['Role', ROLE, `ArnEquals: {${ARN}: 'arn:aws:iam::\${aws:PrincipalAccount}:role/admin'}`, 'yes'],
  ['Role', ROLE, `ArnEquals: {${ARN}: !GetAtt Own.Arn}`, 'yes'],
  ['Role', '', `StringNotEquals: {${ARN}: !GetAtt Own.Arn}`, 'no'],
  ['Role', '', `ArnEquals: {${ARN}: !Sub 'arn:aws:iam::*:role/\${Own}'}`, 'yes'],
  ['Role', '', `ArnEquals: {${ARN}: !GetAtt Other.Arn}`, 'no'],
  ['Role', '', `ArnEquals: {${ARN}: !Sub 'arn:aws:iam::*:role/\${Other}'}`, 'no'],
  ['Role', ROLE, `ArnEquals: {${ARN}: !ImportValue admin}`, 'perhaps'],
  // A path is a part of the ARN.
  ['Role', `${ROLE}, Path: /ops/`, `ArnLike: {${ARN}: 'arn:aws:iam::*:role/admin'}`, 'no'],
  ['Role', `${ROLE}, Path: /ops/`, `ArnLike: {${ARN}: 'arn:aws:iam::*:role/ops/*'}`, 'yes'],
  ['Role', `${ROLE}, Path: !Ref Name`, `ArnLike: {${ARN}: 'arn:aws:iam::*:role/admin'}`, 'perhaps'],
  ['Role', `${ROLE}, Path: !Ref Name`, `ArnLike: {${ARN}: 'arn:aws:iam::*:role/ops'}`, 'no'],
  // Names that nobody knows, and those of which something is known.
  ['Role', 'RoleName: !Ref Name', `ArnLike: {${ARN}: 'arn:aws:iam::*:role/admin'}`, 'perhaps'],
  ['Role', 'RoleName: !Ref Name', `ArnLike: {${ARN}: !Sub 'arn:aws:iam::*:role/\${Name}'}`, 'yes'],
  ['Role', 'RoleName: !Ref Name', `ArnLike: {${ARN}: 'arn:aws:iam::*:role/*'}`, 'yes'],
  ['Role', 'RoleName: !Ref Name', `ArnLike: {${ARN}: 'arn:aws:iam::*:role/????'}`, 'perhaps'],
  ['Role', 'RoleName: !Sub "app-${Name}"', `ArnLike: {${ARN}: 'arn:aws:iam::*:role/app-*'}`, 'yes'],
  ['Role', 'RoleName: !Sub "app-${Name}"', `ArnLike: {${ARN}: 'arn:aws:iam::*:role/ops-*'}`, 'no'],
  ['Role', '', `ArnLike: {${ARN}: 'arn:aws:iam::*:role/admin'}`, 'no'],
  ['Role', '', `ArnLike: {${ARN}: !Sub 'arn:aws:iam::*:role/\${AWS::StackName}-Own-*'}`, 'yes'],
  ['Role', '', `ArnLike: {${ARN}: 'arn:aws:iam::*:role/my-stack-*'}`, 'perhaps'],
  ['Role', 'RoleName: !If [IsLive, admin, ops]', `ArnLike: {${ARN}: 'arn:aws:iam::*:role/admin'}`, 'if IsLive=true'],
  // Accounts, types, ids and names of users.
  ['Role', '', "StringEquals: {'aws:PrincipalAccount': !Ref AWS::AccountId}", 'yes'],
  ['Role', '', "StringNotEquals: {'aws:PrincipalAccount': !Ref AWS::AccountId}", 'no'],
  ['Role', '', "StringEquals: {'aws:PrincipalAccount': '111122223333'}", 'perhaps'],
  ['Role', '', "StringEquals: {'aws:PrincipalType': AssumedRole}", 'yes'],
  ['Role', '', "StringEquals: {'aws:PrincipalType': User}", 'no'],
  ['Role', '', "Bool: {'aws:PrincipalIsAWSService': 'true'}", 'no'],
  ['Role', '', "StringLike: {'aws:userid': !Sub '${Own.RoleId}:*'}", 'yes'],
  ['Role', '', "StringLike: {'aws:userid': !Sub '${Own.RoleId}:deploy'}", 'perhaps'],
  ['Role', '', "StringNotLike: {'aws:userid': 'AIDA*'}", 'yes'],
  ['Role', '', "StringLike: {'aws:userid': 'AROA*:*'}", 'yes'],
  ['Role', '', "StringLike: {'aws:userid': 'AROAEXAMPLE:*'}", 'perhaps'],
  ['User', '', "StringEquals: {'aws:userid': !GetAtt Own.Arn}", 'no'],
  ['Role', '', "StringNotEquals: {'aws:username': admin}", 'yes'],
  ['Role', '', "StringEquals: {'aws:username': admin}", 'no'],
  ['User', 'UserName: alice', "StringEquals: {'aws:username': alice}", 'yes'],
  ['User', 'UserName: alice', "StringNotEquals: {'aws:username': [alice, bob]}", 'no'],
  ['User', 'UserName: alice', "StringEquals: {'aws:username': bob}", 'no'],
  ['User', 'UserName: alice', `ArnEquals: {${ARN}: 'arn:aws:iam::*:user/\${aws:username}'}`, 'yes'],
  ['User', 'UserName: alice', "StringEquals: {'aws:PrincipalType': User}", 'yes'],
  ['Group', 'GroupName: admins', `ArnEquals: {${ARN}: 'arn:aws:iam::*:user/alice'}`, 'perhaps'],
  ['Group', 'GroupName: admins', "Bool: {'aws:PrincipalIsAWSService': 'false'}", 'yes'],
  [
    'Set',
    'Name: Admin, InstanceArn: i',
    `ArnLike: {${ARN}: 'arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*'}`,
    'perhaps',
  ],
  [
    'Set',
    'Name: Admin, InstanceArn: i',
    `ArnLike: {${ARN}: 'arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Admin_*'}`,
    'yes',
  ],
  ['Set', 'Name: Admin, InstanceArn: i', `ArnLike: {${ARN}: 'arn:aws:iam::*:role/Admin'}`, 'no'],
  // Tags of the role, where a session cannot have others.
  ['Role', TAGGED, `StringEquals: {${TAG}: data}`, 'yes'],
  ['Role', TAGGED, `StringNotEquals: {${TAG}: [data, ops]}`, 'no'],
  ['Role', TAGGED, `StringEquals: {${TAG}: Data}`, 'no'],
  ['Role', TAGGED, `StringLike: {${TAG}: 'd*'}`, 'yes'],
  ['Role', TAGGED, `'Null': {${TAG}: 'true'}`, 'no'],
  ['Role', TAGGED, `StringEquals: {${TAG}: !Ref Name}`, 'perhaps'],
  ['Role', TAGGED, "StringEquals: {'aws:PrincipalTag/other': data}", 'perhaps'],
  [
    'Role',
    TAGGED.replace('Value: data', 'Value: !If [IsLive, data, test]'),
    `StringEquals: {${TAG}: data}`,
    'if IsLive=true',
  ],
  ['Role', TAGGED.replace('Value: data', 'Value: !Ref Name'), `StringEquals: {${TAG}: data}`, 'perhaps'],
  ['Role', TAGGED.replace('Key: Team', 'Key: !Ref Name'), `StringEquals: {${TAG}: data}`, 'perhaps'],
  [
    'Role',
    TAGGED.replace('sts:AssumeRole}', '[sts:AssumeRole, sts:TagSession]}'),
    `StringEquals: {${TAG}: data}`,
    'perhaps',
  ],
  ['Role', TAGGED.replace('sts:AssumeRole}', "'sts:*'}"), `StringEquals: {${TAG}: data}`, 'perhaps'],
  ['Role', TAGGED.replace('sts:AssumeRole}', '!Ref Name}'), `StringEquals: {${TAG}: data}`, 'perhaps'],
  ['Role', 'Tags: [{Key: team, Value: data}]', `StringEquals: {${TAG}: data}`, 'perhaps'],
  ['User', 'Tags: [{Key: team, Value: data}]', `StringEquals: {${TAG}: data}`, 'yes'],
  ['Group', '', `StringEquals: {${TAG}: data}`, 'perhaps'],
  // Whether a request has the account of a resource depends on its action.
  ['Role', '', "StringEquals: {'aws:ResourceAccount': !Ref AWS::AccountId}", 'perhaps'],
  // It is for the accounts to which it is assigned.
  ['Set', 'Name: Admin, InstanceArn: i', "StringEquals: {'aws:PrincipalAccount': !Ref AWS::AccountId}", 'perhaps'],
];

describe('conditions on the principal', () => {
  for (const [kind, properties, condition, expected] of ROWS)
    it(`${kind} {${properties}}: ${condition}`, () => {
      assert.equal(resultFor(kind, properties, condition), expected);
    });
});

describe('patterns', () => {
  const PATTERNS: readonly (readonly [one: string, other: string, shared: boolean])[] = [
    ['', '', true],
    ['', '*', true],
    ['', '?', false],
    ['a*', '*b', true],
    ['a*c', 'b*', false],
    ['*a*', '*b*', true],
    ['ab*', 'a?c', true],
    ['ab*', 'a?', true],
    ['abc*', 'a?', false],
    ['??', '?', false],
    ['*x/role', '*:role', false],
    ['a*b*c', 'ac', false],
    ['a*b*c', 'abc', true],
  ];
  for (const [one, other, shared] of PATTERNS)
    it(`'${one}' and '${other}' ${shared ? 'have' : 'do not have'} a match in common`, () => {
      assert.equal(haveCommon(one, other), shared);
      assert.equal(haveCommon(other, one), shared);
    });
});
