/** The card of a resource type without a card of its own, from what is known of its kind and its service. */
import { generalLines, TYPE_PAGE, type TypeRelations } from './general-lines.ts';
import type { Citation, Claim, Kind, Kinds, Layer, ServiceClaim, ServiceOwnership, TypeCard } from './ownership.ts';
import { serviceWord, typeWord } from './type-words.ts';

/** A card with its citations. */
export interface CitedCard {
  readonly card: TypeCard;
  readonly citations: Readonly<Record<string, Citation>>;
}

/** The layers from the ground up, which is the order of claims. */
const LAYERS: readonly Layer[] = [
  'facilities',
  'hardware',
  'virtualization',
  'operating-system',
  'platform',
  'patching',
  'network',
  'identity',
  'code',
  'data',
  'encryption',
  'configuration',
  'logging',
  'backup',
];

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
    .replaceAll('{resource}', typeWord(type));
  return {
    card: {
      verdict: [{ text, cite: facts && facts.cite.length > 0 ? facts.cite : general.verdict.cite.map(generalKey) }],
      claims: [...own, ...rest].sort((a, b) => placeOf(a) - placeOf(b)),
      here: generalLines(relations ?? NO_RELATIONS),
      properties: {},
    },
    citations: {
      ...ownership?.citations,
      ...(relations ? { [TYPE_PAGE]: { url: relations.page, quote: '', checked: '' } } : {}),
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
