/** Identity providers that a stack creates and that its policies reference. */
import { memoize } from '../../base/memoize.ts';
import { all, any, is, UNKNOWABLE, YES, type Judgement, type Predicate } from '../../model/judgement.ts';
import { resourcesOfTypes } from '../../model/resources-of-type.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';

type ProviderType = 'AWS::IAM::OIDCProvider' | 'AWS::IAM::SAMLProvider';

/** The providers of each type in a stack, cached. */
const providersOf = memoize((stack: Stack): readonly Resource[] => resourcesOfTypes(stack, PROVIDERS));

const PROVIDERS: ReadonlySet<string> = new Set([
  'AWS::IAM::OIDCProvider',
  'AWS::IAM::SAMLProvider',
] satisfies ProviderType[]);

/** The identity provider that a stack creates at an address, or from which all instances at it come. */
export function providerNamed(address: string, stack: Stack): Resource | undefined {
  return providersOf(stack).find((provider) => address === provider.address || address === provider.family);
}

/**
 * Whether a principal is an identity provider that the stack creates or looks up.
 * @param where An additional condition on the provider.
 */
export function isProvider(
  value: Value,
  type: ProviderType,
  stack: Stack,
  where?: (provider: Resource) => Judgement,
  unknown?: false,
): Judgement {
  const otherwise = unknown === false ? { unknown } : {};
  // Only the type of a provider from a data source is known.
  const isDataSource = all(
    is(value, {
      known: () => false,
      text: () => false,
      reference: ({ to }) => DATA_SOURCES[type].test(to),
      collection: false,
      ...otherwise,
    }),
    where ? UNKNOWABLE : YES,
  );
  return any(
    isDataSource,
    ...providersOf(stack)
      .filter((provider) => provider.type === type)
      .map((provider) => all(is(value, { ...refersTo(provider), ...otherwise }), where ? where(provider) : YES)),
  );
}

/** Terraform data sources of identity providers. */
const DATA_SOURCES: Readonly<Record<ProviderType, RegExp>> = {
  'AWS::IAM::OIDCProvider': /(?:^|\.)data\.aws_iam_openid_connect_provider\./,
  'AWS::IAM::SAMLProvider': /(?:^|\.)data\.aws_iam_saml_provider\./,
};

function refersTo(provider: Resource): Predicate {
  return {
    known: () => false,
    text: () => false,
    reference: ({ to }) => to === provider.address || to === provider.family,
    collection: false,
  };
}
