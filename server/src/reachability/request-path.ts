/** Paths of requests to functions and other integrations: through APIs, function URLs and CloudFront distributions. */
import { memoize } from '../base/memoize.ts';
import {
  all,
  any,
  is,
  isAbsent,
  isPresent,
  judgement,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
} from '../model/judgement.ts';
import { isTrue, oneOf, oneOfIgnoringCase } from '../model/predicate.ts';
import { always, never, sometimes } from '../model/quantified.ts';
import { connectionText } from '../model/relation.ts';
import type { Edge, Resource } from '../model/resource.ts';
import type { AccessPath, PathStep } from './access-path.ts';
import { endpointPathsTo } from './endpoint.ts';
import { distributionPathsTo } from './distribution-path.ts';
import { integratingParts } from './private-integration.ts';
import { allowsUrl, isPublicPermission } from './public-access/function-permission.ts';

/** The paths to a resource that receives requests of others. */
export const requestPathsTo = memoize((resource: Resource): readonly AccessPath[] => [
  ...urlPathsTo(resource),
  ...apiPathsTo(resource),
  ...distributionPathsTo(resource),
]);

/** What a function URL requires of callers: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
function urlPathsTo(target: Resource): readonly AccessPath[] {
  if (target.type === 'AWS::Lambda::Url') return [...urlPaths(target, target, [])];
  const own = target.related('function-urls').edges.map((edge) => ({ edge, through: [] as readonly PathStep[] }));
  const ofAliases = target
    .related('function-aliases')
    .edges.flatMap((alias) =>
      alias.resource
        .related('alias-urls')
        .edges.map((edge) => ({ edge, through: [hop('function-of-alias', alias, target)] })),
    );
  return [...own, ...ofAliases].flatMap(({ edge, through }) => urlPaths(edge.resource, target, through));
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
            `the function URL ${url.displayName} accepts requests of anyone`,
            permissionSteps(url, target),
            [],
          ),
        ]),
    ...(never(signed)
      ? []
      : [path(signed, `the function URL ${url.displayName} accepts signed requests`, [], ['IAM authorization'])]),
  ];
}

/** The permission for anyone that a URL without authentication needs. */
function permissionSteps(url: Resource, target: Resource): readonly PathStep[] {
  const functions = url.related('function-of-url').edges.map((edge) => edge.resource);
  const permissions = [
    url.related('url-permissions'),
    ...functions.map((one) => one.related('function-permissions')),
  ].flatMap(({ edges }) => edges);
  const judged = permissions.map(({ resource: permission, when }) => ({
    permission,
    open: all(judgement(when), judgement(permission.when), isPublicPermission(permission), allowsUrl(permission)),
  }));
  const shown = judged.find(({ open }) => sometimes(open)) ?? judged[0];
  const missing = `whether a permission allows anyone to invoke ${target.displayName} through the URL`;
  if (!shown)
    return [
      {
        resource: target,
        text: `no permission here allows anyone to call the URL`,
        at: target.self,
        open: UNKNOWABLE,
        missing,
      },
    ];
  const { permission, open } = shown;
  const verb = never(open) ? 'does not allow' : 'allows';
  return [
    {
      resource: target,
      text: `${permission.displayName} ${verb} anyone to call the URL`,
      at: permission.get('Principal'),
      open: any(...judged.map((one) => one.open)),
      missing,
    },
  ];
}

/** The routes of APIs that forward requests to a resource. */
function apiPathsTo(target: Resource): readonly AccessPath[] {
  const routed = integratingParts(target).flatMap(({ part, steps }) => {
    if (part.type === 'AWS::ApiGateway::Method') return routePaths(part, steps);
    if (part.type !== 'AWS::ApiGatewayV2::Integration') return [];
    return part.related('integrations').edges.flatMap(({ resource: route }) => routePaths(route, steps));
  });
  const invoking = routed.length > 0 ? invocationSteps(target) : [];
  const paths = routed.map((path): AccessPath => ({ ...path, to: target, steps: [...path.steps, ...invoking] }));
  return paths.length > 0 ? paths : invokingApis(target);
}

/**
 * The step in which API Gateway may invoke a function, unless a permission of the function is certain or a role can be the
 * one that invokes it. A permission can also be given elsewhere.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
 */
