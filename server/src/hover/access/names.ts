/** The names of principals, and what documents are called. */
import { traitsOf } from '../../model/format.ts';
import type { Leaf } from '../../model/value.ts';
import { isPseudo, inputName } from '../unknown-because.ts';
import { shownArn } from '../policy/arn.ts';
import { isOwnAccount } from '../../policy/text/hole.ts';
import { shown } from '../../model/shown.ts';
import type { Resource } from '../../model/resource.ts';
import type { AccessPrincipal } from '../../policy/access/access.ts';

/** A principal as it is listed. */
export function nameWords({ kind, name, resource }: AccessPrincipal): string {
  switch (kind) {
    case 'identity':
      return resource ? identityName(resource) : name;
    case 'own-account':
      return 'this account';
    case 'anyone':
      return 'anyone';
    case 'account':
      return `account ${name}`;
    case 'organization':
      return `organization ${name}`;
    default:
      return name;
  }
}

/** A role that the SAM transform creates for a function has the address of the function. */
function identityName(resource: Resource): string {
  return isOfSam(resource) ? `role of ${resource.displayName}` : resource.displayName;
}

function isOfSam({ nativeType, type }: Resource): boolean {
  return type === 'AWS::IAM::Role' && /^AWS::Serverless::/.test(nativeType);
}

const IDENTITY_WORDS: ReadonlyMap<string, string> = new Map([
  ['AWS::IAM::Role', 'role'],
  ['AWS::IAM::User', 'user'],
  ['AWS::IAM::Group', 'group'],
  ['AWS::SSO::PermissionSet', 'permission set'],
]);

/** What a principal is; empty where its name says it. */
export function kindWords({ kind, resource, isForeign, isOfUser }: AccessPrincipal): string {
  switch (kind) {
    case 'identity':
      return resource && !isOfSam(resource)
        ? (IDENTITY_WORDS.get(resource.type) ?? 'policy; not known who has it')
        : '';
    case 'own-account':
      return 'root user; others by their policies';
    case 'anyone':
      return 'public, or any AWS account';
    case 'account':
      if (isOfUser) return isForeign ? 'another of your accounts' : 'one of your accounts';
      return isForeign ? 'another account' : 'account, perhaps this one';
    case 'organization':
      return 'members of the organization';
    case 'principal':
      return 'not declared here';
    case 'service':
      return 'AWS service';
    case 'federated':
      return 'identity provider';
    case 'canonical-user':
      return 'canonical user';
    case 'unknown':
      return 'unknown principal';
  }
}

/** What the document of a resource is called. */
export function documentOf({ format }: Resource): string {
  const traits = traitsOf(format);
  if (traits?.content === 'plan') return 'plan';
  if (traits?.content === 'record') return 'state';
  return traits?.family === 'terraform' ? 'configuration' : 'template';
}

/** A value: an ARN with its references, or the name of the parameter or variable that it is. */
export function valueWords(leaf: Leaf): string {
  if ((leaf.state === 'unknown' || leaf.state === 'reference') && isOwnAccount(leaf)) return 'this account';
  const input = leaf.origin.secret ? undefined : inputName(leaf);
  if (input !== undefined && !isPseudo(input)) return input;
  return leaf.state === 'known' || leaf.state === 'template' || leaf.state === 'reference'
    ? shownArn(leaf)
    : leaf.state === 'unknown' && leaf.why === 'import'
      ? 'a value of another stack'
      : shown(leaf);
}
