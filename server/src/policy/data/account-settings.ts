/**
 * Actions on a whole account or organization that change a setting or start jobs, each with its effect as the rest of a
 * sentence. They do not support resource-level permissions, so they are allowed on all resources or not at all.
 */
export const ACCOUNT_SETTINGS: ReadonlyMap<string, string> = new Map([
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html
  ['s3:PutAccountPublicAccessBlock', 'turn off S3 Block Public Access for the account'],
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html
  ['s3:PutAccessPointPublicAccessBlock', 'create access points that do not block public access'],
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-iam-role-policies.html
  ['s3:CreateJob', 'run S3 Batch Operations with the permissions of the job role'],
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableSnapshotBlockPublicAccess.html
  ['ec2:DisableSnapshotBlockPublicAccess', 'allow public sharing of EBS snapshots'],
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImageBlockPublicAccess.html
  ['ec2:DisableImageBlockPublicAccess', 'allow public sharing of AMIs'],
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableEbsEncryptionByDefault.html
  ['ec2:DisableEbsEncryptionByDefault', 'turn off EBS encryption by default'],
  // https://docs.aws.amazon.com/emr/latest/APIReference/API_PutBlockPublicAccessConfiguration.html
  ['elasticmapreduce:PutBlockPublicAccessConfiguration', 'turn off block public access for EMR clusters'],
  // https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutRegistryPolicy.html
  ['ecr:PutRegistryPolicy', 'give other accounts permissions for the ECR registry'],
  // https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_PutDataLakeSettings.html
  ['lakeformation:PutDataLakeSettings', 'choose the administrators of the data lake'],
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
  ['iam:UpdateAccountPasswordPolicy', 'weaken the password policy of the account'],
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html
  ['iam:DeleteAccountPasswordPolicy', 'delete the password policy of the account'],
  // https://docs.aws.amazon.com/macie/latest/APIReference/macie.html
  ['macie2:DisableMacie', 'turn off Amazon Macie'],
  // https://docs.aws.amazon.com/inspector/v2/APIReference/API_Disable.html
  ['inspector2:Disable', 'turn off Amazon Inspector'],
  // https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html
  ['organizations:LeaveOrganization', 'remove the account from its organization and its service control policies'],
  // https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteOrganization.html
  ['organizations:DeleteOrganization', 'delete the organization'],
  // https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisableAWSServiceAccess.html
  [
    'organizations:DisableAWSServiceAccess',
    'turn off the integration of services such as CloudTrail with the organization',
  ],
]);
