/** The number of fields of an ARN. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const FIELDS = 6;

/**
 * The fields of an ARN: `arn`, the partition, the service, the Region, the account, and the rest, which can contain
 * colons. A text with fewer colons has fewer fields. `split` and `join` take up to three times as long, and many rules
 * ask for the fields of each resource of a policy.
 */
export function arnFields(arn: string): readonly string[] {
  const fields: string[] = [];
  let start = 0;
  while (fields.length < FIELDS - 1) {
    const end = arn.indexOf(':', start);
    if (end < 0) break;
    fields.push(arn.slice(start, end));
    start = end + 1;
  }
  fields.push(arn.slice(start));
  return fields;
}
