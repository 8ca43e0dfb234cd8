/** Ownership cards: what AWS and what the customer is responsible for, for the resource or property at a position. */
import { withinBudget, withinSteps, type Expired } from '../../base/budget.ts';
import { onDay } from '../../base/today.ts';
import { LineIndex } from '../../base/line-index.ts';
import { arnFormOf } from '../../policy/access/arn-forms.ts';
import { accessMarkdown } from '../access/markdown.ts';
import { accessListing } from '../access/of-resource.ts';
import type { Span } from '../../base/span.ts';
import type { Finding } from '../../model/finding.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { hasPaths } from '../../reachability/has-paths.ts';
import { isShared } from '../../reachability/public-access/external-accounts.ts';
import type { Tree } from '../../syntax/tree.ts';
import type { Card, Line, Status } from '../card.ts';
import { claimLines } from '../claim-lines.ts';
import { cardOf, composedFor, type CitedCard } from '../composed-card.ts';
import { holds, holdsHere } from '../fits.ts';
import { instancesOf, instancesText, linesOfInstances } from '../instances.ts';
import { ACCESS, configurationLines, REACHABLE } from './configuration-lines.ts';
import { ownershipMarkdown } from '../ownership-page.ts';
import type { ConfigurationLine, Remark } from '../ownership.ts';
import { holderCard } from './holder-card.ts';
import { terraformBlockCard } from './terraform-block-card.ts';
import { changeLine, citing, firstOf, headingOf, cardContextOf, type CitedBy } from './card-parts.ts';
import { evaluatedPlace } from '../planned-position.ts';
import { policyHoverAt } from '../policy/cards.ts';
import { valueLine } from '../composed-property.ts';
import { propertyTarget, writtenName } from '../property-target.ts';
import { propertyOf, propertyPaths, rulesLine, titleName } from '../property.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { declaredWith, namedAt, resourceAt, writtenWith, type HoverTarget } from '../target.ts';
import { withPropertyState, withState } from '../state-lines.ts';

/** Which resources have cards: none, types and properties with data of their own, or every resource. */
export type HoverLevel = 'off' | 'security' | 'all';

export interface HoverRequest {
  readonly stack: Stack;
  readonly tree: Tree;
  /** In UTF-16 code units. */
  readonly offset: number;
  readonly level: HoverLevel;
  /** The findings of the document, computed only when a card refers to them. */
  readonly findings: () => readonly Finding[];
  /** Those within some places, and others, where they are known before all are; by default, all. */
  readonly findingsIn?: (places: readonly Span[]) => readonly Finding[];
  /**
   * What the rules that are on find about a property of a resource; undefined if no rule is about it. Without it, only
   * findings have a status.
   */
  readonly statusOf?: (resource: Resource, path: string) => Status | undefined;
  /** Whether a rule is on for a resource. Without it, no rule is shown as off. */
  readonly isOn?: (rule: AnyRule, resource: Resource) => boolean;
  /** The current date in ISO format, such as 2026-11-24. */
  readonly today: string;
  /** Parsed data of `schemas/` by name; undefined or null if it does not exist. */
  readonly data: (name: string) => unknown;
  /** Returns true when the time budget of the hover is exhausted. */
  readonly expired?: Expired;
}

/** The card for a position; undefined if there is no card for it or the time budget is exhausted. */
export function hoverAt(request: HoverRequest): Card | undefined {
  return withinBudget(
    request.expired,
    () => onDay(request.today, () => cardAt(request)),
    () => undefined,
  );
}

function cardAt(original: HoverRequest): Card | undefined {
  if (original.level === 'off') return undefined;
  const { offset, range } = evaluatedPlace(original.tree, original.offset);
  const request = { ...original, offset };
  const card = resourceCard(request) ?? terraformBlockCard(request);
  return card && range ? { ...card, range } : card;
}

function resourceCard(request: HoverRequest): Card | undefined {
  const { stack, tree, offset, data } = request;
  const policy = policyHoverAt(stack, tree, offset, data);
  if (policy) return policy;
  const named = namedAt(stack, tree, offset);
  const resource = named?.resource ?? resourceAt(stack, tree.doc, offset)?.resource;
  if (!resource) return otherCard(request);
  for (const declared of (named ? declaredWith : writtenWith)(stack, resource)) {
    const card = ownCard(declared, named && { ...named, resource: declared }, request);
    if (card) return card;
  }
  return named?.what === 'resource' ? kindCard(named, request) : undefined;
}

/** The card of a resource whose type is not translated. */
function otherCard(request: HoverRequest): Card | undefined {
  const named = otherAt(request);
  return named?.what === 'resource' ? kindCard(named, request) : undefined;
}

