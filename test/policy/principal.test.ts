import assert from 'node:assert/strict';
import { UNKNOWN_PIECE } from '../../server/src/policy/text/unknown-piece.ts';
import {
  OWN_ACCOUNT,
  readPrincipal,
  type PrincipalForm,
  type PrincipalKind,
} from '../../server/src/policy/principal/principal.ts';

const READINGS: readonly (readonly [
  kind: PrincipalKind,
  text: string,
  form: PrincipalForm,
  account?: string | undefined,
  name?: string,
])[] = [
  ['AWS', '*', 'anyone'],
  ['AWS', '111122223333', 'account', '111122223333'],
  ['AWS', OWN_ACCOUNT, 'account', OWN_ACCOUNT],
  ['AWS', '1111222233334', 'other'],
  ['AWS', 'arn:aws:iam::111122223333:root', 'root', '111122223333'],
  ['AWS', `arn:${UNKNOWN_PIECE}:iam::${OWN_ACCOUNT}:root`, 'root', OWN_ACCOUNT],
  ['AWS', 'arn:aws-cn:iam::111122223333:role/path/deploy', 'role', '111122223333', 'path/deploy'],
  [
    'AWS',
    'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1',
    'user',
    'cloudfront',
    'CloudFront Origin Access Identity E1',
  ],
  ['AWS', 'arn:aws:sts::111122223333:assumed-role/deploy/ci', 'session', '111122223333', 'deploy/ci'],
  ['AWS', 'arn:aws:sts::111122223333:federated-user/bob', 'federated-user', '111122223333', 'bob'],
  ['AWS', 'AROAEXAMPLEID1234567X', 'deleted-role'],
  ['AWS', 'AIDAEXAMPLEID1234567X', 'deleted-user'],
  ['AWS', 'AROA', 'other'],
  ['AWS', 'arn:aws:s3:::bucket', 'other'],
  ['Service', 'ec2.amazonaws.com', 'service', undefined, 'ec2'],
  ['Service', `states.${UNKNOWN_PIECE}.amazonaws.com`, 'service', undefined, 'states'],
  ['Service', `ec2.${UNKNOWN_PIECE}`, 'service', undefined, 'ec2'],
  ['Service', 'delivery.logs.amazonaws.com', 'service', undefined, 'delivery.logs'],
  ['Service', 'ec2.amazonaws.com.cn', 'service', undefined, 'ec2'],
  ['Service', 'lambda', 'other'],
  ['Federated', 'arn:aws:iam::111122223333:saml-provider/Example', 'saml', '111122223333', 'Example'],
  [
    'Federated',
    'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/X',
    'oidc',
    '111122223333',
    'oidc.eks.eu-west-1.amazonaws.com/id/X',
  ],
  ['Federated', 'cognito-identity.amazonaws.com', 'domain', undefined, 'cognito-identity.amazonaws.com'],
  ['Federated', 'arn:aws:iam::111122223333:saml-provider:Example', 'other'],
  ['CanonicalUser', '79a59df900b949e5', 'canonical-user'],
];

describe('principals', () => {
  for (const [kind, text, form, account, name] of READINGS)
    it(`under ${kind} are parsed: ${text}`, () => {
      const read = readPrincipal(kind, text);
      assert.deepEqual([read.form, read.account, read.name], [form, account, name]);
    });
});
