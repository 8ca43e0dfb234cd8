import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'fsx-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'FSx passwords should not be hard-coded',
  keywords: ['Active Directory', 'ONTAP', 'DomainJoinServiceAccountSecret'],
  why: 'Anyone who can read the repository, a backup of it or a build log can administer the file system, or use the account that joins it to the domain.',
  sources: {
    'AWS::FSx::FileSystem.SelfManagedActiveDirectoryConfiguration':
      'Password is the password of the service account that joins the file system to the domain.',
    'AWS::FSx::FileSystem.OntapConfiguration':
      'FsxAdminPassword is the password of the user fsxadmin, who administers the file system.',
    'AWS::FSx::StorageVirtualMachine': 'SvmAdminPassword logs in to the storage virtual machine to manage it.',
    'AWS::FSx::StorageVirtualMachine.SelfManagedActiveDirectoryConfiguration':
      'Password is the password of the service account that joins the storage virtual machine to the domain.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::FSx::FileSystem': [
      'WindowsConfiguration.SelfManagedActiveDirectoryConfiguration.Password',
      'OntapConfiguration.FsxAdminPassword',
    ],
    'AWS::FSx::StorageVirtualMachine': [
      'SvmAdminPassword',
      'ActiveDirectoryConfiguration.SelfManagedActiveDirectoryConfiguration.Password',
    ],
  },
});
