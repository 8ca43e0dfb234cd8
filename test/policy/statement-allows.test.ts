/**
 * The actions and resources of statements, and whether their conditions hold, compared with the decisions of AWS, row
 * by row.
 */
import assert from 'node:assert/strict';
import { arn, everyResource } from '../../server/src/policy/resource/arn-shape.ts';
import type { RequestContext } from '../../server/src/policy/condition/condition-holds.ts';
import { allowedBy } from './allowed.ts';
import { policyOf, truthText } from './statements.ts';

const OBJECT = 's3:GetObject arn:aws:s3:::data/a.txt';
const PASS = 'iam:PassRole arn:aws:iam::111122223333:role/app';
const allow = (action: string, resource = '"*"', more = ''): string =>
  `{Effect: Allow, Action: ${action}, Resource: ${resource}${more}}`;
const deny = (action: string, resource = '"*"', more = ''): string =>
  `{Effect: Deny, Action: ${action}, Resource: ${resource}${more}}`;
const both = (...statements: readonly string[]): string => `[${statements.join(', ')}]`;
const MFA = ', Condition: {Bool: {aws:MultiFactorAuthPresent: "true"}}';

/** Statements in YAML, an action and the ARN that it is asked of, and whether they allow it. */
const ROWS: readonly (readonly [statements: string, asked: string, expected: string])[] = [
  // Action: wildcards anywhere behind the colon, case does not count.
  [allow('s3:GetObject'), OBJECT, 'yes'],
  [allow('S3:getobject'), OBJECT, 'yes'],
  [allow('"s3:Get*"'), OBJECT, 'yes'],
  [allow('"s3:*Object"'), OBJECT, 'yes'],
  [allow('"s3:G*t*t"'), OBJECT, 'yes'],
  [allow('"s3:GetObjec?"'), OBJECT, 'yes'],
  [allow('"s3:GetObject?"'), OBJECT, 'no'],
  [allow('"s3:GetObject*"'), OBJECT, 'yes'],
  [allow('"s3:*"'), OBJECT, 'yes'],
  [allow('"*"'), OBJECT, 'yes'],
  [allow('"*:*"'), OBJECT, 'yes'],
  [allow('s3:PutObject'), OBJECT, 'no'],
  [allow('s3:GetObjectAcl'), OBJECT, 'no'],
  [allow('"s3:Put*"'), OBJECT, 'no'],
  [allow('"sqs:*"'), OBJECT, 'no'],
  [allow('"s3"'), OBJECT, 'no'],
  [allow('GetObject'), OBJECT, 'no'],
  [allow('[s3:PutObject, s3:GetObject]'), OBJECT, 'yes'],
  [allow('[]'), OBJECT, 'no'],
  // NotAction: all but these.
  ['{Effect: Allow, NotAction: "iam:*", Resource: "*"}', OBJECT, 'yes'],
  ['{Effect: Allow, NotAction: "s3:Get*", Resource: "*"}', OBJECT, 'no'],
  ['{Effect: Allow, NotAction: [s3:PutObject, s3:getobject], Resource: "*"}', OBJECT, 'no'],
  ['{Effect: Deny, NotAction: "s3:*", Resource: "*"}', OBJECT, 'no'],
  // Resource: wildcards anywhere, case counts.
  [allow('s3:GetObject', 'arn:aws:s3:::data/a.txt'), OBJECT, 'yes'],
  [allow('s3:GetObject', '"arn:aws:s3:::data/*"'), OBJECT, 'yes'],
  [allow('s3:GetObject', '"arn:aws:s3:::*"'), OBJECT, 'yes'],
  [allow('s3:GetObject', '"arn:aws:s3:::d?ta/*.txt"'), OBJECT, 'yes'],
  [allow('s3:GetObject', '"arn:aws:s3:::data"'), OBJECT, 'no'],
  [allow('s3:GetObject', '"arn:aws:s3:::DATA/*"'), OBJECT, 'no'],
  [allow('s3:GetObject', '"arn:aws:s3:::data/*.csv"'), OBJECT, 'no'],
  [allow('s3:GetObject', '["arn:aws:s3:::other/*", "arn:aws:s3:::data/*"]'), OBJECT, 'yes'],
  [allow('iam:PassRole', '"arn:aws:iam::*:role/*"'), PASS, 'yes'],
  [allow('iam:PassRole', '"arn:aws:iam::444455556666:role/*"'), PASS, 'no'],
  // The partition is a field as any other.
  [allow('s3:GetObject', '"arn:aws-cn:s3:::data/*"'), OBJECT, 'no'],
  [allow('s3:GetObject', '"arn:*:s3:::data/*"'), OBJECT, 'yes'],
  [allow('s3:GetObject', '!Sub "arn:${AWS::Partition}:s3:::data/*"'), OBJECT, 'perhaps'],
  // NotResource: all but these.
  ['{Effect: Allow, Action: "s3:*", NotResource: "arn:aws:s3:::other/*"}', OBJECT, 'yes'],
  ['{Effect: Allow, Action: "s3:*", NotResource: ["arn:aws:s3:::other/*", "arn:aws:s3:::data/*"]}', OBJECT, 'no'],
  ['{Effect: Allow, Action: "s3:*", NotResource: "*"}', OBJECT, 'no'],
  // Variables of policies have values that a request brings, a default, or none that is known.
  [allow('s3:GetObject', '"arn:aws:s3:::data/${aws:username}"'), 's3:GetObject arn:aws:s3:::data/jane', 'yes'],
  [allow('s3:GetObject', '"arn:aws:s3:::data/${aws:username}"'), 's3:GetObject arn:aws:s3:::data/john', 'no'],
  [
    allow('s3:GetObject', '"arn:aws:s3:::data/${aws:PrincipalTag/team}/*"'),
    's3:GetObject arn:aws:s3:::data/x/a',
    'perhaps',
  ],
  [
    allow('s3:GetObject', '"arn:aws:s3:::data/${aws:PrincipalTag/team}/*"'),
    's3:GetObject arn:aws:s3:::other/x/a',
    'no',
  ],
  [
    allow('s3:GetObject', `"arn:aws:s3:::data/\${aws:PrincipalTag/team, 'none'}/*"`),
    's3:GetObject arn:aws:s3:::data/none/a',
    'yes',
  ],
  [allow('s3:GetObject', '"arn:aws:s3:::data/${*}"'), 's3:GetObject arn:aws:s3:::data/a', 'no'],
  [allow('s3:GetObject', '"arn:aws:s3:::data/${*}"'), 's3:GetObject arn:aws:s3:::data/*', 'yes'],
  // What is not known may be it, as far as its text leaves that open.
  [allow('s3:GetObject', '!Ref Any'), OBJECT, 'perhaps'],
  [allow('s3:GetObject', '!Sub "${Any}/*"'), OBJECT, 'perhaps'],
  [allow('s3:GetObject', '!Sub "arn:aws:s3:::${Any}/b.txt"'), OBJECT, 'no'],
  [allow('s3:GetObject', '!Sub "arn:aws:sqs:${Any}"'), OBJECT, 'no'],
  [allow('!Ref Any'), OBJECT, 'perhaps'],
  [allow('!Sub "s3:Get${Any}"'), OBJECT, 'perhaps'],
  [allow('!Sub "s3:Put${Any}"'), OBJECT, 'no'],
  [allow('[!Ref Any, s3:GetObject]'), OBJECT, 'yes'],
  // Conditions: nothing is known of them but what the request says.
  [allow('s3:GetObject', '"*"', MFA), OBJECT, 'perhaps'],
  [allow('s3:PutObject', '"*"', MFA), OBJECT, 'no'],
  [allow('s3:GetObject', '"*"', ', Condition: {StringEquals: {aws:PrincipalOrgID: o-1}}'), OBJECT, 'yes'],
  [
    allow(
      's3:GetObject',
      '"*"',
      ', Condition: {StringEquals: {aws:PrincipalOrgID: o-1}, Bool: {aws:SecureTransport: "true"}}',
    ),
    OBJECT,
    'perhaps',
  ],
  [both(allow('s3:GetObject', '"*"', MFA), allow('s3:GetObject')), OBJECT, 'yes'],
  // A denial wins, of what it is about and no more.
  [both(allow('"s3:*"'), deny('s3:GetObject')), OBJECT, 'no'],
  [both(deny('"s3:*"'), allow('s3:GetObject')), OBJECT, 'no'],
  [both(allow('"s3:*"'), deny('s3:PutObject')), OBJECT, 'yes'],
  [both(allow('"s3:*"'), deny('s3:GetObject', '"arn:aws:s3:::secret/*"')), OBJECT, 'yes'],
  [both(allow('"s3:*"'), deny('"s3:*"', '"arn:aws:s3:::data/*"')), OBJECT, 'no'],
  [
    both(allow('"s3:*"'), deny('s3:GetObject', '"*"', ', Condition: {Bool: {aws:SecureTransport: "false"}}')),
    OBJECT,
    'perhaps',
  ],
  [
    both(allow('"s3:*"'), deny('s3:PutObject', '"*"', ', Condition: {Bool: {aws:SecureTransport: "false"}}')),
    OBJECT,
    'yes',
  ],
  [both(allow('"s3:*"'), deny('!Ref Any')), OBJECT, 'perhaps'],
  [both(allow('"s3:*"'), '{Effect: Deny, Action: "s3:*", NotResource: "arn:aws:s3:::data/*"}'), OBJECT, 'yes'],
  [both(allow('"s3:*"'), '{Effect: Deny, Action: "s3:*", NotResource: "arn:aws:s3:::other/*"}'), OBJECT, 'no'],
  [both(allow('"s3:*"'), '{Effect: Deny, NotAction: "s3:Get*", Resource: "*"}'), OBJECT, 'yes'],
  [deny('s3:PutObject'), OBJECT, 'no'],
  // Effects and scenarios.
  ['{Effect: !If [IsLive, Deny, Allow], Action: "s3:*", Resource: "*"}', OBJECT, 'if IsLive=false'],
  [`!If [IsLive, ${allow('s3:GetObject')}, !Ref AWS::NoValue]`, OBJECT, 'if IsLive=true'],
  [both(allow('s3:GetObject'), `!If [IsLive, ${deny('"s3:*"')}, !Ref AWS::NoValue]`), OBJECT, 'if IsLive=false'],
  [allow('!If [IsLive, s3:PutObject, s3:GetObject]'), OBJECT, 'if IsLive=false'],
  [allow('s3:GetObject', '!If [IsLive, "arn:aws:s3:::data/*", "arn:aws:s3:::other/*"]'), OBJECT, 'if IsLive=true'],
];

