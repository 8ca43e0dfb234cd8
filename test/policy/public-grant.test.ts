/** The public access that policies grant, and the principals that grant it. */
import assert from 'node:assert/strict';
import { publicGrants } from '../../server/src/policy/principal/public-grant.ts';
import { policyOf, truthText } from './statements.ts';

const ALLOW = 'Effect: Allow, Action: "s3:GetObject"';
const STAR = `{${ALLOW}, Principal: "*"}`;

/** Statements in YAML; for each principal that might make it public whether it does. */
const ROWS: readonly (readonly [statements: string, ...expected: string[]])[] = [
  // Principals.
  [STAR, 'yes'],
  [`{${ALLOW}, Principal: {AWS: "*"}}`, 'yes'],
  [`{${ALLOW}, Principal: {AWS: ["arn:aws:iam::111122223333:root", "*"]}}`, 'yes'],
  [`{${ALLOW}, Principal: {AWS: "111122223333"}}`],
  [`{${ALLOW}, Principal: {AWS: "arn:aws:iam::111122223333:root"}}`],
  [`{${ALLOW}, Principal: {AWS: "arn:aws:iam::*:root"}}`],
  [`{${ALLOW}, Principal: {AWS: !Sub "arn:aws:iam::\${AWS::AccountId}:root"}}`],
  [`{${ALLOW}, Principal: {AWS: !GetAtt Role.Arn}}`],
  [`{${ALLOW}, Principal: {Service: "*"}}`],
  [`{${ALLOW}, Principal: {Federated: "*"}}`],
  [`{${ALLOW}, Principal: {CanonicalUser: "*"}}`],
  [`{${ALLOW}, Principal: {Service: cloudtrail.amazonaws.com, AWS: "*"}}`, 'yes'],
  [`{${ALLOW}}`],
  [`{${ALLOW}, Principal: !Ref Star}`, 'if Star=*'],
  [`{${ALLOW}, Principal: {AWS: !Ref Any}}`, 'perhaps'],
  [`{${ALLOW}, Principal: !If [IsLive, {AWS: "111122223333"}, "*"]}`, 'if IsLive=false'],
  [`{${ALLOW}, Principal: {AWS: ["111122223333", !If [IsLive, !Ref AWS::NoValue, "*"]]}}`, 'if IsLive=false'],
  [`{${ALLOW}, NotPrincipal: {AWS: "arn:aws:iam::111122223333:root"}}`, 'yes'],
  ['{Effect: Deny, Action: "s3:*", NotPrincipal: {AWS: "111122223333"}}'],
  // Effects and scenarios.
  ['{Effect: Deny, Action: "s3:*", Principal: "*"}', 'no'],
  ['{Effect: !If [IsLive, Deny, Allow], Action: "s3:*", Principal: "*"}', 'if IsLive=false'],
  [`!If [IsLive, ${STAR}, !Ref AWS::NoValue]`, 'if IsLive=true'],
  [`{${ALLOW}, Principal: "*", Condition: {StringEquals: {aws:PrincipalOrgID: o-1}}}`, 'no'],
  // What NotAction and NotResource leave, on either side.
  [`[${STAR}, {Effect: Deny, Principal: "*", NotAction: "s3:ListBucket"}]`, 'no', 'no'],
  [`[${STAR}, {Effect: Deny, Principal: "*", NotAction: ["s3:ListBucket", "s3:Get*"]}]`, 'yes', 'no'],
  ['[{Effect: Allow, Action: "s3:*", Principal: "*"}, {Effect: Deny, Principal: "*", Action: "s3:Get*"}]', 'yes', 'no'],
  [
    '[{Effect: Allow, NotAction: "s3:Delete*", Principal: "*"}, {Effect: Deny, Principal: "*", Action: "s3:PutObject"}]',
    'yes',
    'no',
  ],
  [
    '[{Effect: Allow, NotAction: "s3:Delete*", Principal: "*"}, {Effect: Deny, Principal: "*", Action: "s3:*"}]',
    'no',
    'no',
  ],
  [
    '[{Effect: Allow, NotAction: "s3:Delete*", Principal: "*"}, {Effect: Deny, Principal: "*", NotAction: "s3:DeleteObject"}]',
    'no',
    'no',
  ],
  [
    '[{Effect: Allow, NotAction: "s3:Delete*", Principal: "*"}, {Effect: Deny, Principal: "*", NotAction: "s3:Get*"}]',
    'yes',
    'no',
  ],
  [
    `[{${ALLOW}, Principal: "*", Resource: "arn:aws:s3:::b/*"}, {Effect: Deny, Principal: "*", Action: "s3:*", NotResource: "arn:aws:s3:::b/public/*"}]`,
    'yes',
    'no',
  ],
  [
    `[{${ALLOW}, Principal: "*", Resource: "arn:aws:s3:::b/private/*"}, {Effect: Deny, Principal: "*", Action: "s3:*", NotResource: "arn:aws:s3:::b/public/*"}]`,
    'no',
    'no',
  ],
  [
    `[{${ALLOW}, Principal: "*", NotResource: "arn:aws:s3:::b/a/*"}, {Effect: Deny, Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::b/secret/*"}]`,
    'yes',
    'no',
  ],
  [
    `[{${ALLOW}, Principal: "*", NotResource: "arn:aws:s3:::b/a/*"}, {Effect: Deny, Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::b/*"}]`,
    'no',
    'no',
  ],
  // Statements that deny all others.
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {StringNotEquals: {aws:PrincipalOrgID: o-1}}}]`,
    'no',
    'no',
  ],
  // Statements that are over, and denials that have begun.
  [`{${ALLOW}, Principal: "*", Condition: {DateLessThan: {aws:CurrentTime: "2020-01-01T00:00:00Z"}}}`, 'no'],
  [`{${ALLOW}, Principal: "*", Condition: {DateLessThan: {aws:CurrentTime: "2999-01-01T00:00:00Z"}}}`, 'yes'],
  [`{${ALLOW}, Principal: "*", Condition: {DateLessThan: {aws:CurrentTime: !Ref Any}}}`, 'perhaps'],
  [`{${ALLOW}, Principal: "*", Condition: {NumericLessThan: {aws:EpochTime: 1577836800}}}`, 'no'],
  ...(
    [
      ['DateGreaterThan', '2020', 'no'],
      ['DateGreaterThan', '2999', 'yes'],
      ['DateLessThan', '2020', 'yes'],
      ['DateLessThan', '2999', 'yes'],
    ] as const
  ).map(([operator, year, first]): readonly [string, ...string[]] => [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {StringNotEquals: {aws:PrincipalOrgID: o-1}, ${operator}: {aws:CurrentTime: "${year}-01-01T00:00:00Z"}}}]`,
    first,
    'no',
  ]),
  // Other resources, and what only asks whether a key is there, leave it open.
  [
    `[{${ALLOW}, Principal: "*", Resource: "arn:aws:s3:::b/*"}, {Effect: Deny, Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::b", Condition: {StringNotEquals: {aws:PrincipalOrgID: o-1}}}]`,
    'yes',
    'no',
  ],
  [
    `[{${ALLOW}, Principal: "*", Resource: "arn:aws:s3:::b/*"}, {Effect: Deny, Principal: "*", Action: "s3:*", Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"], Condition: {StringNotEquals: {aws:PrincipalOrgID: o-1}}}]`,
    'no',
    'no',
  ],
  [
    `[{${ALLOW}, Principal: "*", Resource: !Sub "\${Role.Arn}/*"}, {Effect: Deny, Principal: "*", Action: "s3:*", Resource: !GetAtt Role.Arn, Condition: {StringNotEquals: {aws:PrincipalOrgID: o-1}}}]`,
    'yes',
    'no',
  ],
  [
    `[{${ALLOW}, Principal: "*", Resource: !Sub "\${Role.Arn}/*"}, {Effect: Deny, Principal: "*", Action: "s3:*", Resource: !Sub "\${Role.Arn}/*", Condition: {StringNotEquals: {aws:PrincipalOrgID: o-1}}}]`,
    'no',
    'no',
  ],
  [
    `[{${ALLOW}, Principal: "*", Resource: !Sub "\${Role.Arn}/*"}, {Effect: Deny, Principal: "*", Action: "s3:*", Resource: !Ref Any, Condition: {StringNotEquals: {aws:PrincipalOrgID: o-1}}}]`,
    'no',
    'no',
  ],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {StringNotEquals: {aws:PrincipalOrgID: o-1}, "Null": {aws:PrincipalOrgID: "false"}}}]`,
    'yes',
    'no',
  ],
  // What has expired grants nothing.
  [`{${ALLOW}, Principal: "*", Condition: {DateLessThan: {aws:CurrentTime: "2024-01-01T00:00:00Z"}}}`, 'no'],
  [`{${ALLOW}, Principal: "*", Condition: {NumericLessThanEquals: {aws:EpochTime: "1704067200"}}}`, 'no'],
  [
    `{${ALLOW}, Principal: "*", Condition: {DateLessThan: {aws:CurrentTime: ["2024-01-01T00:00:00Z", "2099-01-01T00:00:00Z"]}}}`,
    'yes',
  ],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "*", Condition: {StringNotEquals: {aws:SourceVpce: vpce-1}}}]`,
    'no',
    'no',
  ],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:Get*", Condition: {NotIpAddress: {aws:SourceIp: 203.0.113.0/24}}}]`,
    'no',
    'no',
  ],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {NotIpAddress: {aws:SourceIp: 0.0.0.0/0}}}]`,
    'yes',
    'no',
  ],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:Put*", Condition: {StringNotEquals: {aws:PrincipalOrgID: o-1}}}]`,
    'yes',
    'no',
  ],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {Bool: {aws:SecureTransport: "false"}}}]`,
    'yes',
    'no',
  ],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {StringNotEquals: {aws:PrincipalOrgID: o-1}, Bool: {aws:SecureTransport: "false"}}}]`,
    'yes',
    'no',
  ],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {StringNotEqualsIfExists: {aws:PrincipalOrgID: o-1}, BoolIfExists: {aws:PrincipalIsAWSService: "false"}}}]`,
    'no',
    'no',
  ],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {"ForAnyValue:StringNotEquals": {aws:PrincipalOrgID: o-1}}}]`,
    'perhaps',
    'no',
  ],
  [`[${STAR}, {Effect: Deny, Principal: {AWS: "111122223333"}, Action: "s3:*"}]`, 'yes'],
  [`[${STAR}, {Effect: Deny, NotPrincipal: {AWS: "111122223333"}, Action: "s3:*"}]`, 'no'],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: !Ref Any, Condition: {StringNotEquals: {aws:SourceVpce: vpce-1}}}]`,
    'perhaps',
    'no',
  ],
  // Denials on either side of a value.
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {Bool: {aws:SecureTransport: "true"}}}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {Bool: {aws:SecureTransport: "false"}}}]`,
    'no',
    'no',
    'no',
  ],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {Bool: {aws:SecureTransport: "true"}}}, {Effect: Deny, Principal: "*", Action: "s3:Put*", Condition: {Bool: {aws:SecureTransport: "false"}}}]`,
    'yes',
    'no',
    'no',
  ],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {Bool: {aws:SecureTransport: "true"}}}, !If [IsLive, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {Bool: {aws:SecureTransport: "false"}}}, !Ref AWS::NoValue]]`,
    'if IsLive=false',
    'no',
    'no',
    'no',
  ],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {Bool: {aws:SecureTransport: "true"}}}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {Bool: {aws:SecureTransport: "false"}, StringNotEquals: {aws:PrincipalOrgID: o-1}}}]`,
    'no',
    'no',
    'no',
  ],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {Bool: {aws:SecureTransport: "true"}}}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {Bool: {aws:SecureTransport: "false"}, StringEquals: {aws:RequestedRegion: eu-west-1}}}]`,
    'yes',
    'no',
    'no',
  ],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {Bool: {aws:SecureTransport: "true"}}}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {StringEquals: {aws:SecureTransport: !Ref Any}}}]`,
    'perhaps',
    'no',
    'no',
  ],
  // What one statement allows and another denies under the same condition.
  [
    `[{${ALLOW}, Principal: "*", Condition: {Bool: {aws:SecureTransport: "true"}}}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {Bool: {aws:SecureTransport: "true"}}}]`,
    'no',
    'no',
  ],
  [
    `[{${ALLOW}, Principal: "*", Condition: {Bool: {aws:SecureTransport: "true"}}}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {Bool: {aws:SecureTransport: "false"}}}]`,
    'yes',
    'no',
  ],
  // A request without credentials has no ARN of a principal.
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {StringLike: {aws:PrincipalArn: "arn:*"}}}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {StringNotLikeIfExists: {aws:PrincipalArn: "arn:*"}}}]`,
    'no',
    'no',
    'no',
  ],
  // A condition without values: nothing equals one of none, everything differs from them, and some operators are met
  // without the key.
  [`{${ALLOW}, Principal: "*", Condition: {ArnLike: {aws:SourceArn: []}}}`, 'no'],
  [`{${ALLOW}, Principal: "*", Condition: {StringEquals: {s3:prefix: []}}}`, 'no'],
  [`{${ALLOW}, Principal: "*", Condition: {"ForAnyValue:StringEquals": {aws:PrincipalOrgPaths: []}}}`, 'no'],
  [`{${ALLOW}, Principal: "*", Condition: {NumericLessThan: {s3:max-keys: []}}}`, 'no'],
  [`{${ALLOW}, Principal: "*", Condition: {"Null": {aws:SourceVpce: []}}}`, 'no'],
  [`{${ALLOW}, Principal: "*", Condition: {StringEqualsIfExists: {aws:PrincipalAccount: []}}}`, 'no'],
  [`{${ALLOW}, Principal: "*", Condition: {ArnLikeIfExists: {aws:SourceArn: []}}}`, 'yes'],
  [`{${ALLOW}, Principal: "*", Condition: {"ForAllValues:StringEquals": {aws:PrincipalOrgPaths: []}}}`, 'yes'],
  [`{${ALLOW}, Principal: "*", Condition: {StringNotEquals: {aws:SourceVpce: []}}}`, 'yes'],
  [`{${ALLOW}, Principal: "*", Condition: {StringEquals: {aws:SourceVpce: !If [IsLive, [], ["*"]]}}}`, 'no'],
  [`{${ALLOW}, Principal: "*", Condition: {StringLike: {aws:SourceVpce: !If [IsLive, [], "*"]}}}`, 'if IsLive=false'],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {StringNotEquals: {aws:SourceVpce: []}}}]`,
    'no',
    'no',
  ],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {StringEquals: {aws:SourceVpce: []}}}]`,
    'yes',
    'no',
  ],
  [
    `[${STAR}, {Effect: Deny, Principal: "*", Action: "s3:*", Condition: {"ForAnyValue:StringNotEquals": {aws:PrincipalOrgPaths: []}}}]`,
    'yes',
    'no',
  ],
];

/** Statements that deny all others other actions. */
function closings(count: number): string {
  return Array.from(
    { length: count },
    (_, i) =>
      `{Effect: Deny, Principal: "*", Action: "s3:Put${i}", Condition: {StringNotEquals: {aws:PrincipalOrgID: o-1}}}`,
  ).join(', ');
}

describe('public grants of policies', () => {
  it('are unknown if there are more Deny statements than are compared', () => {
    const first = (count: number): string =>
      truthText(publicGrants(policyOf(`[${STAR}, ${closings(count)}]`))[0]!.open);
    assert.deepEqual([first(16), first(17)], ['yes', 'perhaps']);
  });

  for (const [statements, ...expected] of ROWS)
    it(`${statements}: ${expected.join(', ') || 'none'}`, () => {
      assert.deepEqual(
        publicGrants(policyOf(statements)).map(({ open }) => truthText(open)),
        expected,
      );
    });
});
