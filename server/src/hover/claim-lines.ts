/**
 * The lines of a card about the responsibilities of each party, in fewer words than on pages about the
 * responsibilities.
 */
import { flatMap } from '../base/flat-map.ts';
import { isGeneralKey } from './composed-card.ts';
import type { CitedPage, Line, Part } from './card.ts';
import { OWNERS, type Claim, type SystemLayer } from './ownership.ts';

/** The layers of the claims that distinguish AWS services most. */
const FIRST: ReadonlySet<SystemLayer> = new Set(['operating-system', 'patching']);

/** The layers whose claims about all services are omitted first. */
const LAST: ReadonlySet<SystemLayer> = new Set(['network', 'logging']);

/** What AWS operates below most services, and the same in fewer words. */
const HOSTS = 'facilities, hardware, host operating system, virtualization';
const HOSTS_IN_SHORT = 'infrastructure and host operating system';

/**
 * What the first sentence of a card and the claim about the hardware also state: `infrastructure that runs Amazon MSK
 * and its network security`.
 */
const INFRASTRUCTURE =
  /^(?:infrastructure that runs (?:(?! and its | on | in ).)+(?: and its (network security|network))?|operating system and platform(?: of .+)?|infrastructure of the service)$/;

/** One line per party, with its claims and how late each is left out. */
export function claimLines(
  claims: readonly Claim[],
  cited: (keys: readonly string[]) => readonly CitedPage[],
): readonly Line[] {
  return flatMap(OWNERS, ([owner, label]): Line[] => {
    const own = withoutInfrastructure(claims.filter((claim) => claim.owner === owner)).map(inShort);
    if (own.length === 0) return [];
    const parts = own.map((claim): Part => ({ text: claim.text, cite: cited(claim.cite), rank: rankOf(claim) }));
    return [{ label, parts, separator: separatorOf(parts), rank: owner }];
  });
}

/** The claims with those about the infrastructure in the one about the hardware. */
function withoutInfrastructure(claims: readonly Claim[]): readonly Claim[] {
  const hardware = claims.find(({ layer }) => layer === 'hardware');
  const merged = claims.filter(({ layer, text }) => layer !== 'hardware' && INFRASTRUCTURE.test(text));
  if (!hardware || merged.length === 0) return claims;
  const networks = flatMap(merged, ({ text }) => INFRASTRUCTURE.exec(text)?.[1] ?? []);
  return claims
    .filter((claim) => !merged.includes(claim))
    .map((claim) =>
      claim === hardware
        ? {
            ...hardware,
            text: [hardware.text, ...networks].join(', '),
            cite: [...hardware.cite, ...flatMap(merged, ({ cite }) => cite)],
          }
        : claim,
    );
}

function inShort(claim: Claim): Claim {
  return claim.text.startsWith(HOSTS)
    ? { ...claim, text: `${HOSTS_IN_SHORT}${claim.text.slice(HOSTS.length)}` }
    : claim;
}

/**
 * How soon a claim is shown: who patches what and what depends on the settings first, and what is the same on most
 * cards last.
 */
function rankOf({ layer, owner, when, cite }: Claim): number {
  if (FIRST.has(layer) || (layer === 'code' && owner === 'you')) return 0;
  if (when) return 1;
  if (layer === 'hardware') return 2;
  return LAST.has(layer) && cite.every(isGeneralKey) ? 4 : 3;
}

/** Semicolons separate claims, some of which are lists themselves. */
function separatorOf(parts: readonly Part[]): Line['separator'] {
  return parts.some(({ text }) => text.includes(',')) ? '; ' : ', ';
}
