/** Whether a permission for API Gateway covers the requests of a method or a route. */
import { memoize } from '../base/memoize.ts';
import { all, any, isAbsent, judge, NO, UNKNOWABLE, YES, type Judgement } from '../model/judgement.ts';
import { leaves } from '../model/navigate.ts';
import type { Resource } from '../model/resource.ts';
import type { Leaf, Value } from '../model/value.ts';
import { HOLE } from '../policy/text/hole.ts';
import { haveCommon, includes } from '../policy/text/wildcard.ts';

/**
 * Whether the source of a permission covers the requests that a method or a route sends to a function. Their ARN is
 * `arn:PARTITION:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH`, and Lambda compares the source as a pattern.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 * https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
export function coversRequests(permission: Resource, route: Resource): Judgement {
  const source = permission.get('SourceArn');
  const requests = requestsOf(route);
  return any(
    isAbsent(source),
    all(
      namesApi(permission, route),
      judge(source, (leaf) => covered(leaf, route, requests)),
    ),
  );
}

/** Whether a permission has no source, or the API of a method or a route. Without a known API in it, that is unknown. */
export function isForApi(permission: Resource, route: Resource): Judgement {
  return any(isAbsent(permission.get('SourceArn')), namesApi(permission, route));
}

function namesApi(permission: Resource, route: Resource): Judgement {
  const sources = permission.related('invocation-source').edges.map((edge) => edge.resource);
  const apis = route.related('api').edges.map((edge) => edge.resource);
  if (sources.length > 0 && apis.length > 0) return sources.some((source) => apis.includes(source)) ? YES : NO;
  const isIts = (leaf: Leaf): boolean => {
    const { api, stage } = sourceIn(leaf, route) ?? {};
    return api === '*' || apis.some((one) => stage !== undefined && stagesOf(one).has(stage));
  };
  return leaves(permission.get('SourceArn')).every(({ value }) => isIts(value)) ? YES : UNKNOWABLE;
}

/** The addresses of the stages and deployments of an API. */
const stagesOf = memoize((api: Resource): ReadonlySet<string> => {
  const members = api.related('api-members').edges.map(({ resource }) => resource);
  return new Set(members.filter(({ type }) => /::(?:Stage|Deployment)$/.test(type)).map(({ address }) => address));
});

/** Whether a source covers all of some requests; undefined if it is not known. */
function covered(leaf: Leaf, route: Resource, requests: readonly string[]): boolean | undefined {
  const source = sourceIn(leaf, route);
  if (source?.requests === undefined) return source && false;
  const pattern = atAnyStage(source.requests);
  if (!pattern.includes(HOLE) && requests.every((one) => includes(pattern, one))) return true;
  const widest = pattern.replaceAll(HOLE, '*');
  return requests.some((one) => haveCommon(widest, one)) ? undefined : false;
}

interface Source {
  /** The ID of the API, as far as it is known. */
  readonly api: string;
  /** The address of a stage whose ARN it begins with. */
  readonly stage?: string;
  /** What follows the ID after a slash: `STAGE/METHOD/PATH`. */
  readonly requests?: string;
}

/** The API and the requests in the ARN of a source; undefined for ARNs of other services and what is unknown. */
function sourceIn(leaf: Leaf, route: Resource): Source | undefined {
  const pieces = leaf.state === 'known' ? [leaf.raw] : leaf.state === 'template' ? leaf.pieces : [leaf];
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : readIn(piece, route))).join('');
  const [first] = pieces;
  // Terraform has the ARN of an API without its requests, and that of a stage without what follows it.
  const begins = typeof first === 'object' && first.state === 'reference' && EXECUTION_ARN.has(first.attribute ?? '');
  const arn = text.split(':');
  const resource = begins ? text : arn.length >= 6 && arn[2] === 'execute-api' ? arn.slice(5).join(':') : undefined;
  const [, api, requests] = /^([^/]*)(?:\/([^]*))?$/.exec(resource ?? '') ?? [];
  if (!api) return undefined;
  if (begins && isStage(first.to)) return { api, stage: first.to, requests: `${STAGE}/${requests ?? ''}` };
  // A wildcard also matches slashes.
  if (requests === undefined) return { api, ...(api.endsWith('*') ? { requests: '*' } : {}) };
  return { api, requests };
}

