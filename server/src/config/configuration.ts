/** What `.stackwarden.yaml` says. */
export interface Configuration {
  /** Facts about the account that documents do not show, by name: `s3.accountBlock`. */
  readonly assume: Readonly<Record<string, boolean>>;
}

export const DEFAULT_CONFIGURATION: Configuration = { assume: {} };

/** What can be stated of the account, and what it means when it is true. */
export const ASSUMPTIONS: Readonly<Record<string, string>> = {
  'ebs.defaultEncryption': 'EBS encryption by default is on in the account and its regions',
  'ec2.imdsv2Default': 'new EC2 instances require IMDSv2 by default in the account and its regions',
  's3.accountBlock': 'S3 Block Public Access is on for the account',
};
