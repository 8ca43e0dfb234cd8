/**
 * What the provider had in an earlier major version and configurations for that version still say: attributes by
 * resource type. They are no longer in its schema; the guides to its versions name them.
 */
export const REMOVED_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-6-upgrade
  aws_redshift_cluster: [
    'logging',
    'logging.enable',
    'logging.bucket_name',
    'logging.s3_key_prefix',
    'logging.log_destination_type',
    'logging.log_exports',
    'snapshot_copy',
    'snapshot_copy.destination_region',
    'snapshot_copy.retention_period',
    'snapshot_copy.grant_name',
  ],
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-5-upgrade
  aws_secretsmanager_secret: ['rotation_lambda_arn', 'rotation_rules', 'rotation_rules.automatically_after_days'],
};
