/** Attributes that are secrets. */
import type { Stack } from '../model/resource.ts';
import type { Address, Reference } from '../model/value.ts';

/**
 * The attributes that are secrets, by the type of a CloudFormation resource, a Terraform resource or a Terraform data
 * source:
 *
 * - https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-accesskey.html
 * - https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolclient.html
 * - https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/password
 * - https://registry.terraform.io/providers/hashicorp/tls/latest/docs/resources/private_key
 * - https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cognito_user_pool_client
 * - https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_access_key
 * - https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret_version
 * - https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/secretsmanager_secret_version
 */
const SECRET_ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([
  ['AWS::IAM::AccessKey', ['SecretAccessKey']],
  ['AWS::Cognito::UserPoolClient', ['ClientSecret']],
  ['random_password', ['result']],
  ['tls_private_key', ['private_key_pem', 'private_key_openssh', 'private_key_pem_pkcs8']],
  ['aws_cognito_user_pool_client', ['client_secret']],
  ['aws_iam_access_key', ['secret', 'ses_smtp_password_v4']],
  ['aws_secretsmanager_secret_version', ['secret_string']],
]);

/** Whether a reference reads an attribute that is a secret. */
export function isSecretAttribute({ to, attribute }: Reference, stack: Stack): boolean {
  if (attribute === undefined) return false;
  const types = [stack.byAddress(to)?.type, terraformType(to)];
  return types.some((type) => type !== undefined && SECRET_ATTRIBUTES.get(type)?.includes(attribute) === true);
}

/** Whether an address is that of a secret in which several values can be stored, such as a user and a password. */
export function isStoredSecret(address: Address): boolean {
  return terraformType(address) === 'aws_secretsmanager_secret_version';
}

/** The Terraform type in an address, such as that of `module.db.random_password.main[0]`. */
function terraformType(address: Address): string | undefined {
  const block = address.endsWith(']') ? address.slice(0, address.lastIndexOf('[')) : address;
  return block.split('.').at(-2);
}