function invocationSteps(target: Resource): readonly PathStep[] {
  if (target.type !== 'AWS::Lambda::Function' || target.related('function-aliases').edges.length > 0) return [];
  const parts = target.related('integrations').edges.map((edge) => edge.resource);
  if (parts.some((part) => CREDENTIALS.some((path) => sometimes(isPresent(part.get(path)))))) return [];
  const open = any(
    ...target
      .related('function-permissions')
      .edges.map(({ resource: permission, when }) =>
        all(
          judgement(when),
          judgement(permission.when),
          is(permission.get('Principal'), INVOKER),
          isForOthers(permission, parts) ? UNKNOWABLE : YES,
        ),
      ),
  );
  if (always(open)) return [];
  const { displayName: name, self } = target;
  return [
    {
      resource: target,
      text: never(open)
        ? `no permission here allows API Gateway to invoke ${name}`
        : `a permission allows API Gateway to invoke ${name}`,
      at: self,
      open: any(open, UNKNOWABLE),
      missing: `whether a permission allows API Gateway to invoke ${name}`,
    },
  ];
}

/** Whether the source of a permission is another API than those of some methods and integrations. */
function isForOthers(permission: Resource, parts: readonly Resource[]): boolean {
  const sources = permission.related('invocation-source').edges.map((edge) => edge.resource);
  const apis = parts.flatMap((part) => part.related('api').edges.map((edge) => edge.resource));
  return sources.length > 0 && apis.length > 0 && !sources.some((source) => apis.includes(source));
}

const INVOKER = oneOf('apigateway.amazonaws.com', '*');

/** The properties of methods and integrations with a role that API Gateway assumes to invoke a function. */
const CREDENTIALS = ['Integration.Credentials', 'CredentialsArn'] as const;

/** What the authorization types of methods and routes require: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html */
const AUTHORIZATIONS: readonly { readonly types: readonly string[]; readonly limit?: string }[] = [
  { types: ['NONE'] },
  { types: ['AWS_IAM'], limit: 'IAM authorization' },
  { types: ['COGNITO_USER_POOLS'], limit: 'a token of a user pool' },
  { types: ['JWT'], limit: 'a JSON web token' },
  { types: ['CUSTOM'], limit: 'the authorization of a Lambda authorizer' },
];

/** The paths through a method of a REST API or a route of another API: one for each authorization that it can have. */
function routePaths(route: Resource, then: readonly PathStep[]): readonly AccessPath[] {
  const [api] = route.related('api').edges;
  if (!api) return [];
  const type = route.get('AuthorizationType');
  const key = sometimes(is(route.get('ApiKeyRequired'), isTrue)) ? ['an API key'] : [];
  // Of a WebSocket API, the route for new connections decides on authorization:
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
  const isMessage = all(
    is(api.resource.get('ProtocolType'), oneOf('WEBSOCKET')),
    not(is(route.get('RouteKey'), oneOf('$connect'))),
  );
  const connecting = sometimes(isMessage) ? ['a connection that the $connect route accepts'] : [];
  return endpointPathsTo(api.resource).flatMap((front) =>
    AUTHORIZATIONS.flatMap(({ types, limit }): readonly AccessPath[] => {
      const isIt = any(is(type, oneOfIgnoringCase(...types)), ...(types.includes('NONE') ? [isAbsent(type)] : []));
      if (never(isIt)) return [];
      const requires = limit === undefined ? 'requires no authorization' : `requires ${limit}`;
      const step: PathStep = {
        resource: route,
        text: `${route.displayName} ${requires}`,
        at: sometimes(isAbsent(type)) ? route.self : type,
        open: all(judgement(route.when), isIt),
        missing: `which authorization ${route.displayName} requires`,
      };
      const limits = [...front.limits, ...connecting, ...(limit === undefined ? [] : [limit]), ...key];
      return [{ ...front, steps: [...front.steps, step, ...then], limits }];
    }),
  );
}

/** APIs that may invoke a function, where their routes are not in these documents. */
function invokingApis(target: Resource): readonly AccessPath[] {
  return target
    .related('function-permissions')
    .edges.flatMap(({ resource: permission }) =>
      permission
        .related('invocation-source')
        .edges.flatMap(({ resource: api, when, via }) =>
          endpointPathsTo(api).map((front): AccessPath => ({
            ...front,
            to: target,
            steps: [
              ...front.steps,
              {
                resource: target,
                text: `${api.displayName} may invoke ${target.displayName}`,
                at: via,
                open: all(judgement(when), judgement(permission.when)),
              },
              {
                resource: target,
                text: `the routes of ${api.displayName} decide on authorization`,
                at: via,
                open: UNKNOWABLE,
                missing: `which authorization the routes of ${api.displayName} require`,
              },
            ],
          })),
        ),
    );
}

function hop(kind: 'function-of-alias', { resource, when, via }: Edge, target: Resource): PathStep {
  return { resource: target, text: connectionText(kind, resource, target), at: via, open: judgement(when) };
}
