/** Detection of the IDs that AWS assigns to resources. An ID names a resource, and does not grant access to it. */

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const ARN = /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(?:\d{12}|aws)?:\S+$/;

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const EC2 =
  /^(?:acl|ami|cgw|dopt|eigw|eipalloc|eni|fs|fsap|i|igw|lt|nat|pcx|pl|rtb|sg|snap|subnet|tgw|tgw-attach|tgw-rtb|vgw|vol|vpc|vpce|vpn)-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

const UUID = String.raw`[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`;

/** User pools, `eu-west-1_AbCdEf123`, and identity pools, `eu-west-1:` and a UUID. */
const COGNITO = new RegExp(String.raw`^[a-z]{2}(?:-[a-z]+){1,3}-\d(?:_[0-9A-Za-z]{9}|:${UUID})$`);

/** Whether a string can only be an ARN or the ID of an AWS resource, or a list of them. */
export function isResourceId(text: string): boolean {
  return text.split(',').every((part) => [ARN, EC2, COGNITO].some((format) => format.test(part.trim())));
}

/**
 * IDs whose format other strings have too, and the words for their resources in names.
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Distribution.html
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html
 */
const AMBIGUOUS: readonly { readonly format: RegExp; readonly names: RegExp }[] = [
  { format: /^E[0-9A-Z]{12,14}$/, names: /dist|cloudfront|cdn/i },
  { format: /^Z[0-9A-Z]{12,20}$/, names: /zone/i },
  { format: /^\d{12}$/, names: /acc(?:oun)?t|owner/i },
];

/** API keys of other services are UUIDs too, so only a name tells the ID of a KMS key from one. */
const KMS_KEY = { format: new RegExp(`^${UUID}$`), names: /kms|cmk|key_?id$/i };

/** Words in names of credentials, which a name with several words does not end in. */
const CREDENTIAL = /pass|pwd|secret|token/i;
const CREDENTIAL_OR_CODE = /pass|pwd|secret|token|key|cred|auth|code|pin/i;

/**
 * Whether a string is the ID of an AWS resource, according to the name of its parameter: undefined if the string has
 * the format of an ID, and the name concerns neither the resource nor a credential.
 */
export function isIdByName(text: string, name: string): boolean | undefined {
  const kinds = AMBIGUOUS.filter(({ format }) => format.test(text));
  if (CREDENTIAL.test(name)) return false;
  if ([...kinds, KMS_KEY].some(({ format, names }) => format.test(text) && names.test(name))) return true;
  return kinds.length > 0 && !CREDENTIAL_OR_CODE.test(name) ? undefined : false;
}
