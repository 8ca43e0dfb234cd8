/** Paths of requests that policies, permissions, access lists and shares allow anyone or other accounts. */
import { memoize2 } from '../base/memoize.ts';
import { never } from '../model/quantified.ts';
import type { Resource, Stack } from '../model/resource.ts';
import type { AccessPath, PathStep } from './access-path.ts';
import type { Outside } from './public-access/outside.ts';
import { externalAccountsOf } from './public-access/external-accounts.ts';
import { publicAccessOf } from './public-access/public-access-of.ts';

/** The traffic of paths that a grant opens. */
export const GRANTED = 'requests';

/** The types whose endpoints and URLs have paths of their own. */
const WITH_ENDPOINTS: ReadonlySet<string> = new Set(['AWS::EKS::Cluster', 'AWS::Lambda::Url']);

/** The paths to a resource that grants open. */
export const grantedPathsTo = memoize2((resource: Resource, stack: Stack): readonly AccessPath[] => {
  if (WITH_ENDPOINTS.has(resource.type)) return [];
  const { displayName: name } = resource;
  const granted = (
    from: Outside,
    grant: Pick<PathStep, 'text' | 'at' | 'open'>,
    missing: string,
    limits: readonly string[],
  ): AccessPath => ({
    from,
    to: resource,
    steps: [{ resource, text: grant.text, at: grant.at, open: grant.open, missing }],
    traffic: GRANTED,
    limits,
  });
  return [
    ...publicAccessOf(resource, stack)
      .causes.filter(({ open, resource: by }) => !never(open) && by.type !== 'AWS::Lambda::Url')
      .map((cause) =>
        granted(
          cause.from,
          cause,
          `whether public access to ${name} is blocked`,
          cause.from === 'internet' ? [] : ['credentials of an AWS account'],
        ),
      ),
    ...externalAccountsOf(resource, stack).map((outsider) =>
      granted('other-accounts', outsider, `whether the account ${outsider.account} is your own`, [
        `permissions in the account ${outsider.account}`,
        ...(outsider.conditional ? ['requests that meet the conditions of the statement'] : []),
      ]),
    ),
  ];
});
