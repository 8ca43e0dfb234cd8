/** The card of a resource type without a card of its own, from what is known of its kind and its service. */
import { ownEntry } from '../base/table.ts';
import { generalLines, TYPE_PAGE, type TypeRelations } from './general-lines.ts';
import {
  kindOf,
  LAYER_NAMES,
  serviceOf,
  type Citation,
  type Claim,
  type Kind,
  type Kinds,
  type ServiceClaim,
  type ServiceOwnership,
  type TypeCard,
} from './ownership.ts';
import { serviceWord, typeWord } from './type-words.ts';

/** A card with its citations. */
export interface CitedCard {
  readonly card: TypeCard;
  readonly citations: Readonly<Record<string, Citation>>;
}

/** The parsed data of `schemas/` by name; undefined or null if it does not exist. */
export type DataOf = (name: string) => unknown;

/** The card of its own of a type; undefined if it has none. */
export function cardOf(type: string, data: DataOf): CitedCard | undefined {
  const ownership = ownershipOf(type, data);
  const card = ownEntry(ownership?.types, type);
  return ownership && card ? { card, citations: ownership.citations } : undefined;
}

/** The card of a type by its kind and service, and whether it is about security; undefined without data. */
export function composedFor(type: string, data: DataOf): (CitedCard & { readonly isSecurity: boolean }) | undefined {
  const kinds = data('ownership/kinds') as Kinds | null | undefined;
  if (!kinds) return undefined;
  const ownership = ownershipOf(type, data);
  const kind = kindOf(type, ownership?.service);
  const relations = data(`relations/${serviceOf(type)}`) as
    { readonly types: Readonly<Record<string, TypeRelations>> } | null | undefined;
  return {
    ...composedCard(type, kind, kinds, ownership, ownEntry(relations?.types, type)),
    isSecurity: kinds.kinds[kind].security,
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
  type: string,
  kind: Kind,
  kinds: Kinds,
  ownership: ServiceOwnership | undefined | null,
  relations: TypeRelations | undefined,
): CitedCard {
  const general = kinds.kinds[kind];
  const facts = ownership?.service;
  const own = facts?.claims.filter((claim) => isAbout(claim, type, kind)) ?? [];
  const layers = new Set(own.map(({ layer }) => layer));
  const rest = general.claims
    .filter(({ layer }) => !layers.has(layer))
    .map((claim) => ({ ...claim, cite: claim.cite.map(generalKey) }));
  const text = general.verdict.text
    .replaceAll('{service}', facts?.name ?? serviceWord(type))
    .replaceAll('{resource}', typeWord(type))
    // The name of a type can end with the next word: `parallel data` data.
    .replaceAll(/\b(\w+) \1\b/g, '$1');
  return {
    card: {
      // The sentence holds for all types of the kind; the pages of the service are about its security.
      verdict: [{ text, cite: [...(facts?.cite ?? []), ...general.verdict.cite.map(generalKey)] }],
      claims: [...own, ...rest].sort((a, b) => placeOf(a) - placeOf(b)),
      here: generalLines(relations ?? NO_RELATIONS),
      properties: {},
    },
    citations: {
      ...ownership?.citations,
      ...(relations ? { [TYPE_PAGE]: { url: relations.page, checked: '' } } : {}),
      ...Object.fromEntries(Object.entries(kinds.citations).map(([key, citation]) => [generalKey(key), citation])),
    },
  };
}

const NO_RELATIONS: TypeRelations = { page: '' };

/** The key of a citation that is about all services, which is different from those of the service. */
function generalKey(key: string): string {
  return `general ${key}`;
}

function placeOf({ layer }: Claim): number {
  return LAYERS.indexOf(layer);
}

function isAbout({ kinds, types }: ServiceClaim, type: string, kind: Kind): boolean {
  return types ? types.includes(type) : (kinds?.includes(kind) ?? true);
}
