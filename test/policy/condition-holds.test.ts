/** Whether conditions hold for requests. */
import assert from 'node:assert/strict';
import { conditionsHold, type RequestContext } from '../../server/src/policy/condition/condition-holds.ts';
import { policyOf, truthText } from './statements.ts';

/** What a request has, a text, several, or null for a key that it lacks; nothing is known of the others. */
type Has = Readonly<Record<string, string | readonly string[] | null>>;

const ARN = 'arn:aws:iam::111122223333:role/team/deploy';

/** The conditions in YAML, the request, and whether they hold. */
const ROWS: readonly (readonly [conditions: string, has: Has, expected: string])[] = [
  ['{}', {}, 'yes'],
  // Texts.
  ['{StringEquals: {aws:PrincipalOrgID: o-1}}', { 'aws:principalorgid': 'o-1' }, 'yes'],
  ['{StringEquals: {aws:PrincipalOrgID: o-1}}', { 'aws:principalorgid': 'o-2' }, 'no'],
  ['{StringEquals: {aws:PrincipalOrgID: o-1}}', { 'aws:principalorgid': null }, 'no'],
  ['{StringEquals: {aws:PrincipalOrgID: o-1}}', {}, 'perhaps'],
  ['{stringequals: {AWS:PRINCIPALORGID: o-1}}', { 'aws:principalorgid': 'o-1' }, 'yes'],
  ['{StringEquals: {aws:PrincipalOrgID: [o-1, o-2]}}', { 'aws:principalorgid': 'o-2' }, 'yes'],
  ['{StringEquals: {aws:PrincipalOrgID: []}}', { 'aws:principalorgid': 'o-2' }, 'no'],
  ['{StringEquals: {aws:PrincipalTag/team: Red}}', { 'aws:principaltag/team': 'red' }, 'no'],
  ['{StringEqualsIgnoreCase: {aws:PrincipalTag/team: Red}}', { 'aws:principaltag/team': 'rED' }, 'yes'],
  ['{StringNotEqualsIgnoreCase: {aws:PrincipalTag/team: Red}}', { 'aws:principaltag/team': 'rED' }, 'no'],
  ['{StringNotEquals: {aws:PrincipalOrgID: o-1}}', { 'aws:principalorgid': 'o-2' }, 'yes'],
  ['{StringNotEquals: {aws:PrincipalOrgID: [o-1, o-2]}}', { 'aws:principalorgid': 'o-2' }, 'no'],
  ['{StringNotEquals: {aws:PrincipalOrgID: o-1}}', { 'aws:principalorgid': null }, 'yes'],
  ['{StringEquals: {s3:prefix: "home/*"}}', { 's3:prefix': 'home/a' }, 'no'],
  ['{StringEquals: {s3:prefix: "home/*"}}', { 's3:prefix': 'home/*' }, 'yes'],
  ['{StringLike: {s3:prefix: "home/*"}}', { 's3:prefix': 'home/' }, 'yes'],
  ['{StringLike: {s3:prefix: "home/?"}}', { 's3:prefix': 'home/' }, 'no'],
  ['{StringLike: {s3:prefix: "Home/*"}}', { 's3:prefix': 'home/a' }, 'no'],
  ['{StringLike: {s3:prefix: "${*}x"}}', { 's3:prefix': 'ax' }, 'no'],
  ['{StringLike: {s3:prefix: "${*}${?}${$}"}}', { 's3:prefix': '*?$' }, 'yes'],
  ['{StringNotLike: {s3:prefix: ["a*", "b*"]}}', { 's3:prefix': 'bc' }, 'no'],
  ['{StringNotLike: {s3:prefix: ["a*", "b*"]}}', { 's3:prefix': 'cc' }, 'yes'],
  // Patterns that every value of the key matches, whatever the request has.
  ['{StringLikeIfExists: {aws:PrincipalOrgID: "o-*"}}', {}, 'yes'],
  ['{StringLikeIfExists: {aws:PrincipalOrgID: "o-a*"}}', {}, 'perhaps'],
  ['{StringEqualsIfExists: {aws:PrincipalOrgID: "o-*"}}', {}, 'perhaps'],
  ['{"ForAnyValue:StringNotLike": {aws:PrincipalOrgPaths: "o-*/*"}}', {}, 'no'],
  ['{ArnLikeIfExists: {aws:SourceArn: "arn:aws:*:*:*:*"}}', {}, 'yes'],
  ['{ArnLikeIfExists: {aws:SourceArn: "arn:aws:*"}}', {}, 'perhaps'],
  ['{StringEqualsIfExists: {aws:SourceAccount: "${aws:SourceAccount}"}}', {}, 'yes'],
  ['{IpAddressIfExists: {aws:SourceIp: [0.0.0.0/0, "::/0"]}}', {}, 'yes'],
  ['{IpAddressIfExists: {aws:SourceIp: 0.0.0.0/0}}', {}, 'perhaps'],
  // Times that are past.
  ['{DateLessThan: {aws:CurrentTime: "2020-01-01T00:00:00Z"}}', {}, 'no'],
  ['{DateGreaterThan: {aws:CurrentTime: "2020-01-01T00:00:00Z"}}', {}, 'yes'],
  ['{DateGreaterThan: {aws:CurrentTime: "2999-01-01T00:00:00Z"}}', {}, 'perhaps'],
  // Where the key may be missing.
  ['{StringEqualsIfExists: {aws:SourceVpc: vpc-1}}', { 'aws:sourcevpc': null }, 'yes'],
  ['{StringEqualsIfExists: {aws:SourceVpc: vpc-1}}', { 'aws:sourcevpc': 'vpc-2' }, 'no'],
  ['{StringNotEqualsIfExists: {aws:SourceVpc: vpc-1}}', { 'aws:sourcevpc': null }, 'yes'],
  ['{StringNotEqualsIfExists: {aws:SourceVpc: vpc-1}}', { 'aws:sourcevpc': 'vpc-1' }, 'no'],
  ['{BoolIfExists: {aws:MultiFactorAuthPresent: "true"}}', { 'aws:multifactorauthpresent': null }, 'yes'],
  ['{Bool: {aws:MultiFactorAuthPresent: "false"}}', { 'aws:multifactorauthpresent': null }, 'no'],
  ['{Bool: {aws:MultiFactorAuthPresent: "false"}}', { 'aws:multifactorauthpresent': 'false' }, 'yes'],
  ['{Bool: {aws:SecureTransport: false}}', { 'aws:securetransport': 'False' }, 'yes'],
  ['{Bool: {aws:SecureTransport: "TRUE"}}', { 'aws:securetransport': 'true' }, 'yes'],
  ['{Bool: {aws:SecureTransport: "perhaps"}}', { 'aws:securetransport': 'true' }, 'perhaps'],
  ['{"Null": {aws:TokenIssueTime: "true"}}', { 'aws:tokenissuetime': null }, 'yes'],
  ['{"Null": {aws:TokenIssueTime: "true"}}', { 'aws:tokenissuetime': '2026-01-01T00:00:00Z' }, 'no'],
  ['{"Null": {aws:TokenIssueTime: false}}', { 'aws:tokenissuetime': '2026-01-01T00:00:00Z' }, 'yes'],
  ['{"Null": {aws:TokenIssueTime: false}}', { 'aws:tokenissuetime': null }, 'no'],
  ['{"Null": {aws:TokenIssueTime: false}}', {}, 'perhaps'],
  ['{"Null": {aws:TagKeys: false}}', { 'aws:tagkeys': ['a'] }, 'yes'],
  ['{"Null": {aws:TagKeys: false}}', { 'aws:tagkeys': [] }, 'no'],
  ['{"Null": {aws:TagKeys: true}}', { 'aws:tagkeys': [] }, 'yes'],
  // What holds whatever the key is.
  ['{StringLikeIfExists: {aws:SourceVpc: "*"}}', {}, 'yes'],
  ['{StringLike: {aws:SourceVpc: "*"}}', {}, 'perhaps'],
  ['{"ForAnyValue:StringNotLike": {aws:TagKeys: "*"}}', {}, 'no'],
  ['{"ForAllValues:StringLike": {aws:TagKeys: "**"}}', {}, 'yes'],
  ['{StringEquals: {aws:SourceVpc: []}}', {}, 'no'],
  // Several values of a key.
  ['{"ForAllValues:StringEquals": {aws:TagKeys: [a, b]}}', { 'aws:tagkeys': ['a', 'b'] }, 'yes'],
  ['{"ForAllValues:StringEquals": {aws:TagKeys: [a, b]}}', { 'aws:tagkeys': ['a', 'c'] }, 'no'],
  ['{"ForAllValues:StringEquals": {aws:TagKeys: [a, b]}}', { 'aws:tagkeys': null }, 'yes'],
  ['{"ForAllValues:StringEquals": {aws:TagKeys: [a, b]}}', { 'aws:tagkeys': [] }, 'yes'],
  ['{"ForAllValues:StringNotEquals": {aws:TagKeys: [a, b]}}', { 'aws:tagkeys': ['c', 'd'] }, 'yes'],
  ['{"ForAllValues:StringNotEquals": {aws:TagKeys: [a, b]}}', { 'aws:tagkeys': ['a', 'd'] }, 'no'],
  ['{"ForAnyValue:StringEquals": {aws:TagKeys: [a, b]}}', { 'aws:tagkeys': ['c', 'b'] }, 'yes'],
  ['{"ForAnyValue:StringEquals": {aws:TagKeys: [a, b]}}', { 'aws:tagkeys': ['c', 'd'] }, 'no'],
  ['{"ForAnyValue:StringEquals": {aws:TagKeys: [a, b]}}', { 'aws:tagkeys': null }, 'no'],
  ['{"ForAnyValue:StringEquals": {aws:TagKeys: [a, b]}}', { 'aws:tagkeys': [] }, 'no'],
  ['{"ForAnyValue:StringNotEquals": {aws:TagKeys: [a, b]}}', { 'aws:tagkeys': ['a', 'c'] }, 'yes'],
  ['{"ForAnyValue:StringNotEquals": {aws:TagKeys: [a, b]}}', { 'aws:tagkeys': ['a', 'b'] }, 'no'],
  ['{"ForAnyValue:StringNotEquals": {aws:TagKeys: [a, b]}}', { 'aws:tagkeys': null }, 'no'],
  ['{StringEquals: {aws:TagKeys: [a, b]}}', { 'aws:tagkeys': ['a', 'b'] }, 'perhaps'],
  // Numbers.
  ['{NumericLessThan: {aws:MultiFactorAuthAge: "3600"}}', { 'aws:multifactorauthage': '3599' }, 'yes'],
  ['{NumericLessThan: {aws:MultiFactorAuthAge: 3600}}', { 'aws:multifactorauthage': '3600' }, 'no'],
  ['{NumericLessThanEquals: {aws:MultiFactorAuthAge: 3600}}', { 'aws:multifactorauthage': '3600' }, 'yes'],
  ['{NumericGreaterThan: {s3:TlsVersion: 1.2}}', { 's3:tlsversion': '1.3' }, 'yes'],
  ['{NumericGreaterThanEquals: {s3:TlsVersion: ["1.2"]}}', { 's3:tlsversion': '1.1' }, 'no'],
  ['{NumericEquals: {s3:max-keys: "10"}}', { 's3:max-keys': '10.0' }, 'yes'],
  ['{NumericNotEquals: {s3:max-keys: "10"}}', { 's3:max-keys': '10' }, 'no'],
  ['{NumericLessThan: {s3:max-keys: many}}', { 's3:max-keys': '10' }, 'perhaps'],
  ['{NumericLessThan: {aws:MultiFactorAuthAge: 3600}}', { 'aws:multifactorauthage': null }, 'no'],
  // Dates.
  ['{DateLessThan: {aws:CurrentTime: "2026-06-01T00:00:00Z"}}', { 'aws:currenttime': '2026-05-31T23:59:59Z' }, 'yes'],
  [
    '{DateLessThan: {aws:CurrentTime: "2026-06-01T00:00:00+02:00"}}',
    { 'aws:currenttime': '2026-05-31T22:30:00Z' },
    'no',
  ],
  ['{DateGreaterThan: {aws:CurrentTime: "2026-06-01"}}', { 'aws:currenttime': '2026-06-01T00:00:01Z' }, 'yes'],
  ['{DateGreaterThanEquals: {aws:EpochTime: "1780272000"}}', { 'aws:epochtime': '1780272000' }, 'yes'],
  ['{DateEquals: {aws:CurrentTime: "2026-06-01T00:00:00Z"}}', { 'aws:currenttime': '1780272000' }, 'yes'],
  ['{DateNotEquals: {aws:CurrentTime: "2026-06-01T00:00:00Z"}}', { 'aws:currenttime': '2026-06-01T00:00:00Z' }, 'no'],
  [
    '{DateLessThan: {aws:CurrentTime: "2026-06-01T00:00:00"}}',
    { 'aws:currenttime': '2026-05-31T23:59:59Z' },
    'perhaps',
  ],
  // Addresses.
  ['{IpAddress: {aws:SourceIp: 203.0.113.0/24}}', { 'aws:sourceip': '203.0.113.7' }, 'yes'],
  ['{IpAddress: {aws:SourceIp: 203.0.113.0/24}}', { 'aws:sourceip': '203.0.114.7' }, 'no'],
  ['{IpAddress: {aws:SourceIp: 203.0.113.7/24}}', { 'aws:sourceip': '203.0.113.9' }, 'yes'],
  ['{IpAddress: {aws:SourceIp: 203.0.113.7}}', { 'aws:sourceip': '203.0.113.7' }, 'yes'],
  ['{IpAddress: {aws:SourceIp: 0.0.0.0/0}}', { 'aws:sourceip': '2001:db8::1' }, 'no'],
  ['{IpAddress: {aws:SourceIp: "2001:DB8::/32"}}', { 'aws:sourceip': '2001:db8:0:0:0:0:0:1' }, 'yes'],
  ['{IpAddress: {aws:SourceIp: "2001:db8:1::/48"}}', { 'aws:sourceip': '2001:db8::1' }, 'no'],
  ['{NotIpAddress: {aws:SourceIp: [203.0.113.0/24, 198.51.100.0/24]}}', { 'aws:sourceip': '198.51.100.1' }, 'no'],
  ['{NotIpAddress: {aws:SourceIp: 203.0.113.0/24}}', { 'aws:sourceip': null }, 'yes'],
  ['{NotIpAddressIfExists: {aws:SourceIp: 203.0.113.0/24}}', { 'aws:sourceip': null }, 'yes'],
  ['{IpAddress: {aws:SourceIp: 203.0.113.0/33}}', { 'aws:sourceip': '203.0.113.0' }, 'perhaps'],
  // ARNs, field by field.
  ['{ArnEquals: {aws:PrincipalArn: "arn:aws:iam::111122223333:role/team/deploy"}}', { 'aws:principalarn': ARN }, 'yes'],
  ['{ArnEquals: {aws:PrincipalArn: "arn:aws:iam::*:role/team/*"}}', { 'aws:principalarn': ARN }, 'yes'],
  ['{ArnLike: {aws:PrincipalArn: "arn:*:iam::1111*:role/*/deploy"}}', { 'aws:principalarn': ARN }, 'yes'],
  ['{ArnLike: {aws:PrincipalArn: "arn:aws:iam::222233334444:role/*"}}', { 'aws:principalarn': ARN }, 'no'],
  ['{ArnLike: {aws:SourceArn: "arn:aws:*:x"}}', { 'aws:sourcearn': 'arn:aws:sns:eu-west-1:111122223333:x' }, 'perhaps'],
  ['{ArnLike: {aws:SourceArn: "arn:aws:s*:*:x"}}', { 'aws:sourcearn': 'arn:aws:sns:eu-west-1:111122223333:y' }, 'no'],
  [
    '{ArnLike: {aws:SourceArn: "arn:aws:logs:*:*:log-group:x:*"}}',
    { 'aws:sourcearn': 'arn:aws:logs:eu-west-1:111122223333:log-group:x:y:z' },
    'yes',
  ],
  ['{ArnLike: {aws:SourceArn: "*"}}', { 'aws:sourcearn': ARN }, 'perhaps'],
  ['{ArnNotLike: {aws:PrincipalArn: "arn:aws:iam::*:role/team/*"}}', { 'aws:principalarn': ARN }, 'no'],
  ['{ArnNotEquals: {aws:PrincipalArn: "arn:aws:iam::*:role/other"}}', { 'aws:principalarn': ARN }, 'yes'],
  ['{StringLike: {aws:PrincipalArn: "*:role/*"}}', { 'aws:principalarn': ARN }, 'yes'],
  // What is in base64.
  ['{BinaryEquals: {x:y: QmluYXJ5}}', { 'x:y': 'QmluYXJ5' }, 'yes'],
  ['{BinaryEquals: {x:y: QmluYXJ5}}', { 'x:y': 'qmluyxj5' }, 'no'],
  // Variables.
  [
    '{StringEquals: {aws:ResourceTag/team: "${aws:PrincipalTag/team}"}}',
    { 'aws:resourcetag/team': 'red', 'aws:principaltag/team': 'red' },
    'yes',
  ],
  [
    '{StringEquals: {aws:ResourceTag/team: "${aws:PrincipalTag/team}"}}',
    { 'aws:resourcetag/team': 'red', 'aws:principaltag/team': 'blue' },
    'no',
  ],
  [
    '{StringEquals: {aws:ResourceTag/team: "${aws:PrincipalTag/team}"}}',
    { 'aws:resourcetag/team': 'red', 'aws:principaltag/team': null },
    'no',
  ],
  [
    '{StringNotEquals: {aws:ResourceTag/team: "${aws:PrincipalTag/team}"}}',
    { 'aws:resourcetag/team': 'red', 'aws:principaltag/team': null },
    'perhaps',
  ],
  ['{StringEquals: {aws:ResourceTag/team: "${aws:PrincipalTag/team}"}}', { 'aws:resourcetag/team': 'red' }, 'perhaps'],
  [
    '{StringEquals: {aws:ResourceTag/team: "${aws:PrincipalTag/team, \'company-wide\'}"}}',
    { 'aws:resourcetag/team': 'company-wide', 'aws:principaltag/team': null },
    'yes',
  ],
  ['{StringLike: {s3:prefix: "home/${aws:username}/*"}}', { 's3:prefix': 'home/ann/x', 'aws:username': 'ann' }, 'yes'],
  ['{StringLike: {s3:prefix: "home/${AWS:UserName}/*"}}', { 's3:prefix': 'home/bob/x', 'aws:username': 'ann' }, 'no'],
  ['{StringLike: {s3:prefix: "home/${aws:username}/*"}}', { 's3:prefix': 'work/x' }, 'no'],
  ['{StringLike: {s3:prefix: "${aws:username}"}}', { 's3:prefix': 'anything', 'aws:username': '*' }, 'no'],
  [
    '{ArnLike: {aws:SourceArn: "arn:aws:sns:eu-west-1:${aws:ResourceAccount}:*"}}',
    { 'aws:sourcearn': 'arn:aws:sns:eu-west-1:111122223333:x', 'aws:resourceaccount': '111122223333' },
    'yes',
  ],
  // Several conditions hold together.
  ['{StringEquals: {a:b: x, c:d: y}}', { 'a:b': 'x', 'c:d': 'y' }, 'yes'],
  ['{StringEquals: {a:b: x, c:d: y}}', { 'a:b': 'x', 'c:d': 'z' }, 'no'],
  ['{StringEquals: {a:b: x}, Bool: {c:d: true}}', { 'a:b': 'z' }, 'no'],
  ['{StringEquals: {a:b: x}, Bool: {c:d: true}}', { 'a:b': 'x' }, 'perhaps'],
  // What the document does not say.
  ['{StringEquals: {a:b: !Ref Any}}', { 'a:b': 'x' }, 'perhaps'],
  ['{StringEquals: {a:b: [!Ref Any, x]}}', { 'a:b': 'x' }, 'yes'],
  ['{StringNotEquals: {a:b: [!Ref Any, x]}}', { 'a:b': 'x' }, 'no'],
  ['{StringLike: {a:b: !Sub "x-${Any}-*"}}', { 'a:b': 'y-1' }, 'no'],
  ['{StringLike: {a:b: !Sub "x-${Any}-*"}}', { 'a:b': 'x-1-2' }, 'perhaps'],
  ['{StringLike: {a:b: "x-${WHO}"}}', { 'a:b': 'x-1' }, 'perhaps'],
  ['{IpAddress: {aws:SourceIp: !Sub "${Any}/32"}}', { 'aws:sourceip': '203.0.113.7' }, 'perhaps'],
  ['{StringEqual: {a:b: x}}', { 'a:b': 'x' }, 'perhaps'],
  ['!Ref Any', { 'a:b': 'x' }, 'perhaps'],
  // Scenarios.
  ['{StringEquals: {a:b: !If [IsLive, x, y]}}', { 'a:b': 'x' }, 'if IsLive=true'],
  ['!If [IsLive, {StringEquals: {a:b: x}}, !Ref AWS::NoValue]', { 'a:b': 'y' }, 'if IsLive=false'],
  ['{StringEquals: {a:b: [y, !If [IsLive, x, !Ref AWS::NoValue]]}}', { 'a:b': 'x' }, 'if IsLive=true'],
];

describe('conditions that hold for a request', () => {
  for (const [conditions, has, expected] of ROWS)
    it(`${conditions} ${JSON.stringify(has)}: ${expected}`, () => {
      const [statement] = policyOf(
        `{Effect: Allow, Principal: "*", Action: "s3:*", Condition: ${conditions}}`,
      ).statements;
      const request: RequestContext = new Map(
        Object.entries(has).map(([key, value]) => [key, typeof value === 'string' ? [value] : value]),
      );
      assert.equal(truthText(conditionsHold(statement!, request)), expected);
    });
});
