/**
 * Attributes of resources that equal an argument. Companions of a bucket often name it through another companion, so
 * that Terraform creates them in order.
 */

/**
 * The types whose `id` is the name of their bucket.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/bucket_policy.go and
 * bucket_public_access_block.go
 */
const NAMED_AFTER_THEIR_BUCKET: ReadonlySet<string> = new Set([
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
]);

/** The argument that an attribute of a resource equals; undefined for other attributes. */
export function repeatedArgument(type: string, attribute: string | undefined): string | undefined {
  if (!type.startsWith('aws_s3_bucket_')) return undefined;
  return attribute === 'bucket' || (attribute === 'id' && NAMED_AFTER_THEIR_BUCKET.has(type)) ? 'bucket' : undefined;
}
