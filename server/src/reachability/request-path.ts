/** Paths of requests to functions and other integrations: through APIs, function URLs and CloudFront distributions. */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import { all, any, is, judgement, UNKNOWABLE, type Judgement } from '../model/judgement.ts';
import { oneOf } from '../model/predicate.ts';
import { always, never, sometimes } from '../model/quantified.ts';
import { connectionText } from '../model/relation.ts';
import type { Edge, Resource } from '../model/resource.ts';
import type { AccessPath, PathStep } from './access-path.ts';
import { apiPathsTo } from './api-path.ts';
import { distributionPathsTo } from './distribution-path.ts';
import { aliasSteps } from './alias-steps.ts';
import { allowsInvocation, allowsUrl, isPublicPermission } from './public-access/function-permission.ts';
import { permissionsOfUrl, permitsAnyone } from './public-access/functions.ts';

/** The paths to a resource that receives requests from others. */
export const requestPathsTo = memoize((resource: Resource): readonly AccessPath[] => [
  ...urlPathsTo(resource),
  ...apiPathsTo(resource),
  ...distributionPathsTo(resource),
]);

/** What a function URL requires of callers: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
function urlPathsTo(target: Resource): readonly AccessPath[] {
  if (target.type === 'AWS::Lambda::Url') return [...urlPaths(target, target, [])];
  const own = target.related('function-urls').edges.map((edge) => ({ edge, through: [] as readonly PathStep[] }));
  const ofAliases = flatMap(target.related('function-aliases').edges, (alias) =>
    alias.resource.related('alias-urls').edges.map((edge) => ({ edge, through: aliasSteps(alias, target) })),
  );
  return flatMap([...own, ...ofAliases], ({ edge, through }) => [
    ...urlPaths(edge.resource, target, through),
    ...distributionPathsTo(edge.resource).map((path) => ({
      ...path,
      to: target,
      steps: [...path.steps, urlStep(edge, target), ...through],
    })),
  ]);
}

function urlStep({ resource: url, when, via }: Edge, target: Resource): PathStep {
  return { resource: target, text: connectionText('function-of-url', url, target), at: via, open: judgement(when) };
}

function urlPaths(url: Resource, target: Resource, through: readonly PathStep[]): readonly AccessPath[] {
  const auth = url.get('AuthType');
  const [anyone, signed] = [is(auth, oneOf('NONE')), is(auth, oneOf('AWS_IAM'))];
  const path = (open: Judgement, text: string, more: readonly PathStep[], limits: readonly string[]): AccessPath => ({
    from: 'internet',
    to: target,
    steps: [
      {
        resource: url,
        text,
        at: auth,
        open: all(judgement(url.when), open),
        missing: `which authorization ${url.displayName} requires`,
      },
      ...more,
      ...through,
    ],
    traffic: 'HTTPS requests',
    limits,
  });
  return [
    ...(never(anyone)
      ? []
      : [
          path(
            anyone,
            `the function URL ${url.displayName} accepts requests from anyone`,
            permissionSteps(url, target),
            [],
          ),
        ]),
    ...(never(signed)
      ? []
      : [path(signed, `the function URL ${url.displayName} accepts signed requests`, [], ['IAM authorization'])]),
  ];
}

/**
 * The permissions for anyone that a URL without authentication needs: to call the URL and, if it was created since
 * October 2025, to invoke the function.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
function permissionSteps(url: Resource, target: Resource): readonly PathStep[] {
  const judged = permissionsOfUrl(url).map(({ resource: permission, when }) => {
    const forAnyone = all(judgement(when), judgement(permission.when), isPublicPermission(permission));
    return {
      permission,
      open: all(forAnyone, allowsUrl(permission)),
      invokes: all(forAnyone, allowsInvocation(permission)),
    };
  });
  const shown = judged.find(({ open }) => sometimes(open)) ?? judged[0];
  const added = permitsAnyone(url);
  const { displayName: name } = url;
  const missing = `whether a permission allows anyone to invoke ${target.displayName} through the URL`;
  const verb = shown && never(shown.open) ? 'does not allow' : 'allows';
  const calls: PathStep = {
    resource: target,
    text: !never(added)
      ? `Terraform adds permissions for anyone to call the URL`
      : shown
        ? `${shown.permission.displayName} ${verb} anyone to call the URL`
        : `no permission here allows anyone to call the URL`,
    at: shown?.permission.get('Principal') ?? target.self,
    open: any(added, ...(shown ? judged.map((one) => one.open) : [UNKNOWABLE])),
    missing,
  };
  // Whether Terraform also adds the second one depends on the version of the provider.
  const invokes = any(...judged.map((one) => one.invokes));
  if ((!shown && never(added)) || never(calls.open) || always(invokes)) return [calls];
  return [
    calls,
    {
      resource: target,
      text: `no permission here allows anyone to invoke ${target.displayName}, which URLs since October 2025 require`,
      at: shown?.permission.get('Action') ?? url.self,
      open: any(invokes, UNKNOWABLE),
      missing: `whether ${name} was created before October 2025`,
    },
  ];
}
