/** What exposes a resource by default, with the finding that reports it. */
import { flatMap } from '../../base/flat-map.ts';
import { sameSpan, within, type Span } from '../../base/span.ts';
import type { Finding, Topic } from '../../model/finding.ts';
import type { AccessPath, PathStep } from '../../reachability/access-path.ts';
import { causesByDefault, type PublicAccess } from '../../reachability/public-access/public-access.ts';
import { publicAccessOf } from '../../reachability/public-access/public-access-of.ts';
import type { CitedPage } from '../card.ts';
import type { CardContext, Piece } from '../card-context.ts';
import { ruleSuffix } from '../property-pieces.ts';

const TOPICS: readonly Topic[] = ['data-exposure', 'network-exposure', 'identity'];

/** The finding that reports a value that makes a resource public by default. */
export function publicFinding({ findings }: Pick<CardContext, 'findings'>, access: PublicAccess): Finding | undefined {
  return findingAbout(
    findings,
    causesByDefault(access).open.map(({ at }) => at.origin.use),
  );
}

/** The finding about exposure whose place, or a related one, is one of some places. */
function findingAbout(findings: CardContext['findings'], places: readonly Span[]): Finding | undefined {
  if (places.length === 0) return undefined;
  return findings().find(
    ({ certainty, topic, at, related }) =>
      certainty === 'certain' &&
      TOPICS.includes(topic) &&
      places.some((place) => [at, ...related.map((one) => one.at)].some((span) => overlaps(span, place))),
  );
}

/** A statement about who has access, with the rule that reports public access. */
export function withExposure(here: CardContext, text: string, cite: readonly string[] = []): Piece {
  return reportedBy(publicFinding(here, publicAccessOf(here.resource, here.stack)), text, here.cited(cite));
}

/**
 * A statement about open paths to a resource, with the rule that reports one of them: at its end, or at a step that is
 * not a part of a network. Rules about these report more than the path.
 */
export function withPathFinding(
  here: CardContext,
  text: string,
  paths: readonly AccessPath[],
  cite: readonly string[],
): Piece {
  const { findings, resource } = here;
  const places = flatMap(paths, ({ steps }) =>
    steps.filter((step) => !step.resource.type.startsWith('AWS::EC2::') && isOwn(step)).map(({ at }) => at.origin.use),
  );
  const found =
    findings().find(
      ({ certainty, rule, subjects }) =>
        certainty === 'certain' && rule === REACHABLE && subjects.includes(resource.address),
    ) ??
    findings().find(
      ({ certainty, topic, at }) =>
        certainty === 'certain' && TOPICS.includes(topic) && places.some((place) => sameSpan(at, place)),
    );
  return reportedBy(found, text, here.cited(cite));
}

/** A statement about inbound rules, with the rule that reports one of their addresses. */
export function withRuleFinding(
  here: CardContext,
  text: string,
  places: readonly Span[],
  cite: readonly string[],
): Piece {
  const found = here
    .findingsIn(places)
    .find(
      ({ certainty, topic, at }) =>
        certainty === 'certain' && TOPICS.includes(topic) && places.some((place) => sameSpan(at, place)),
    );
  return reportedBy(found, text, here.cited(cite));
}

/** Whether a step depends on a value of its resource, and not on one of its subnet. */
function isOwn({ resource, at: { origin } }: PathStep): boolean {
  return resource.parts.some(({ range }) => range.doc === origin.use.doc && within(origin.use, range));
}

/** The rule about open paths through networks. */
const REACHABLE = 'sg-ingress-internet-reachable';

function reportedBy(found: Finding | undefined, text: string, cite: readonly CitedPage[]): Piece {
  return { text: found ? `${text}${ruleSuffix(found)}` : text, cite, status: statusOf(found) };
}

/** A suppressed finding does not mark its line. */
export function statusOf(found: Finding | undefined): 'wrong' | 'neutral' {
  return found && !found.suppressed ? 'wrong' : 'neutral';
}

function overlaps(one: Span, other: Span): boolean {
  return one.doc === other.doc && one.start < other.end && other.start < one.end;
}
