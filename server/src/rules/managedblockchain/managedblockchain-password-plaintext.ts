import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'managedblockchain-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'Managed Blockchain admin passwords should not be hard-coded',
  keywords: ['Hyperledger Fabric', 'member'],
  why: 'Anyone who can read the repository, a backup of it or a build log can log in as the administrator of the member and enroll other users.',
  sources: {
    'AWS::ManagedBlockchain::Member.MemberFabricConfiguration':
      'AdminPassword is the password of the first administrative user of the member.',
  },
  accessed: '2026-11-28',
  aliases: ['F71'],
  secrets: {
    'AWS::ManagedBlockchain::Member':
      'MemberConfiguration.MemberFrameworkConfiguration.MemberFabricConfiguration.AdminPassword',
  },
});
