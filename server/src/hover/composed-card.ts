/** The card of a resource type without a card of its own, from what is known of its kind and its service. */
import { flatMap } from '../base/flat-map.ts';
import { ownEntry } from '../base/table.ts';
import { generalLines, TYPE_PAGE, type TypeRelations } from './general-lines.ts';
import {
  kindOf,
  LAYER_NAMES,
  serviceOf,
  type Citation,
  type Claim,
  type ResourceKind,
  type Kinds,
  type SystemLayer,
  type ServiceClaim,
  type ServiceSummary,
  type ServiceOwnership,
  type TypeCard,
  type OwnershipVerdict,
} from './ownership.ts';
import { factsAbout, type TypeFacts } from './terraform-types.ts';
import { serviceWord, typeWord } from './type-words.ts';

/** A card with its citations. */
export interface CitedCard {
  readonly card: TypeCard;
  readonly citations: Readonly<Record<string, Citation>>;
}

/** The parsed data of `schemas/` by name; undefined or null if it does not exist. */
export type DataOf = (name: string) => unknown;

/**
 * The card of its own of a type, completed with what is known of its service, and of AWS's part in its kind, about the
 * layers that the card does not mention; undefined if it has none.
 */
export function cardOf(type: string, data: DataOf): CitedCard | undefined {
  const ownership = ownershipOf(type, data);
  const card = ownEntry(ownership?.types, type);
  if (!ownership || !card) return undefined;
  const kinds = data('ownership/kinds') as Kinds | null | undefined;
  return kinds ? completedCard(type, card, kinds, ownership) : { card, citations: ownership.citations };
}

/** The card of a type by its kind and service, and whether it is about security; undefined without data. */
export function composedFor(type: string, data: DataOf): (CitedCard & { readonly isSecurity: boolean }) | undefined {
  const kinds = data('ownership/kinds') as Kinds | null | undefined;
  if (!kinds || !NAME_OF_TYPE.test(type)) return undefined;
  const facts = factsAbout(type, data);
  const { kind } = facts;
  const isSecurity = kinds.kinds[kind].security;
  const own = facts.type === type ? undefined : cardOf(facts.type, data);
  if (own) return { ...withoutSettings(own), isSecurity };
  const relations = data(`relations/${serviceOf(facts.type)}`) as
    | { readonly types: Readonly<Record<string, TypeRelations>> }
    | null
    | undefined;
  const composed = composedCard(facts, kinds, ownEntry(relations?.types, facts.type));
  return { ...(facts.type === type ? composed : withoutSettings(composed)), isSecurity };
}

/** Whether a text can be the name of a type, which is empty or a word while it is typed. */
const NAME_OF_TYPE = /^(?:\S+::\S|aws_\w)/;

/**
 * The part of a card that does not depend on settings, because a Terraform type without a mapping has other names for
 * them.
 */
function withoutSettings({ card, citations }: CitedCard): CitedCard {
  return {
    card: {
      // The last sentence holds with every configuration.
      verdict: card.verdict.slice(-1),
      claims: card.claims.filter(({ when }) => when === undefined),
      here: generalLines(NO_RELATIONS),
      properties: {},
    },
    citations,
  };
}

/** What is known of the service of a type. */
export function ownershipOf(type: string, data: DataOf): ServiceOwnership | null | undefined {
  return data(`ownership/${serviceOf(type)}`) as ServiceOwnership | null | undefined;
}

/** The layers in the order of claims. */
const LAYERS = Object.keys(LAYER_NAMES);

/**
 * The card of a type: the claims of its service about the type or its kind, and those of the kind for the layers about
 * which the service says nothing.
 */
