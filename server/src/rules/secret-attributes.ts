/** Attributes that are secrets. */
import { flatMap } from '../base/flat-map.ts';
import { isSecretName } from '../model/credential.ts';
import { is, type Predicate } from '../model/judgement.ts';
import { member } from '../model/navigate.ts';
import { isFalse, oneOf } from '../model/predicate.ts';
import { always, never, sometimes } from '../model/quantified.ts';
import type { Stack } from '../model/resource.ts';
import type { Address, Reference } from '../model/value.ts';

/**
 * The attributes that are secrets, by the type of a CloudFormation resource, a Terraform resource or a Terraform data
 * source. Those of Terraform are marked as sensitive by the provider. A hash, such as `bcrypt_hash`, is not among them.
 *
 * - https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-accesskey.html
 * - https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolclient.html
 * - https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/password
 * - https://registry.terraform.io/providers/hashicorp/tls/latest/docs/resources/private_key
 * - https://registry.terraform.io/providers/hashicorp/aws/latest/docs, on the page of each type
 */
const SECRET_ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([
  ['AWS::IAM::AccessKey', ['SecretAccessKey']],
  ['AWS::Cognito::UserPoolClient', ['ClientSecret']],
  ['random_password', ['result']],
  ['tls_private_key', ['private_key_pem', 'private_key_openssh', 'private_key_pem_pkcs8']],
  ['aws_api_gateway_api_key', ['value']],
  ['aws_appsync_api_key', ['key']],
  ['aws_cognito_user_pool_client', ['client_secret']],
  ['aws_db_instance', ['password']],
  ['aws_docdb_cluster', ['master_password']],
  ['aws_ecr_authorization_token', ['authorization_token', 'password']],
  ['aws_eks_cluster_auth', ['token']],
  ['aws_elasticache_replication_group', ['auth_token']],
  ['aws_iam_access_key', ['secret', 'ses_smtp_password_v4']],
  ['aws_iam_service_specific_credential', ['service_password']],
  ['aws_kms_secrets', ['plaintext']],
  ['aws_rds_cluster', ['master_password']],
  ['aws_redshift_cluster', ['master_password']],
  ['aws_secretsmanager_secret_version', ['secret_string', 'secret_binary']],
]);

/** Whether a reference reads an attribute that is a secret. */
export function isSecretAttribute({ to, attribute }: Reference, stack: Stack): boolean {
  if (attribute === undefined) return false;
  const types = [stack.byAddress(to)?.type, terraformType(to)];
  // The key of a secret in a map follows the attribute.
  const [first] = attribute.split('.');
  return types.some((type) => type !== undefined && SECRET_ATTRIBUTES.get(type)?.includes(first!) === true);
}

/**
 * Whether a reference reads the value of a parameter in Parameter Store that is a SecureString; undefined if it can be
 * one. That of a data source is taken as possible only if its name is that of a secret: most are not.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/ssm_parameter
 */
export function isSecureParameter({ to, attribute }: Reference, stack: Stack): boolean | undefined {
  if (attribute !== 'value' || terraformType(to) !== 'aws_ssm_parameter') return false;
  if (isDataSource(to)) return isMaybeSecure(to, stack) ? undefined : false;
  const parameter = stack.byAddress(to);
  if (!parameter) return undefined;
  const isSecure = is(parameter.get('Type'), oneOf('SecureString'));
  return always(isSecure) ? true : never(isSecure) ? false : undefined;
}

function isMaybeSecure(address: Address, stack: Stack): boolean {
  const block = withoutKey(address);
  const lookups = flatMap(stack.sources ?? [], (source) =>
    source.address === block && source.arguments ? [source.arguments()] : [],
  );
  if (lookups.length > 0 && lookups.every((lookup) => always(is(member(lookup, 'with_decryption'), isFalse))))
    return false;
  if (namesSecret(nameIn(block))) return true;
  // The sources of a block with several instances have the same address.
  const [only, ...others] = lookups;
  return only && others.length === 0
    ? sometimes(is(member(only, 'name'), OF_SECRET))
    : namesSecret(address.slice(block.length + 2, -2));
}

/** Whether a parameter has the name of a secret: `/prod/db/password`. */
const OF_SECRET: Predicate = {
  known: ({ raw }) => namesSecret(raw),
  text: ({ pieces }) => {
    const end = pieces.at(-1);
    return typeof end === 'string' ? namesSecret(end) : undefined;
  },
};

function namesSecret(name: string): boolean {
  return isSecretName(name.slice(name.lastIndexOf('/') + 1).replaceAll('-', '_'));
}

/** Whether an address is that of a secret in which several values can be stored, such as a user and a password. */
export function isStoredSecret(address: Address): boolean {
  return terraformType(address) === 'aws_secretsmanager_secret_version';
}

/** The Terraform type in an address, such as that of `module.db.random_password.main[0]`. */
function terraformType(address: Address): string | undefined {
  return withoutKey(address).split('.').at(-2);
}

/** The name in the address of a block. */
function nameIn(block: Address): string {
  return block.split('.').at(-1)!;
}

function isDataSource(address: Address): boolean {
  return withoutKey(address).split('.').at(-3) === 'data';
}

function withoutKey(address: Address): string {
  return address.endsWith(']') ? address.slice(0, address.lastIndexOf('[')) : address;
}