/** The resource whose type is not translated and whose name or type a position is at. */
function otherAt({ stack, tree, offset }: HoverRequest): HoverTarget | undefined {
  return stack.others && namedAt({ resources: stack.others }, tree, offset);
}

/** The card of a resource, or of its property at the position, from the data of its type. */
function ownCard(resource: Resource, named: HoverTarget | undefined, request: HoverRequest): Card | undefined {
  const own = cardOf(resource.type, request.data);
  const target = named ?? propertyTarget(resource, propertyPaths(resource.type, own), request);
  if (target?.what === 'property') return propertyCard(target, own, request);
  if (target) return own && typeCard(target, own, request);
  return holderCard(resource, own, request);
}

/**
 * The page about the responsibilities for the resource at a position; undefined if there is none, or the time budget is
 * exhausted.
 */
export function ownershipAt(request: HoverRequest): string | undefined {
  return withinBudget(
    request.expired,
    () => onDay(request.today, () => pageAt(request)),
    () => undefined,
  );
}

function pageAt(original: HoverRequest): string | undefined {
  const request = { ...original, offset: evaluatedPlace(original.tree, original.offset).offset };
  const { stack, tree, offset, data } = request;
  const named = namedAt(stack, tree, offset);
  const resource = (named ?? resourceAt(stack, tree.doc, offset) ?? otherAt(request))?.resource;
  if (!resource) return undefined;
  const cards = declaredWith(stack, resource).map((declared) => ({ declared, card: cardOf(declared.type, data) }));
  const found = cards.find(({ card }) => card !== undefined) ?? {
    declared: resource,
    card: composedFor(resource.type, data),
  };
  if (!found.card) return undefined;
  const { declared } = found;
  const card = withState(found.card, declared.type, data);
  const instances = instancesOf(stack, declared);
  return ownershipMarkdown(card, {
    resource: declared,
    heading: `${headingOf(declared)}${instancesText(instances)}`,
    here: typeLines(card, instances, request),
    access: accessSection(declared, request),
    property: named ? undefined : propertyAt(resource, request),
  });
}

/** The card of the property at a position, with all lines. */
function propertyAt(resource: Resource, request: HoverRequest): Card | undefined {
  for (const declared of writtenWith(request.stack, resource)) {
    const card = ownCard(declared, undefined, request);
    if (card) return card;
  }
  return undefined;
}

function typeCard(target: HoverTarget, own: CitedCard, request: HoverRequest): Card | undefined {
  const { resource, range } = target;
  const { card, citations } = withState(own, resource.type, request.data);
  const cited = citing(citations);
  const verdict = firstOf(card.verdict, resource, cited);
  if (!verdict) return undefined;
  const instances = instancesOf(request.stack, resource);
  const claims = card.claims.filter(({ when }) => instances.every((one) => holds(when, one)));
  return {
    title: resource.nativeType,
    verdict,
    lines: [
      ...claimLines(claims, cited),
      ...remarkLines(card.remarks ?? [], resource, cited),
      ...typeLines({ card, citations }, instances, request),
    ],
    heading: `${headingOf(resource)}${instancesText(instances)}`,
    ...(canShowPaths(resource, request) ? { hasPaths: true } : {}),
    range,
  };
}

/** The lines about the instances of a block. */
function typeLines(
  { card, citations }: CitedCard,
  instances: readonly Resource[],
  request: HoverRequest,
): readonly Line[] {
  const cited = citing(citations);
  return linesOfInstances(instances, (resource) =>
    configurationLines(
      withReachability(withShares(withAccess(card.here, resource.type), resource, request.stack), resource),
      cardContextOf(request, resource, cited),
    ),
  );
}

/** The types whose lines about the principals of their trust policies stay. */
const IDENTITIES: ReadonlySet<string> = new Set(['AWS::IAM::Role', 'AWS::IAM::User']);

/**
 * The lines with one that says who has access, instead of the principals of the policy, after those about encryption.
 */
function withAccess(lines: readonly ConfigurationLine[], type: string): readonly ConfigurationLine[] {
  if (!arnFormOf(type) || IDENTITIES.has(type)) return lines;
  const others = lines.filter((line) => !('compute' in line && line.compute === 'principals'));
  const encryption = others.findLastIndex(({ label }) => label === 'encryption') + 1;
  return [...others.slice(0, encryption), { label: ACCESS, compute: 'access', cite: [] }, ...others.slice(encryption)];
}

