import { some } from '../../../base/words.ts';
import { managedName } from '../../../policy/data/managed-policy.ts';
import { defineRule } from '../../rule.ts';
import { reportsOf } from './granted-everywhere.ts';
import { permissionSubject } from './identity-words.ts';

export default defineRule({
  id: 'iam-identity-credentials-exposure',
  on: 'identity',
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'IAM identities should not be able to obtain credentials for all resources',
  keywords: [
    'credential exposure',
    'credentials exposure',
    'least privilege',
    'access keys',
    'redshift:GetClusterCredentials',
  ],
  why: 'Some actions return credentials, such as access keys, SSH keys and database logins. An identity that can call them on every resource can act as any of those users, instances and databases.',
  remedy: 'Restrict Resource to the ARNs whose credentials are needed, or remove the action.',
  sources: {
    'https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_GetInstanceAccessDetails.html': {
      claim: 'GetInstanceAccessDetails returns temporary SSH keys to connect to an instance.',
      seen: '2026-11-28',
    },
    'https://docs.aws.amazon.com/redshift/latest/mgmt/generating-iam-credentials-role-permissions.html':
      'A principal that can call GetClusterCredentials gets a temporary login; the ARNs in Resource restrict the user, database and group.',
  },
  aliases: { checkov: ['CKV_AWS_107', 'CKV_AWS_287'], parliament: ['CREDENTIALS_EXPOSURE'] },
  fix: 'suggestion',
  *check(identity, context) {
    const name = permissionSubject(identity);
    yield* reportsOf(identity, context, 'credentials', ({ actions, conditional, managed, where }) => ({
      ...(conditional || managed ? ({ severity: 'low', profile: 'strict' } as const) : {}),
      message: (shown, leaf) =>
        `${name} can obtain credentials for all resources${where}${conditional ? ' under conditions' : ''}. It can use ${some(actions, 3)}${managed ? ` (by ${managedName(leaf) ?? shown}); attach a narrower policy` : '; restrict Resource to the ARNs that are needed'}.`,
    }));
  },
});