/** What the request of a row is known to be. */
const KNOWN: Readonly<Record<string, string>> = { 'aws:username': 'jane' };
const ORGANISATION = { 'aws:principalorgid': 'o-1' };

/** A statement, what the request has besides (null for a key that it lacks), and whether it is allowed. */
const IN_CONTEXT: readonly (readonly [
  statements: string,
  has: Readonly<Record<string, string | null>>,
  asked: string,
  expected: string,
])[] = [
  [allow('s3:GetObject', '"*"', MFA), { 'aws:multifactorauthpresent': 'true' }, OBJECT, 'yes'],
  [allow('s3:GetObject', '"*"', MFA), { 'aws:multifactorauthpresent': 'false' }, OBJECT, 'no'],
  [allow('s3:GetObject', '"*"', MFA), { 'aws:multifactorauthpresent': null }, OBJECT, 'no'],
  [allow('s3:GetObject', '"*"', MFA), {}, OBJECT, 'perhaps'],
  [
    allow('s3:GetObject', '"*"', ', Condition: {BoolIfExists: {aws:MultiFactorAuthPresent: "true"}}'),
    { 'aws:multifactorauthpresent': null },
    OBJECT,
    'yes',
  ],
  [
    both(allow('s3:GetObject'), deny('"*"', '"*"', ', Condition: {Bool: {aws:SecureTransport: "false"}}')),
    { 'aws:securetransport': 'true' },
    OBJECT,
    'yes',
  ],
  [
    both(allow('s3:GetObject'), deny('"*"', '"*"', ', Condition: {Bool: {aws:SecureTransport: "false"}}')),
    { 'aws:securetransport': 'false' },
    OBJECT,
    'no',
  ],
  [
    both(allow('s3:GetObject'), deny('"*"', '"*"', ', Condition: {Bool: {aws:SecureTransport: "false"}}')),
    {},
    OBJECT,
    'perhaps',
  ],
  [
    allow('iam:PassRole', '"*"', ', Condition: {StringEquals: {iam:PassedToService: lambda.amazonaws.com}}'),
    { 'iam:passedtoservice': 'lambda.amazonaws.com' },
    PASS,
    'yes',
  ],
  [
    allow('iam:PassRole', '"*"', ', Condition: {StringEquals: {iam:PassedToService: lambda.amazonaws.com}}'),
    { 'iam:passedtoservice': 'ec2.amazonaws.com' },
    PASS,
    'no',
  ],
  [
    allow(
      'iam:PassRole',
      '"*"',
      ', Condition: {StringLike: {iam:PassedToService: "*.amazonaws.com"}, StringNotEquals: {iam:PassedToService: ec2.amazonaws.com}}',
    ),
    { 'iam:passedtoservice': 'ec2.amazonaws.com' },
    PASS,
    'no',
  ],
  [
    allow('iam:PassRole', '"*"', ', Condition: {StringEquals: {iam:PassedToService: !Ref Any}}'),
    { 'iam:passedtoservice': 'ec2.amazonaws.com' },
    PASS,
    'perhaps',
  ],
  // What holds for every request, or for none, needs no knowledge of it.
  [allow('s3:GetObject', '"*"', ', Condition: {StringLikeIfExists: {aws:PrincipalOrgID: "*"}}'), {}, OBJECT, 'yes'],
  [allow('s3:GetObject', '"*"', ', Condition: {"ForAnyValue:StringNotLike": {aws:TagKeys: "*"}}'), {}, OBJECT, 'no'],
  [
    both(allow('s3:GetObject'), deny('"*"', '"*"', ', Condition: {"ForAnyValue:StringNotLike": {aws:TagKeys: "*"}}')),
    {},
    OBJECT,
    'yes',
  ],
  [
    both(allow('s3:GetObject'), deny('"*"', '"*"', ', Condition: {StringLikeIfExists: {aws:SourceVpc: "*"}}')),
    {},
    OBJECT,
    'no',
  ],
];

