/** The names of principals. */
import type { Resource } from '../../model/resource.ts';
import { scopedName } from './scopes.ts';
import type { AccessPrincipal } from '../../policy/access/access.ts';

/** A principal as it is listed. */
export function nameWords({ kind, name, resource, scopes }: AccessPrincipal): string {
  switch (kind) {
    case 'identity':
      return resource ? identityName(resource) : name;
    case 'own-account':
      return name === '' ? 'this account' : scopedName('any principal of this account', scopes);
    case 'anyone':
      return name === 'authenticated' ? 'any AWS account' : scopedName('anyone', scopes);
    case 'restricted':
      return scopedName('anyone', scopes);
    case 'account':
      return `account ${name}`;
    case 'organization':
      return scopedName('principals', scopes);
    case 'service':
      return scopes ? scopedName('AWS services', scopes) : name;
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
export function principalKindWords({ kind, name, resource, isForeign, isOfUser }: AccessPrincipal): string {
  switch (kind) {
    case 'identity':
      return resource && !isOfSam(resource)
        ? (IDENTITY_WORDS.get(resource.type) ?? 'policy; its identities are not known')
        : '';
    case 'own-account':
      return name === '' ? 'root user; others by their policies' : 'also without policies of its own';
    case 'anyone':
      return name === 'authenticated' ? 'authenticated' : 'public, or any AWS account';
    case 'account':
      if (isOfUser) return isForeign ? 'another of your accounts' : 'one of your accounts';
      return isForeign ? 'another account' : 'account, possibly this one';
    case 'organization':
    case 'restricted':
      return '';
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