/** The lines with one that says which accounts a resource is shared with, where no policy does. */
function withShares(
  lines: readonly ConfigurationLine[],
  resource: Resource,
  stack: Stack,
): readonly ConfigurationLine[] {
  const has = declaredWith(stack, resource).some(({ type }) => isShared(type));
  return has && !arnFormOf(resource.type) ? [{ label: ACCESS, compute: 'shares', cite: [] }, ...lines] : lines;
}

/** The maximum number of steps for a section of the page. */
const STEPS_OF_ACCESS = 100_000;

/** The section of the page about who has access. */
function accessSection(resource: Resource, { stack, data, tree }: HoverRequest): readonly string[] {
  const listing = withinSteps(
    STEPS_OF_ACCESS,
    () => accessListing({ resource, stack, data }),
    () => undefined,
  );
  return listing ? accessMarkdown(listing, { doc: tree.doc, lines: new LineIndex(tree.text) }) : [];
}

/** The lines with one that says from where the resource can be reached. */
function withReachability(lines: readonly ConfigurationLine[], resource: Resource): readonly ConfigurationLine[] {
  const own = lines.some((line) => 'compute' in line && line.compute === 'reachable' && holdsHere(line.when, resource));
  return own ? lines : [...lines, { label: REACHABLE, compute: 'reachable', cite: [] }];
}

/** The maximum number of steps to find out whether there are paths. The page has a time limit of its own. */
const STEPS_OF_PATHS = 100_000;

function canShowPaths(resource: Resource, { stack }: HoverRequest): boolean {
  return withinSteps(
    STEPS_OF_PATHS,
    () => hasPaths(resource, stack),
    () => true,
  );
}

function propertyCard(
  target: HoverTarget & { what: 'property' },
  type: CitedCard | undefined,
  request: HoverRequest,
): Card | undefined {
  const { resource, path, range } = target;
  const { card, citations } = propertyOf(resource, path, type, request.data);
  const cited = citing(citations);
  const verdict = firstOf(card.verdict, resource, cited);
  if (!verdict) return undefined;
  // Items of lists differ in number.
  const instances = path.includes('[]') ? [resource] : instancesOf(request.stack, resource);
  const linesOf = (one: Resource): readonly Line[] => {
    const state = cardContextOf(request, one, cited);
    const lines = withPropertyState(card.here, { type: resource.type, path }, request.data);
    const own = configurationLines(lines, state);
    if (target.isFirst || (own.length > 0 && lines.some((line) => isAbout(line, path)))) return own;
    const at = one === resource ? { at: target.value } : {};
    return [...configurationLines([valueLine(path)], { ...state, ...at }), ...own];
  };
  const here = linesOfInstances(instances, linesOf);
  const written = writtenName(request.tree, target);
  const usual = titleName(resource, path);
  // One of several names for it in Terraform, or one below the items of a list.
  const property = written !== undefined && (path.includes('[]') || !usual.endsWith(written)) ? written : usual;
  return {
    title: `${property} (${resource.nativeType})`,
    verdict,
    lines: [
      ...remarkLines(card.remarks, resource, cited),
      ...changeLine(resource, path, request),
      ...rulesLine(resource, path, verdict.text, request.isOn && ((rule) => request.isOn!(rule, resource))),
      ...here,
    ],
    heading: `${headingOf(resource)}${instancesText(instances)}`,
    range,
  };
}

/**
 * Whether a line says how a property is configured, or what is in it or holds it. Others are about what it depends on.
 */
function isAbout(line: ConfigurationLine, path: string): boolean {
  if ('compute' in line) return true;
  const [own, other] = [path, line.path].map((one) => `${one.replaceAll('[]', '')}.`) as [string, string];
  return own.startsWith(other) || other.startsWith(own);
}

function remarkLines(remarks: readonly Remark[], resource: Resource, cited: CitedBy): readonly Line[] {
  return remarks
    .filter(({ when }) => holds(when, resource))
    .map(({ label, text, cite }) => ({
      label,
      parts: [{ text, cite: cited(cite) }],
      separator: '; ',
      ...(DETAILS.has(label) ? { rank: 'detail' } : {}),
    }));
}

/** The labels of what the pages of rules and of AWS state in more detail. */
const DETAILS: ReadonlySet<string> = new Set(['Documentation', 'Why', 'Recommendation', 'Values', 'If not set']);

/**
 * The card of a type without a card of its own. Types that hold no data, run no code and grant no access have one at
 * level `all`.
 */
function kindCard(target: HoverTarget, { data, level, ...request }: HoverRequest): Card | undefined {
  const composed = composedFor(target.resource.type, data);
  if (!composed || (level !== 'all' && !composed.isSecurity)) return undefined;
  return typeCard(target, composed, { data, level, ...request });
}
