/** Whether a permission for API Gateway covers the requests of a method or a route. */
import { flatMap } from '../base/flat-map.ts';
import { addTo } from '../base/groups.ts';
import { memoize } from '../base/memoize.ts';
import { traitsOf } from '../model/format.ts';
import { all, any, isAbsent, judge, NO, UNKNOWABLE, YES, type Judgement } from '../model/judgement.ts';
import { leaves } from '../model/navigate.ts';
import type { Resource } from '../model/resource.ts';
import type { Leaf, Value } from '../model/value.ts';
import { UNKNOWN_PIECE } from '../policy/text/unknown-piece.ts';
import { haveCommon, includes } from '../policy/text/wildcard.ts';
import { arnFields } from '../policy/text/arn-fields.ts';

/**
 * Whether the source of a permission covers the requests that a method or a route sends to a function. Their ARN is
 * `arn:PARTITION:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH`, and Lambda compares the source as a pattern.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 * https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
function coversRequests({ permission, sources }: Sourced, route: Resource): Judgement {
  const requests = requestsOf(route);
  const source = permission.get('SourceArn');
  const covers = judge(source, (leaf) => covered(sources.find((one) => one.leaf === leaf)?.source, requests));
  return any(isAbsent(source), all(namesApi(permission, route), covers));
}

/** A permission with the values of its source. */
interface Sourced {
  readonly permission: Resource;
  readonly sources: ReturnType<typeof sourcesOf>;
}

/**
 * A function that returns those of some permissions that can cover the requests of a method or a route, and whether
 * they do. Most permissions are for one method, so they are found by their requests.
 */
export function coveringBy<One extends { readonly permission: Resource }>(
  permissions: readonly One[],
): (route: Resource) => readonly { readonly one: One; readonly covers: Judgement }[] {
  const all = permissions.map((one) => ({ one, permission: one.permission, sources: sourcesOf(one.permission) }));
  const byEnd = new Map<string, (typeof all)[number][]>();
  const others: typeof all = [];
  for (const one of all) {
    const ends = one.sources.map(({ source }) => endOf(source));
    if (ends.includes(undefined)) others.push(one);
    else for (const end of new Set(ends)) addTo(byEnd, end!, one);
  }
  return (route) => {
    const requests = requestsOf(route);
    const isOpen = requests.some((request) => request.includes('*'));
    const named = isOpen ? all : [...flatMap(flatMap(requests, endsOf), (end) => byEnd.get(end) ?? []), ...others];
    return named
      .filter(({ sources }) => sources.some(({ source }) => covered(source, requests) !== false))
      .map((one) => ({ one: one.one, covers: coversRequests(one, route) }));
  };
}

/** The requests of a source without a wildcard for the stage; undefined for other patterns and what is unknown. */
function endOf(source: Source | undefined): string | undefined {
  const end = source?.pattern?.replace(/^\*(?=\/)/, '');
  return end === undefined || /[*?\uFFFC]/.test(end) ? undefined : end;
}

/** A request, and what follows each of its slashes with it. */
function endsOf(request: string): readonly string[] {
  const ends = [...request.matchAll(/\//g)].slice(0, MOST_PARTS).map(({ index }) => request.slice(index));
  return [request, ...ends];
}

/** Whether a source is known only by the reference in it: a plan does not show what follows the ARN of an API. */
function isPlanned({ state }: Leaf, { format }: Resource): boolean {
  return state === 'reference' && traitsOf(format)?.content === 'plan';
}

/**
 * Whether a permission has no source, or the API of a method or a route. Without a known API in it, that is unknown.
 */
export function isForApi(permission: Resource, route: Resource): Judgement {
  return any(isAbsent(permission.get('SourceArn')), namesApi(permission, route));
}

function namesApi(permission: Resource, route: Resource): Judgement {
  const sources = permission.related('invocation-source').edges;
  const apis = route.related('api').edges;
  if (sources.length > 0 && apis.length > 0)
    return sources.some((source) => apis.some((api) => api.resource === source.resource)) ? YES : NO;
  const isOwnApi = ({ api, stage }: Source): boolean =>
    api === '*' || apis.some((one) => stage !== undefined && stagesOf(one.resource).has(stage));
  return sourcesOf(permission).every(({ source }) => source && isOwnApi(source)) ? YES : UNKNOWABLE;
}

/** The addresses of the stages and deployments of an API. */
const stagesOf = memoize((api: Resource): ReadonlySet<string> => {
  const members = api.related('api-members').edges.map(({ resource }) => resource);
  return new Set(members.filter(({ type }) => /::(?:Stage|Deployment)$/.test(type)).map(({ address }) => address));
});

/** Whether a source covers all of some requests; undefined if it is not known. */
function covered(source: Source | undefined, requests: readonly string[]): boolean | undefined {
  if (source?.pattern === undefined) return source && false;
  const { pattern } = source;
  if (!pattern.includes(UNKNOWN_PIECE) && requests.every((one) => includes(pattern, one))) return true;
  const widest = pattern.replaceAll(UNKNOWN_PIECE, '*');
  return requests.some((one) => haveCommon(widest, one)) ? undefined : false;
}

interface Source {
  /** The ID of the API, as far as it is known. */
  readonly api: string;
  /** The address of a stage whose ARN it begins with. */
  readonly stage?: string;
  /** The requests, `STAGE/METHOD/PATH`; absent for an API without any. */
  readonly pattern?: string;
}

/** The values that the source of a permission can have; undefined for ARNs of other services and what is unknown. */
const sourcesOf = memoize(
  (permission: Resource): readonly { readonly leaf: Leaf; readonly source: Source | undefined }[] => {
    const [api] = permission.related('invocation-source').edges;
    return leaves(permission.get('SourceArn')).map(({ value: leaf }) => ({
      leaf,
      source: isPlanned(leaf, permission) ? undefined : sourceIn(leaf, api ? pathsIn(api.resource) : NO_PATHS),
    }));
  },
);

const NO_PATHS: ReadonlyMap<string, string> = new Map();

/** The paths of the resources of an API, by their addresses. */
const pathsIn = memoize(
  (api: Resource): ReadonlyMap<string, string> =>
    new Map(
      api
        .related('api-members')
        .edges.filter(({ resource }) => resource.type === PATH_RESOURCE)
        .map(({ resource }) => [resource.address, pathOf(resource)]),
    ),
);

function sourceIn(leaf: Leaf, paths: ReadonlyMap<string, string>): Source | undefined {
  const pieces = leaf.state === 'known' ? [leaf.raw] : leaf.state === 'template' ? leaf.pieces : [leaf];
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : readIn(piece, paths))).join('');
  const [first] = pieces;
  // Terraform has the ARN of an API without its requests, and that of a stage without what follows it.
  const begins = typeof first === 'object' && first.state === 'reference' && EXECUTION_ARN.has(first.attribute ?? '');
  const arn = arnFields(text);
  const resource = begins ? text : arn[2] === 'execute-api' ? arn[5] : undefined;
  const [, api, requests] = /^([^/]*)(?:\/([^]*))?$/.exec(resource ?? '') ?? [];
  if (!api) return undefined;
  if (begins && isStage(first.to)) return { api, stage: first.to, pattern: `${STAGE}/${requests ?? ''}` };
  // A wildcard also matches slashes.
  if (requests === undefined) return { api, ...(api.endsWith('*') ? { pattern: '*' } : {}) };
  return { api, pattern: atAnyStage(requests) };
}

