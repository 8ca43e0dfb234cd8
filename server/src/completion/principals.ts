/** Principals that a statement can name. */
import type { PolicyDocument } from '../model/policy.ts';
import type { Stack } from '../model/resource.ts';
import { textOffer, type Offer, type ValueForm } from './offer.ts';
import { IDENTITY_PROVIDERS, servicePrincipals } from './service-principals.ts';
import { stackArns } from './stack-resources.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const KINDS: readonly (readonly [name: string, says: string])[] = [
  ['AWS', 'AWS accounts, roles, users and sessions'],
  ['Service', 'AWS services'],
  ['Federated', 'federated users of an identity provider'],
  ['CanonicalUser', 'an AWS account, by its canonical user ID'],
];

/** The principal types: as keys, as objects instead of a string, or as strings in Terraform's blocks. */
export function principalKinds(
  as: 'entry' | 'object' | 'text',
  has: readonly string[],
  policy: PolicyDocument,
): readonly Offer[] {
  // A resource control policy supports the principal * only.
  const kinds = policy.kind === 'rcp' ? KINDS.filter(([name]) => name === 'AWS' && as === 'entry') : KINDS;
  return kinds
    .filter(([name]) => !has.includes(name))
    .map(([name, detail], index) => {
      const rank = policy.kind === 'trust' && name === 'Service' ? -1 : index;
      const shape: ValueForm = 'text';
      return as === 'text'
        ? textOffer(name, 'word', rank, { detail })
        : {
            label: name,
            kind: 'element',
            detail,
            rank,
            goesOn: true,
            written: as === 'entry' ? { as, name: [name], shape } : { as, name, shape },
          };
    });
}

/** The offer of `*` as a principal, sorted by `rank`. */
export function anyPrincipal(rank: number): Offer {
  return textOffer('*', 'principal', rank, {
    detail: 'anyone, including anonymous users, unless a condition restricts it',
  });
}

/** Principals of one type. */
export function principalOffers(kind: string, policy: PolicyDocument, stack: Stack): readonly Offer[] {
  if (policy.kind === 'rcp') return kind === 'AWS' ? [anyPrincipal(0)] : [];
  switch (kind) {
    case 'Service':
      return servicePrincipals(policy.kind === 'resource' ? policy.service : undefined).map(([name, of], rank) =>
        textOffer(name, 'principal', rank, { detail: of }),
      );
    case 'AWS':
      return [
        ...stackArns(stack)
          .filter(
            ({ type, service, resource }) =>
              service === 'iam' && (type === 'role' || type === 'user') && resource !== policy.host,
          )
          .map(({ label, pieces, resource, type }, rank): Offer => ({
            label,
            kind: 'reference',
            detail: `${type} ${resource.displayName}`,
            rank,
            written: { as: 'text', pieces },
          })),
        {
          label: 'root of this account',
          kind: 'principal',
          detail: 'every identity in this account whose IAM policies allow it',
          rank: 100,
          written: { as: 'text', pieces: ['arn:', { own: 'partition' }, ':iam::', { own: 'account' }, ':root'] },
        },
        {
          label: 'root of another account',
          kind: 'principal',
          detail: 'every identity in the account whose IAM policies allow it',
          rank: 101,
          written: { as: 'text', pieces: ['arn:', { own: 'partition' }, ':iam::', { blank: 'Account' }, ':root'] },
        },
        {
          label: 'a role of another account',
          kind: 'principal',
          rank: 102,
          written: {
            as: 'text',
            pieces: ['arn:', { own: 'partition' }, ':iam::', { blank: 'Account' }, ':role/', { blank: 'RoleName' }],
          },
        },
        anyPrincipal(1000),
      ];
    case 'Federated':
      return [
        ...IDENTITY_PROVIDERS.map(([name, of], rank) => textOffer(name, 'principal', 10 + rank, { detail: of })),
        {
          label: 'token.actions.githubusercontent.com',
          kind: 'principal',
          detail: 'GitHub Actions, through the OIDC provider in this account',
          rank: 0,
          written: {
            as: 'text',
            pieces: [
              'arn:',
              { own: 'partition' },
              ':iam::',
              { own: 'account' },
              ':oidc-provider/token.actions.githubusercontent.com',
            ],
          },
        },
        {
          label: 'a SAML provider in this account',
          kind: 'principal',
          rank: 20,
          written: {
            as: 'text',
            pieces: [
              'arn:',
              { own: 'partition' },
              ':iam::',
              { own: 'account' },
              ':saml-provider/',
              { blank: 'ProviderName' },
            ],
          },
        },
      ];
    default:
      return [];
  }
}