export function composedCard(
  { type, kind, ownership, noun = typeWord(type) }: TypeFacts,
  kinds: Kinds,
  relations: TypeRelations | undefined,
): CitedCard {
  const general = kinds.kinds[kind];
  const facts = ownership?.service;
  const summary = facts ?? ownership?.terraform;
  const name = summary?.operates ?? nameOf(type, summary);
  const own = facts?.claims.filter((claim) => isAbout(claim, type, kind)) ?? [];
  const text = general.verdict.text
    .replaceAll('{service}', name)
    .replaceAll('{resource}', noun)
    // The name of a type can end with the next word: `parallel data` data, `deployment config` configuration.
    .replaceAll(/\b(\w+) \1\b|\b(?:config|configurations) (?=configuration\b)/g, '$1');
  return {
    card: {
      // The sentence holds for all types of the kind; the pages of the service are about its security.
      verdict: announced(
        [{ text, cite: [...pagesAbout(type, ownership), ...general.verdict.cite.map(generalKey)] }],
        type,
        summary,
      ),
      claims: inOrder([...own, ...generalClaims(general.claims, type, summary, own)]),
      here: generalLines(relations ?? NO_RELATIONS),
      properties: {},
    },
    citations: {
      ...ownership?.citations,
      ...(type.includes('::') ? { [TYPE_PAGE]: { url: relations?.page ?? referencePage(type), checked: '' } } : {}),
      ...generalCitations(kinds),
    },
  };
}

/** Pages about one type: those of the reference of CloudFormation's types, and of an API. */
const OF_ONE_TYPE = /\/(?:aws-(?:resource|properties)-|API_)([\w-]+)\.html$/;

/**
 * The keys of the pages about a service that are not about another of its types; if there are no others, that of the
 * page about the type.
 */
function pagesAbout(type: string, ownership: ServiceOwnership | undefined | null): readonly string[] {
  const all = (ownership?.service ?? ownership?.terraform)?.cite ?? [];
  const others = Object.keys(ownership?.service?.kinds ?? {}).map(resourceName);
  const own = resourceName(type);
  const kept = all.filter((key) => {
    const page = OF_ONE_TYPE.exec(ownEntry(ownership?.citations, key)?.url ?? '')?.[1];
    const name = plain(page ?? '');
    return name.includes(own) || !others.some((other) => name.includes(other) && !own.startsWith(other));
  });
  const lacksPage = kept.length < all.length && kept.every((key) => isAboutAll(key, ownership));
  return lacksPage && type.includes('::') ? [...kept, TYPE_PAGE] : kept;
}

/** The page about a type in the reference of CloudFormation. */
function referencePage(type: string): string {
  const [owner = '', ...names] = type.toLowerCase().split('::');
  return `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/${owner}-resource-${names.join('-')}.html`;
}

/** Whether a page is about the shared responsibility model, not about the service. */
function isAboutAll(key: string, ownership: ServiceOwnership | undefined | null): boolean {
  return ownEntry(ownership?.citations, key)?.url.includes('/whitepapers/') ?? false;
}

/** What a type calls its resource, for comparison with the name of a page: `bucketpolicy`. */
function resourceName(type: string): string {
  return plain(TERRAFORM_RESOURCE.exec(type)?.[1] ?? type.split('::').at(-1) ?? type);
}

const TERRAFORM_RESOURCE = /^aws_[a-z0-9]+_(\w+)$/;

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** The layers that every customer shares responsibility for, regardless of the type. */
const OF_EVERY_TYPE: ReadonlySet<SystemLayer> = new Set(['identity', 'network', 'logging']);

/** The layers of customer content in a resource. A card names at least one of them. */
const CONTENT: readonly SystemLayer[] = ['code', 'data', 'encryption', 'configuration'];

