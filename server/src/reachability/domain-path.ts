/** Paths from the internet to APIs through their custom domain names. */
import { groupedBy } from '../base/groups.ts';
import {
  all,
  any,
  exists,
  is,
  isPresent,
  judgement,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
} from '../model/judgement.ts';
import { itemsOfProperty } from '../model/navigate.ts';
import { oneOf } from '../model/predicate.ts';
import { always, never, sometimes } from '../model/quantified.ts';
import type { Edge, Resource } from '../model/resource.ts';
import type { AccessPath, PathStep } from './access-path.ts';

/** The types that map a domain name to an API. */
const MAPPINGS: ReadonlySet<string> = new Set([
  'AWS::ApiGateway::BasePathMapping',
  'AWS::ApiGateway::BasePathMappingV2',
  'AWS::ApiGatewayV2::ApiMapping',
]);

/** The maximum number of domain names of an API through which paths lead. */
const MOST_DOMAINS = 8;

/** The mappings of domain names to an API. */
function domainMappingsOf(api: Resource): readonly Edge[] {
  return api.related('api-members').edges.filter(({ resource }) => MAPPINGS.has(resource.type));
}

/**
 * The paths through the domain names of an API, one for each domain name.
 * @param isPublic Whether the API accepts requests from the internet at all.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html
 */
export function domainPathsTo(api: Resource, isPublic: Judgement, traffic: string): readonly AccessPath[] {
  const byDomain = groupedBy(domainMappingsOf(api), ({ resource }) => domainOf(resource)?.resource ?? resource);
  return [...byDomain].slice(0, MOST_DOMAINS).map(([domain, mappings]): AccessPath => {
    const [first] = mappings;
    const isHere = domain !== first!.resource;
    const open = any(
      ...mappings.map(({ resource: mapping, when }) => {
        const there = all(judgement(mapping.when), judgement(when), isPublic);
        return isHere ? all(there, judgement(domainOf(mapping)!.when), usesMappings(domain)) : there;
      }),
    );
    const { displayName } = first!.resource;
    const text = never(isPublic)
      ? `${api.displayName} is a private API`
      : `${displayName} maps a domain name to ${api.displayName}`;
    const leads: PathStep = {
      resource: api,
      text,
      at: first!.via,
      open,
      missing: `whether ${displayName} is in effect`,
    };
    const limits = isHere && isMutual(domain) ? ['a client certificate'] : [];
    const steps = [isHere ? domainStep(domain) : elsewhereStep(domain), leads];
    return { from: 'internet', to: api, steps, traffic, limits };
  });
}

/** The domain name that a mapping maps, if it is in these documents. */
function domainOf(mapping: Resource): Edge | undefined {
  return mapping.related('mapped-domain').edges[0];
}

function domainStep(domain: Resource): PathStep {
  const open = isPublicDomain(domain);
  const { displayName: name } = domain;
  const text = open.no.holdsByDefault() ? `${name} is a private domain name` : `${name} is a public domain name`;
  return { resource: domain, text, at: domain.self, open, missing: `whether ${name} is a public domain name` };
}

function elsewhereStep(mapping: Resource): PathStep {
  const { displayName: name } = mapping;
  return {
    resource: mapping,
    text: `the domain name of ${name} is not in these documents`,
    at: mapping.self,
    open: UNKNOWABLE,
    missing: `whether the domain name of ${name} is public`,
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains.html */
function isPublicDomain(domain: Resource): Judgement {
  if (domain.type === 'AWS::ApiGateway::DomainNameV2') return not(YES);
  if (domain.type === 'AWS::ApiGatewayV2::DomainName') return judgement(domain.when);
  const types = itemsOfProperty(domain.get('EndpointConfiguration.Types'));
  return all(judgement(domain.when), not(exists(types, ({ value }) => is(value, oneOf('PRIVATE')))));
}

/**
 * Whether a domain name has no routing rules that apply instead of its mappings. Which API they lead to is not
 * evaluated.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-mode.html
 */
function usesMappings(domain: Resource): Judgement {
  const mode = domain.get('RoutingMode');
  return any(not(all(isPresent(mode), is(mode, oneOf('ROUTING_RULE_ONLY')))), UNKNOWABLE);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html */
function isMutual(domain: Resource): boolean {
  return sometimes(isPresent(domain.get('MutualTlsAuthentication.TruststoreUri')));
}

/** Whether an API has a domain name in these documents, so that it can do without an endpoint of its own. */
export function hasDomain(api: Resource): boolean {
  return domainMappingsOf(api).some(({ resource, when }) => always(resource.when) && always(when));
}
