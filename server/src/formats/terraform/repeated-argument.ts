/**
 * Attributes of resources that equal an argument. Companions of a bucket often name it through another companion, so
 * that Terraform creates them in order. Listeners of Classic Load Balancers name their policies.
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

/**
 * The types of policies of Classic Load Balancers, with the attribute that is their name.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/load_balancer_listener_policy
 */
const NAMES_OF_POLICIES: ReadonlyMap<string, string> = new Map([
  ['aws_load_balancer_policy', 'policy_name'],
  ['aws_lb_ssl_negotiation_policy', 'name'],
  ['aws_lb_cookie_stickiness_policy', 'name'],
]);

/** The argument that an attribute of a resource equals; undefined for other attributes. */
export function repeatedArgument(type: string, attribute: string | undefined): string | undefined {
  if (attribute !== undefined && NAMES_OF_POLICIES.get(type) === attribute) return attribute;
  if (!type.startsWith('aws_s3_bucket_')) return undefined;
  return attribute === 'bucket' || (attribute === 'id' && NAMED_AFTER_THEIR_BUCKET.has(type)) ? 'bucket' : undefined;
}