/** A card of its own with the claims about the layers that it does not mention. */
export function completedCard(type: string, card: TypeCard, kinds: Kinds, ownership: ServiceOwnership): CitedCard {
  const { service } = ownership;
  const facts = service ?? ownership.terraform;
  const kind = kindOf(type, service);
  const mentioned = layersOf(card.claims);
  const ofService = service?.claims.filter((claim) => isAbout(claim, type, kind) && !mentioned.has(claim.layer)) ?? [];
  const claims = [...card.claims, ...ofService];
  // A card that describes AWS's hosts in its own words already states what runs the service.
  const hasHosts = claims.some(({ owner, layer }) => owner === 'aws' && layer === 'hardware');
  const named = layersOf(claims);
  const hasContent = CONTENT.some((layer) => named.has(layer));
  const { claims: general } = kinds.kinds[kind];
  const ofKind = generalClaims(general.length > 0 ? general : kinds.kinds.managed.claims, type, facts, claims).filter(
    ({ owner, layer }) =>
      owner === 'aws'
        ? !(layer === 'platform' && hasHosts)
        : // What else is the customer's depends on the type, so that a card of its own states it better than its kind.
          kind !== 'managed' &&
          (OF_EVERY_TYPE.has(layer) ||
            (layer === 'operating-system' && !named.has('patching')) ||
            (!hasContent && general.length > 0 && CONTENT.includes(layer))),
  );
  return {
    card: {
      ...card,
      verdict: announced(card.verdict, type, facts),
      claims: around(card.claims, inOrder([...ofService, ...ofKind])),
    },
    citations: { ...ownership.citations, ...generalCitations(kinds) },
  };
}

/** First sentences with what AWS has announced about the end of the service. */
function announced(
  verdicts: readonly OwnershipVerdict[],
  type: string,
  facts: ServiceSummary | undefined,
): readonly OwnershipVerdict[] {
  const announcements = facts?.lifecycle?.filter(({ types }) => types?.includes(type) ?? true) ?? [];
  return announcements.length === 0
    ? verdicts
    : verdicts.map((verdict) => ({
        ...verdict,
        text: [verdict.text, ...announcements.map(({ text }) => text)].join('; '),
        cite: [...verdict.cite, ...flatMap(announcements, ({ cite }) => cite)],
      }));
}

/** The claims about all types of a kind, for the layers about which nothing else is known. */
function generalClaims(
  general: readonly Claim[],
  type: string,
  facts: ServiceSummary | undefined,
  known: readonly Claim[],
): readonly Claim[] {
  const layers = layersOf(known);
  return general
    .filter(({ layer }) => !layers.has(layer) && (facts?.operator === undefined || CONTENT.includes(layer)))
    .map((claim) => ({
      ...claim,
      text: claim.text.replaceAll('{service}', nameOf(type, facts)),
      cite: claim.cite.map(generalKey),
    }));
}

function nameOf(type: string, facts: ServiceSummary | undefined): string {
  return facts?.name ?? serviceWord(type);
}

function layersOf(claims: readonly Claim[]): ReadonlySet<string> {
  return new Set(claims.map(({ layer }) => layer));
}

function inOrder(claims: readonly Claim[]): readonly Claim[] {
  return claims.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** The claims of a card in its own order, after what is added about AWS's hosts and before what else is added. */
function around(own: readonly Claim[], added: readonly Claim[]): readonly Claim[] {
  const isGround = ({ owner, layer }: Claim): boolean => owner === 'aws' && HOSTS.has(layer);
  return [...added.filter(isGround), ...own, ...added.filter((claim) => !isGround(claim))];
}

const HOSTS: ReadonlySet<SystemLayer> = new Set([
  'facilities',
  'hardware',
  'virtualization',
  'operating-system',
  'platform',
]);

function generalCitations(kinds: Kinds): Readonly<Record<string, Citation>> {
  return Object.fromEntries(Object.entries(kinds.citations).map(([key, citation]) => [generalKey(key), citation]));
}

const NO_RELATIONS: TypeRelations = { page: '' };

const GENERAL = 'general ';

/** The key of a citation that is about all services, which is different from those of the service. */
function generalKey(key: string): string {
  return `${GENERAL}${key}`;
}

/** Whether the key of a citation is one of those about all services. */
export function isGeneralKey(key: string): boolean {
  return key.startsWith(GENERAL);
}

function placeOf({ layer }: Claim): number {
  return LAYERS.indexOf(layer);
}

function isAbout({ kinds, types }: ServiceClaim, type: string, kind: ResourceKind): boolean {
  return types ? types.includes(type) : (kinds?.includes(kind) ?? true);
}
