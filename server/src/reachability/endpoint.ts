/** Resources with an endpoint on the internet that no security group protects. */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import { table, type Table } from '../base/table.ts';
import {
  all,
  any,
  exists,
  is,
  isAbsent,
  isPresent,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
  type Predicate,
} from '../model/judgement.ts';
import { isEverywhere } from '../model/internet.ts';
import { itemsOfProperty } from '../model/navigate.ts';
import { isFalse, isTrue, oneOf } from '../model/predicate.ts';
import { sometimes } from '../model/quantified.ts';
import type { Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { AccessPath, PathStep } from './access-path.ts';
import { domainPathsTo, hasDomain } from './domain-path.ts';

/** How a type gets an endpoint on the internet. */
interface Endpoint {
  /** The property that decides, the whole object for one that moves the endpoint into a VPC. */
  readonly setting: string;
  /** Whether the endpoint is public with a value of the property, and without one. */
  readonly isPublic: (value: Value, resource: Resource) => Judgement;
  /** What passes. */
  readonly traffic: string;
  /** What callers need, by the value of a property. */
  readonly limits: (resource: Resource) => readonly string[];
}

const unless =
  (predicate: Predicate) =>
  (value: Value): Judgement =>
    not(is(value, predicate));

const REQUESTS = 'HTTPS requests';

/**
 * Whether an API answers at its own endpoint. Without it, a custom domain name can lead to the API, which is unknown
 * unless one is in these documents.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
 */
function hasOwnEndpoint(api: Resource): Judgement {
  const isEnabled = not(is(api.get('DisableExecuteApiEndpoint'), isTrue));
  return hasDomain(api) ? isEnabled : any(isEnabled, UNKNOWABLE);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html */
function isPrivateApi(api: Resource): Judgement {
  const types = itemsOfProperty(api.get('EndpointConfiguration.Types'));
  return exists(types, ({ value }) => is(value, oneOf('PRIVATE')));
}

/** The name of the property with the ranges from which a cluster accepts requests. */
function rangesOf(cluster: Resource): string {
  return cluster.nativePath('ResourcesVpcConfig.PublicAccessCidrs').split('.').at(-1)!;
}

const none = (): readonly string[] => [];

const ENDPOINTS: Table<Endpoint> = table({
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html
  'AWS::ApiGateway::RestApi': {
    setting: 'EndpointConfiguration.Types',
    isPublic: (_, api) => all(not(isPrivateApi(api)), hasOwnEndpoint(api)),
    traffic: REQUESTS,
    limits: (api) => (sometimes(isPresent(api.get('Policy'))) ? ['the permission of its resource policy'] : []),
  },
  'AWS::ApiGatewayV2::Api': {
    setting: 'ProtocolType',
    isPublic: (_, api) => hasOwnEndpoint(api),
    traffic: REQUESTS,
    limits: none,
  },
  // https://docs.aws.amazon.com/apprunner/latest/dg/network-incoming.html
  'AWS::AppRunner::Service': {
    setting: 'NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible',
    isPublic: unless(isFalse),
    traffic: REQUESTS,
    limits: none,
  },
  // https://docs.aws.amazon.com/appsync/latest/devguide/using-private-apis.html
  'AWS::AppSync::GraphQLApi': {
    setting: 'Visibility',
    isPublic: unless(oneOf('PRIVATE')),
    traffic: REQUESTS,
    limits: graphqlLimits,
  },
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/APIReference/API_DistributionConfig.html
  'AWS::CloudFront::Distribution': {
    setting: 'DistributionConfig.Enabled',
    isPublic: (enabled) => is(enabled, isTrue),
    traffic: REQUESTS,
    limits: (distribution) =>
      ['TrustedKeyGroups', 'TrustedSigners'].some((path) =>
        sometimes(isPresent(distribution.get(`DistributionConfig.DefaultCacheBehavior.${path}`))),
      )
        ? ['signed URLs or cookies']
        : [],
  },
  // The pages for signing in, and those of the authorization server, have no restriction on who can open them.
  // https://docs.aws.amazon.com/cognito/latest/developerguide/managed-login-endpoints.html
  'AWS::Cognito::UserPoolDomain': {
    setting: 'Domain',
    isPublic: () => YES,
    traffic: 'HTTPS requests to its sign-in pages',
    // https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-waf.html
    limits: (domain) => flatMap(domain.related('user-pool').edges, ({ resource: pool }) => webAclsOf(pool)),
  },
  // https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
  'AWS::EKS::Cluster': {
    setting: 'ResourcesVpcConfig.EndpointPublicAccess',
    isPublic: unless(isFalse),
    traffic: 'requests to the Kubernetes API',
    limits: (cluster) => {
      const ranges = cluster.get('ResourcesVpcConfig.PublicAccessCidrs');
      // Unknown ranges can be restricted.
      const isRestricted = !sometimes(
        any(
          isAbsent(ranges),
          exists(itemsOfProperty(ranges), ({ value }) => isEverywhere(value)),
        ),
      );
      return ['Kubernetes credentials', ...(isRestricted ? [`an address in ${rangesOf(cluster)}`] : [])];
    },
  },
  // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
  'AWS::Elasticsearch::Domain': {
    setting: 'VPCOptions',
    isPublic: isAbsent,
    traffic: REQUESTS,
    limits: () => ['the permission of its access policy'],
  },
  'AWS::OpenSearchService::Domain': {
    setting: 'VPCOptions',
    isPublic: isAbsent,
    traffic: REQUESTS,
    limits: () => ['the permission of its access policy'],
  },
  // https://docs.aws.amazon.com/transfer/latest/userguide/create-server-in-vpc.html
  'AWS::Transfer::Server': {
    setting: 'EndpointType',
    isPublic: (type, server) =>
      any(
        isAbsent(type),
        is(type, oneOf('PUBLIC')),
        // With Elastic IP addresses, an endpoint in a VPC can be on the internet.
        all(isPresent(server.get('EndpointDetails.AddressAllocationIds')), UNKNOWABLE),
      ),
    traffic: 'file transfers',
    limits: () => ['the credentials of a user'],
  },
});

/**
 * What a GraphQL API requires of callers: one of its authorization types, the default or an additional one.
 * https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
 */
function graphqlLimits(api: Resource): readonly string[] {
  const types = [
    api.get('AuthenticationType'),
    ...api.each('AdditionalAuthenticationProviders').items.map((item) => item.get('AuthenticationType')),
  ];
  const limits = new Set(flatMap(types, (type) => limitsBy(type, GRAPHQL_LIMITS)));
  return limits.size === 0 ? [] : [[...limits].join(' or ')];
}

const GRAPHQL_LIMITS: Readonly<Record<string, string>> = {
  API_KEY: 'an API key',
  AWS_IAM: 'IAM authorization',
  AMAZON_COGNITO_USER_POOLS: 'a token of a user pool',
  OPENID_CONNECT: 'an OpenID Connect token',
  AWS_LAMBDA: 'the authorization of a Lambda function',
};

/** What callers need, for the values that a property can have. */
export function limitsBy(value: Value, limits: Readonly<Record<string, string>>): readonly string[] {
  return flatMap(Object.entries(limits), ([name, limit]) => (sometimes(is(value, oneOf(name))) ? [limit] : []));
}

/** The paths from the internet to the public endpoint of a resource, and through the domain names of an API. */
export const endpointPathsTo = memoize((resource: Resource): readonly AccessPath[] => {
  const own = ownEndpointPaths(resource);
  const domains = APIS.has(resource.type) ? domainPathsTo(resource, not(isPrivateApi(resource)), REQUESTS) : [];
  const limits = ENDPOINTS[resource.type]?.limits(resource) ?? [];
  return [...own, ...domains.map((path) => ({ ...path, limits: [...limits, ...path.limits, ...webAclsOf(resource)] }))];
});

/** The types that custom domain names lead to. */
const APIS: ReadonlySet<string> = new Set(['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api']);

/** The paths from the internet to the endpoint of a resource: at most one. */
function ownEndpointPaths(resource: Resource): readonly AccessPath[] {
  const endpoint = ENDPOINTS[resource.type];
  if (!endpoint) return [];
  const { setting, isPublic, traffic, limits } = endpoint;
  const value = resource.get(setting);
  const open = isPublic(value, resource);
  const name = resource.displayName;
  const step: PathStep = {
    resource,
    text: open.no.holdsByDefault()
      ? `${name} has no endpoint on the internet`
      : `${name} has an endpoint on the internet`,
    at: sometimes(isAbsent(value)) ? resource.self : value,
    open,
    missing: `whether ${name} has an endpoint on the internet`,
  };
  return [
    { from: 'internet', to: resource, steps: [step], traffic, limits: [...limits(resource), ...webAclsOf(resource)] },
  ];
}

/** What web ACLs require of requests. */
export function webAclsOf(resource: Resource): readonly string[] {
  const own = resource.related('web-acl').edges;
  const associated = flatMap(
    resource.related('web-acl-associations').edges,
    (edge) => edge.resource.related('web-acl').edges,
  );
  return [...own, ...associated].map(({ resource: acl }) => `a request that the web ACL ${acl.displayName} allows`);
}