const EXECUTION_ARN: ReadonlySet<string> = new Set(['execution_arn', 'ExecuteApiArn']);

function isStage(address: string): boolean {
  return /(?:^|\.)aws_api_?gateway(?:v2)?_(?:stage|deployment)\./.test(address);
}

/** A placeholder that leads to a known text, or to the path of the method; `HOLE` for others. */
function readIn(hole: Leaf, route: Resource): string {
  if (hole.state !== 'reference') return HOLE;
  const written = hole.leadsTo && textOf(hole.leadsTo);
  if (written !== undefined) return written;
  if (hole.attribute === 'http_method' && hole.to === route.address) return textOf(route.get('HttpMethod')) ?? HOLE;
  const isOwn = route.related('api-resource').edges.some(({ resource }) => resource.address === hole.to);
  return hole.attribute === 'path' && isOwn ? pathOf(route) : HOLE;
}

/** Stands for the stage of a request, of which there can be several. */
const STAGE = '\u0001';

/** The requests of a source at one stage. Those of a Lambda authorizer are not those of a route. */
function atAnyStage(requests: string): string {
  const [, stage = '', rest] = /^([^/]*)(\/[^]*)?$/.exec(requests) ?? [];
  if (stage === 'authorizers' || (stage === HOLE && rest === undefined)) return requests;
  return `${stage.includes('*') ? '*' : STAGE}${rest ?? ''}`;
}

/** The requests that a method or a route sends, as patterns with wildcards for what is not known. */
function requestsOf(route: Resource): readonly string[] {
  return (route.type === 'AWS::ApiGateway::Method' ? methodRequests(route) : routeRequests(route)).map(
    (one) => `${STAGE}/${one}`,
  );
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html */
function methodRequests(method: Resource): readonly string[] {
  const verb = verbOf(textOf(method.get('HttpMethod')));
  const path = pathOf(method);
  return [`${verb}${path || '/'}`];
}

/**
 * The requests of a route: its method and path, or its key alone. Whether a wildcard is sent for the method is not
 * documented.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
function routeRequests(route: Resource): readonly string[] {
  const key = textOf(route.get('RouteKey'));
  if (key === undefined) return ['*'];
  const [, verb, path] = /^(\S+) (\/\S*)$/.exec(key) ?? [];
  if (verb === undefined || path === undefined) return key === '$default' ? [key, `*/${key}`] : [key];
  return [`${verbOf(verb)}${anyParameters(path)}`];
}

function verbOf(verb: string | undefined): string {
  return verb === undefined || verb.toUpperCase() === 'ANY' ? '*' : verb.toUpperCase();
}

/** The path of a method with a slash before each part; empty for the root. */
function pathOf(method: Resource): string {
  const parts: string[] = [];
  for (let at = method, depth = 0; depth < MOST_PARTS; depth++) {
    const [edge, ...others] = at.related('api-resource').edges;
    if (!edge || others.length > 0) return `/*${parts.join('')}`;
    at = edge.resource;
    if (at.type !== 'AWS::ApiGateway::Resource') return parts.join('');
    parts.unshift(`/${anyParameters(textOf(at.get('PathPart')) ?? '*')}`);
  }
  return '/*';
}

/** The maximum number of parts of a path. */
const MOST_PARTS = 64;

/** A path with a wildcard for each of its parameters. */
function anyParameters(path: string): string {
  return path.replaceAll(/\{[^{}]*\}/g, '*');
}

/** The only value of a property, if it is known. */
function textOf(value: Value): string | undefined {
  const [only, ...others] = leaves(value);
  return only?.value.state === 'known' && others.length === 0 && only.value.value !== null ? only.value.raw : undefined;
}