describe('statements', () => {
  it('are tested with enough cases', () => assert.ok(ROWS.length >= 60));
  for (const [statements, request, expected] of ROWS)
    it(`${expected}: ${request} by ${statements}`, () => {
      const [action = '', resource = ''] = request.split(' ');
      assert.equal(
        truthText(
          allowedBy([policyOf(statements)], {
            action,
            resource: arn(resource, (name) => KNOWN[name]),
            context: contextOf(ORGANISATION),
          }),
        ),
        expected,
      );
    });
  for (const [statements, has, request, expected] of IN_CONTEXT)
    it(`${expected}: ${request} with ${JSON.stringify(has)} by ${statements}`, () => {
      const [action = '', resource = ''] = request.split(' ');
      assert.equal(
        truthText(allowedBy([policyOf(statements)], { action, resource: arn(resource), context: contextOf(has) })),
        expected,
      );
    });
});

function contextOf(has: Readonly<Record<string, string | null>>): RequestContext {
  return new Map(Object.entries(has).map(([key, value]) => [key, value === null ? null : [value]]));
}

/** A resource as a policy writes it, a form of ARNs, and whether it stands for all of that form. */
const FORMS: readonly (readonly [pattern: string, form: string, expected: boolean])[] = [
  ['*', 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}', true],
  ['arn:aws:iam::*:role/*', 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}', true],
  ['arn:aws:iam::111122223333:role/*', 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}', true],
  ['arn:aws:iam::*:*', 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}', true],
  ['arn:aws:iam::*', 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}', true],
  ['arn:aws:iam::*:role/app-*', 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}', false],
  ['arn:aws:iam::*:role/${aws:username}', 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}', false],
  ['arn:aws:iam::*:user/*', 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}', false],
  ['arn:aws:s3:::*/*', 'arn:${Partition}:s3:::${BucketName}/${ObjectName}', true],
  ['arn:aws:s3:::data/*', 'arn:${Partition}:s3:::${BucketName}/${ObjectName}', false],
  [
    'arn:aws:lambda:eu-west-1:111122223333:function:*',
    'arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}',
    true,
  ],
  ['arn:aws:*', 'arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}', true],
];

describe('a resource pattern that matches all resources of a kind', () => {
  for (const [pattern, form, expected] of FORMS)
    it(`${expected ? 'yes' : 'no'}: ${pattern} for ${form}`, () =>
      assert.equal(everyResource([form])(pattern), expected));
});