const EXECUTION_ARN: ReadonlySet<string> = new Set(['execution_arn', 'ExecuteApiArn']);

function isStage(address: string): boolean {
  return /(?:^|\.)aws_api_?gateway(?:v2)?_(?:stage|deployment)\./.test(address);
}

/** A placeholder that leads to a known text, or to the path of a resource of the API; `UNKNOWN_PIECE` for others. */
function readIn(unknownPiece: Leaf, paths: ReadonlyMap<string, string>): string {
  if (unknownPiece.state !== 'reference') return UNKNOWN_PIECE;
  const written = unknownPiece.leadsTo && textOf(unknownPiece.leadsTo);
  return written ?? (unknownPiece.attribute === 'path' ? paths.get(unknownPiece.to) : undefined) ?? UNKNOWN_PIECE;
}

/** A placeholder for the stage of a request, because there can be several. */
const STAGE = '\u0001';

/** The requests of a source at one stage. Those of a Lambda authorizer are not those of a route. */
function atAnyStage(requests: string): string {
  const [, stage = '', rest] = /^([^/]*)(\/[^]*)?$/.exec(requests) ?? [];
  if (stage === 'authorizers' || (stage === UNKNOWN_PIECE && rest === undefined)) return requests;
  return `${stage.includes('*') ? '*' : STAGE}${rest ?? ''}`;
}

/** The requests that a method or a route sends, as patterns with wildcards for what is not known. */
const requestsOf = memoize((route: Resource): readonly string[] =>
  (route.type === 'AWS::ApiGateway::Method' ? methodRequests(route) : routeRequests(route)).map(
    (one) => `${STAGE}/${one}`,
  ),
);

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html */
function methodRequests(method: Resource): readonly string[] {
  const verb = verbOf(textOf(method.get('HttpMethod')));
  const path = pathOf(method);
  return [`${verb}${path || '/'}`];
}

/**
 * The requests of a route: its method and path, or its key alone, as in a WebSocket API. Whether a wildcard is sent for
 * the method is not documented.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
function routeRequests(route: Resource): readonly string[] {
  const key = textOf(route.get('RouteKey'));
  if (key === undefined) return ['*'];
  if (isOfWebSocket(route)) return [key];
  const [, verb, path] = /^(\S+) (\/\S*)$/.exec(key) ?? [];
  if (verb === undefined || path === undefined) return key === '$default' ? [key, `*/${key}`] : [key];
  return [`${verbOf(verb)}${anyParameters(path)}`];
}

function isOfWebSocket(route: Resource): boolean {
  const apis = route.related('api').edges;
  return apis.length > 0 && apis.every(({ resource }) => textOf(resource.get('ProtocolType')) === 'WEBSOCKET');
}

function verbOf(verb: string | undefined): string {
  return verb === undefined || verb.toUpperCase() === 'ANY' ? '*' : verb.toUpperCase();
}

const PATH_RESOURCE = 'AWS::ApiGateway::Resource';

/** The path of a method or a resource of an API with a slash before each part; empty for the root. */
function pathOf(part: Resource): string {
  const parts: string[] = [];
  for (let at = part, depth = 0; depth < MOST_PARTS; depth++) {
    if (at.type === PATH_RESOURCE) parts.unshift(`/${anyParameters(textOf(at.get('PathPart')) ?? '*')}`);
    const [edge, ...others] = at.related('api-resource').edges;
    if (!edge || others.length > 0) return `/*${parts.join('')}`;
    at = edge.resource;
    if (at.type !== PATH_RESOURCE) return parts.join('');
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
