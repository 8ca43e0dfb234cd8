/** Differences between the two forms that are meant, each with its reason. */
import type { Difference } from './differences.ts';

interface Meant {
  readonly kinds?: readonly Difference['kind'][];
  readonly type?: RegExp;
  readonly path?: RegExp;
  /** The names of the templates, where the difference is one of theirs alone. */
  readonly names?: RegExp;
  readonly reason: string;
}

const MEANT: readonly Meant[] = [
  {
    kinds: ['unread', 'missing', 'too much', 'other'],
    type: /^AWS::(ApiGateway::RestApi|ApiGatewayV2::Api)$/,
    path: /^Body/,
    reason:
      'What the transform makes of the definition of an API, its paths and authorizers, is left open: of a definition rules read the policy alone.',
  },
  {
    type: /^AWS::ApiGatewayV2::Api$/,
    path: /^(Name|Description|Tags|CorsConfiguration|DisableExecuteApiEndpoint)/,
    reason:
      'The transform writes it into the definition of the API, which means the same; rules read it at the property.',
  },
  {
    type: /^AWS::ApiGateway::RestApi$/,
    path: /^(Policy|DisableExecuteApiEndpoint)/,
    reason:
      'The transform writes it into the definition of the API, which means the same; rules read it at the property.',
  },
  {
    kinds: ['added'],
    type: /^AWS::ApiGateway::Method$|^AWS::ApiGatewayV2::Route$/,
    reason:
      'The transform writes the routes of events into the definition of the API; rules read their authorizers as those of methods and routes.',
  },
  {
    kinds: ['unread'],
    reason: 'What is made in a way that is not read is left open, so that nothing certain is said of it.',
  },
  {
    kinds: ['default'],
    reason: 'The transform puts the default of a parameter in its place; a template can be deployed with another one.',
  },
  {
    kinds: ['scenario'],
    type: /^AWS::(ApiGateway::(ApiKey|UsagePlan|UsagePlanKey)|CodeDeploy::|IAM::Role|SQS::)/,
    reason:
      'The transform puts the default of a parameter in its place, or renames a condition; the scenarios are the same or more.',
  },
  {
    kinds: ['added'],
    type: /^AWS::CodeDeploy::DeploymentGroup$/,
    reason: 'The transform puts the default of a parameter in its place; a template can be deployed with another one.',
  },
  {
    kinds: ['lacking'],
    type: /^AWS::(ApiGateway::BasePathMapping(V2)?|ApiGatewayV2::ApiMapping|Route53::RecordSetGroup)$/,
    reason: 'The paths and names by which a domain leads to an API are not made: they secure nothing.',
  },
  {
    kinds: ['added', 'too much', 'missing', 'other'],
    type: /^AWS::(ApiGateway|ApiGatewayV2)::DomainName(V2)?$/,
    reason: 'Each API has its domain, while the transform makes one for all APIs that have the same.',
  },
  {
    kinds: ['lacking'],
    type: /^AWS::AppSync::(Resolver|FunctionConfiguration)$/,
    reason: 'The resolvers and functions of a GraphQL API are not made: they secure nothing.',
  },
  {
    kinds: ['lacking'],
    type: /^AWS::Lambda::Permission$/,
    names: /graphqlapi_multiple_auth/,
    reason: 'The permissions of additional authorizers of a GraphQL API are not made.',
  },
  {
    kinds: ['other'],
    type: /^AWS::CloudFormation::Stack$/,
    path: /^Tags/,
    reason: 'The transform asks the repository of applications which one it is, and adds tags that say so.',
  },
  {
    kinds: ['other', 'missing'],
    type: /^AWS::Lambda::Function$/,
    path: /^Description/,
    reason: 'The transform adds the hash of the code to the description.',
  },
  { kinds: ['other'], path: /(GiBPerVCpu|TargetValue)$/, reason: 'A number is written in another way.' },
  { kinds: ['other'], path: /^(LayerName|DomainName)/, reason: 'The transform knows in which region it runs.' },
  {
    kinds: ['other', 'scenario'],
    type: /^AWS::IAM::Role$/,
    path: /^ManagedPolicyArns/,
    reason: 'An item that depends on the scenario is one of several, each in its scenarios, which means the same.',
  },
  {
    kinds: ['unreadable'],
    reason: 'The translation is not what CloudFormation reads, or needs something that is not read.',
  },
  {
    kinds: ['lacking', 'added'],
    names: /serverless_rest_api_resource/,
    reason: 'A function has the logical id of the API that SAM would make, so that the API takes its place.',
  },
  {
    kinds: ['lacking'],
    type: /^AWS::SQS::Queue$/,
    names: /event_dest_conditional/,
    reason: 'The queue of a function that is never there is never there.',
  },
  { kinds: ['open'], reason: 'A transform that is not known may make more.' },
];

/** Why a difference is meant; undefined when it is not. */
export function reasonOf({ kind, type, path }: Difference, name: string): string | undefined {
  return MEANT.find(
    (one) =>
      (one.kinds?.includes(kind) ?? true) &&
      (one.type?.test(type) ?? true) &&
      (one.path?.test(path) ?? true) &&
      (one.names?.test(name) ?? true),
  )?.reason;
}
