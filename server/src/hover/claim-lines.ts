/** The lines of a card about the responsibilities of each party, short enough for a hover; pages about the responsibilities have all claims. */
import { isGeneralKey } from './composed-card.ts';
import type { Cited, Line, CitedPage } from './card.ts';
import { OWNERS, type Claim, type SystemLayer, type Owner } from './ownership.ts';

/** The maximum number of characters of the claims of each party. Of several claims, the first is shown whatever its length. */
export type ClaimSpace = Readonly<Record<Owner, number>>;

/** The length of what separates two claims. */
const SEPARATOR = 2;

/** What fits on two rows, beside the number of other claims. */
const TWO_ROWS: ClaimSpace = { aws: 129, you: 131, shared: 129 };

/** What fits on one row. */
const ONE_ROW: ClaimSpace = { aws: 48, you: 50, shared: 47 };

/** From the most space to the least. */
export const CLAIM_SPACES: readonly ClaimSpace[] = [
  TWO_ROWS,
  { ...TWO_ROWS, shared: ONE_ROW.shared },
  { ...ONE_ROW, you: TWO_ROWS.you },
  ONE_ROW,
];

/** The layers of the claims that distinguish AWS services most. */
const FIRST: ReadonlySet<SystemLayer> = new Set(['operating-system', 'patching']);

/** The layers whose claims about all services are omitted first. */
const LAST: ReadonlySet<SystemLayer> = new Set(['network', 'logging']);

/** What AWS operates below most services, and the same in fewer words. */
const HOSTS = 'facilities, hardware, host operating system, virtualization';
const HOSTS_IN_SHORT = 'infrastructure and host operating system';

/** What the first sentence of a card and the claim about the hardware also state: `infrastructure that runs Amazon MSK and its network security`. */
const INFRASTRUCTURE =
  /^(?:infrastructure that runs (?:(?! and its | on | in ).)+(?: and its (network security|network))?|operating system and platform(?: of .+)?|infrastructure of the service)$/;

/** One line per party, with its claims. */
export function claimLines(
  claims: readonly Claim[],
  cited: (keys: readonly string[]) => readonly CitedPage[],
  space: ClaimSpace = TWO_ROWS,
): readonly Line[] {
  return OWNERS.flatMap(([owner, label]): Line[] => {
    const own = withoutInfrastructure(claims.filter((claim) => claim.owner === owner)).map(inShort);
    if (own.length === 0) return [];
    const kept = fitting(own, space[owner]);
    const parts: readonly Cited[] = [
      ...kept.map(({ text, cite }) => ({ text, cite: cited(cite) })),
      ...(kept.length < own.length ? [{ text: `${own.length - kept.length} more`, cite: [] }] : []),
    ];
    return [{ label, parts, separator: separatorOf(parts) }];
  });
}

/** The claims with those about the infrastructure in the one about the hardware. */
function withoutInfrastructure(claims: readonly Claim[]): readonly Claim[] {
  const hardware = claims.find(({ layer }) => layer === 'hardware');
  const merged = claims.filter(({ layer, text }) => layer !== 'hardware' && INFRASTRUCTURE.test(text));
  if (!hardware || merged.length === 0) return claims;
  const networks = merged.flatMap(({ text }) => INFRASTRUCTURE.exec(text)?.[1] ?? []);
  return claims
    .filter((claim) => !merged.includes(claim))
    .map((claim) =>
      claim === hardware
        ? {
            ...hardware,
            text: [hardware.text, ...networks].join(', '),
            cite: [...hardware.cite, ...merged.flatMap(({ cite }) => cite)],
          }
        : claim,
    );
}

function inShort(claim: Claim): Claim {
  return claim.text.startsWith(HOSTS)
    ? { ...claim, text: `${HOSTS_IN_SHORT}${claim.text.slice(HOSTS.length)}` }
    : claim;
}

/** The claims for which there is space, in their order. */
function fitting(claims: readonly Claim[], most: number): readonly Claim[] {
  const kept = new Set<Claim>();
  let length = 0;
  for (const claim of claims.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    length += claim.text.length + SEPARATOR;
    if (length > most && kept.size > 0) break;
    kept.add(claim);
  }
  return claims.filter((claim) => kept.has(claim));
}

/** How soon a claim is shown: who patches what and what depends on the settings first, and what is the same on most cards last. */
function rankOf({ layer, owner, when, cite }: Claim): number {
  if (FIRST.has(layer) || (layer === 'code' && owner === 'you')) return 0;
  if (when) return 1;
  if (layer === 'hardware') return 2;
  return LAST.has(layer) && cite.every(isGeneralKey) ? 4 : 3;
}

/** Semicolons separate claims, some of which are lists themselves. */
function separatorOf(parts: readonly Cited[]): Line['separator'] {
  return parts.some(({ text }) => text.includes(',')) ? '; ' : ', ';
}
