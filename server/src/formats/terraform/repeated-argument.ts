/**
 * Attributes of resources that are what an argument of them is given. What belongs to a bucket is often named by way of another thing
 * that belongs to it, so that Terraform makes one after the other.
 */

/**
 * The types whose `id` is the name of the bucket that they belong to.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/bucket_policy.go and bucket_public_access_block.go
 */
const NAMED_AFTER_THEIR_BUCKET: ReadonlySet<string> = new Set([
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
]);

/** The argument that an attribute of a resource repeats; undefined if it is something else. */
export function repeatedArgument(type: string, attribute: string | undefined): string | undefined {
  if (!type.startsWith('aws_s3_bucket_')) return undefined;
  return attribute === 'bucket' || (attribute === 'id' && NAMED_AFTER_THEIR_BUCKET.has(type)) ? 'bucket' : undefined;
}
