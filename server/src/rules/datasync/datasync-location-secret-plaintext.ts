import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'datasync-location-secret-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'DataSync location credentials should not be hard-coded',
  keywords: ['secret', 'object storage', 'SMB', 'SAS token', 'Azure Blob', 'FSx', 'CustomSecretConfig', 'password'],
  why: 'Anyone who can read the repository, a backup of it or a build log can read the data of the location, and often change it.',
  sources: {
    'AWS::DataSync::LocationObjectStorage':
      'SecretKey is the password for the object storage server; AccessKey is the user name.',
    'AWS::DataSync::LocationSMB': 'Password is the password of the user who can mount the share.',
    'AWS::DataSync::LocationFSxWindows': 'Password is the password of the user with access to the file system.',
    'AWS::DataSync::LocationFSxONTAP.SMB':
      'Password is the password of the user with access to the storage virtual machine.',
    'AWS::DataSync::LocationAzureBlob.AzureBlobSasConfiguration':
      'AzureBlobSasToken gives access to the Azure Blob Storage.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::DataSync::LocationObjectStorage': { path: 'SecretKey', aliases: ['CKV_AWS_295'] },
    'AWS::DataSync::LocationSMB': 'Password',
    'AWS::DataSync::LocationFSxWindows': { path: 'Password', replaces: true },
    'AWS::DataSync::LocationFSxONTAP': { path: 'Protocol.SMB.Password', replaces: true },
    'AWS::DataSync::LocationAzureBlob': 'AzureBlobSasConfiguration.AzureBlobSasToken',
  },
});
