import { flatMap } from '../base/flat-map.ts';
import { Guard, TRUE, type Term } from '../base/guard.ts';
import { inert } from '../base/inert.ts';
import { sameSpan, within, type Span } from '../base/span.ts';
import {
  type Certainty,
  type Finding,
  type Profile,
  type RelatedPlace,
  type Severity,
  type Topic,
} from '../model/finding.ts';
import { isModule } from '../model/format.ts';
import { includesProfile } from '../model/profile.ts';
import { severityTraits } from '../model/severity.ts';
import type { ResourcePart, Resource } from '../model/resource.ts';
import { leaves } from '../model/navigate.ts';
import { together } from '../model/quantified.ts';
import { shown } from '../model/shown.ts';
import type { Address, UnknownPiece, Leaf, Value } from '../model/value.ts';
import type { AnyRule, Report, Violation } from '../rules/rule.ts';
import type { AnalysisOptions } from './analysis.ts';
import { calledPlace } from './called-place.ts';
import { canonicalPath } from './canonical-path.ts';
import { coveredWhereRead, coveredByViolations } from './covering.ts';
import { decidingOf } from './deciding.ts';
import type { FindingDetails } from './finding-details.ts';
import { narrow, type ViolationPlace } from './narrow.ts';

/** What a draft does not have yet (`fingerprints.ts`). */
type Identified = 'fingerprint' | 'valueHash' | 'valueText' | 'decidedBy' | 'fixes' | 'refused';

/** A finding with its report and subject, so that fixes can be computed on demand. */
export interface Draft extends Omit<Finding, Identified> {
  readonly place: ViolationPlace;
  readonly report: Report;
  /** Undefined for a finding about a document or a stack as a whole. */
  readonly subject: Resource | undefined;
  /** The address of the instance, if it is one of a block whose address is `resource`. */
  readonly instance?: string;
  /** The canonical family of the subject; findings on instances of one configured resource are folded. */
  readonly family: string | undefined;
  /** The place at which a finding in a downloaded module is shown: the module call. */
  readonly shownAt?: Span;
  /** The canonical texts of the other values that decide how bad it is; undefined if there cannot be any. */
  readonly deciding: () => readonly string[] | undefined;
  /** Folded findings of the same cause, whose fixes it includes. */
  readonly folded?: readonly Draft[];
  /** The draft with its values, if this one was kept from an earlier version (`kept-drafts.ts`). */
  readonly actual?: () => Draft;
  /** What follows from its values, if these are gone (`check-parts.ts`). */
  readonly details?: FindingDetails;
}

/** Information about the texts of places. */
export interface PlaceTexts {
  /** The range that a finding marks for a value, or for a part of its string. */
  mark(leaf: Pick<Leaf, 'origin'>, part?: string, skip?: number): Span;
  /** The native path of a place within a part, or within its document; for a key, on request that of its map. */
  pathOf(part: ResourcePart | undefined, at: Span, keys?: 'around keys'): string;
  /** The native resource whose text contains a place. */
  partAt(at: Span): ResourcePart | undefined;
  /**
   * The Terraform data source whose text contains a place; among several instances, that in the module of a resource.
   */
  sourceAt(at: Span, beside: Address | undefined): ResourcePart | undefined;
  /** Whether a place has text of a resource or data source that is not a whole file. */
  overlapsParts(at: Span): boolean;
}

/** The filter of reports: the widest profile and certainty of the documents. */
export interface Reported extends Pick<AnalysisOptions, 'profile' | 'certainty'> {
  /** The rules whose reports are all included, by id, because a configuration or a suppression names them. */
  readonly always?: ReadonlySet<string>;
}

/** Whether the profile of a report is included. */
export function isReported(
  rule: AnyRule,
  report: Report,
  subject: Resource | undefined,
  { profile, always }: Reported,
): boolean {
  return always?.has(rule.id) === true || includesProfile(profile, severityAndProfile(rule, report, subject).profile);
}

/** The findings of one report of a rule. Without a subject they concern a document or the whole stack. */
export function draftsOf(
  rule: AnyRule,
  report: Report,
  subject: Resource | undefined,
  places: PlaceTexts,
  certainty: Certainty = 'possible',
): readonly Draft[] {
  return narrow(report.violations, subject?.when ?? TRUE, places.mark, certainty)
    .filter((place) => !isGuess(place, rule, subject))
    .map((place) => {
      const source = places.sourceAt(place.at, subject?.address);
      const part =
        source ?? (subject ? ownerOf([subject, ...(report.subjects ?? [])], place.at) : places.partAt(place.at));
      const owner = part?.isFile ? undefined : part;
      const path = places.pathOf(owner, place.leaf.origin.use);
      const pathAt = (at: Span): string =>
        places.pathOf(subject ? ownerOf([subject, ...(report.subjects ?? [])], at) : places.partAt(at), at);
      const when = scenarioTerms(place, subject);
      const shownAt = calledPlace(place, [part, ...(subject?.parts ?? [])]);
      return {
        place,
        report,
        subject,
        rule: rule.id,
        family: subject?.family,
        ...(shownAt ? { shownAt } : {}),
        ...severityAndProfile(rule, report, subject),
        certainty: place.certainty,
        topic: rule.topic,
        message: messageOf(report, place),
        at: place.at,
        // In other scenarios, the value may have an effect.
        ...(rule.tag && place.certainty === 'certain' && when.length === 0 ? { tag: rule.tag } : {}),
        ...(isSecretText(place.leaf, rule) ? { secret: true as const } : {}),
        resource: owner?.block ?? owner?.address ?? null,
        ...(owner && owner.block !== undefined && owner.block !== owner.address ? { instance: owner.address } : {}),
        resourceType: owner?.nativeType ?? null,
        ...(owner?.construct === undefined ? {} : { construct: owner.construct }),
        // A resource in a nested stack has its own address; its part has the logical ID in the nested template.
        subjects: unique(
          flatMap(
            [
              ...[subject, ...(report.subjects ?? [])].filter((one) => !one?.parts[0]?.isFile),
              owner === subject?.parts[0] || owner === source ? undefined : owner,
            ],
            (one) => one?.address ?? [],
          ),
        ),
        path,
        canonicalPath: canonicalPath(
          isFirstKey(place.leaf) ? places.pathOf(owner, place.leaf.origin.use, 'around keys') : path,
        ),
        // The parameter of a secret would reveal its value.
        when: rule.topic === 'secrets' ? when.filter(({ kind }) => kind !== 'parameter') : when,
        ...coveredWhereRead(
          {
            native: owner && `${source ? 'data.' : ''}${owner.nativeType}`,
            canonical: source ? undefined : typeOf([subject, ...(report.subjects ?? [])], owner),
          },
          coveredByViolations(rule, report, place),
        ),
        related: [
          ...relatedPlaces(report, place, pathAt, places),
          ...(source && subject && subject.parts[0] !== source
            ? [{ at: subject.parts[0]!.nameAt, message: inert(`${subject.displayName} uses this data source.`) }]
            : []),
          ...configuredPlace(owner, path),
        ],
        deciding: () => decidingOf(report, place, (at) => canonicalPath(pathAt(at))),
        suppressed: null,
      };
    });
}

/** Whether a value is missing in a list item or a block, whose first key represents it. */
function isFirstKey({ state, origin }: Leaf): boolean {
  return state === 'absent' && origin.key === undefined;
}

/** Whether a finding only reports a missing setting that can be outside these documents. */
function isGuess(place: ViolationPlace, rule: AnyRule, subject: Resource | undefined): boolean {
  if (!subject) return false;
  if (isModule(subject.format) && (isInputOrNothing(place) || lacksOtherInput(place))) return true;
  if (place.certainty === 'certain') return false;
  return lacksOnlyUnseen(place, subject) || (isModule(subject.format) && isLeftToCaller(place, rule));
}

/**
 * Whether a resource can have settings outside these documents, such as a bucket that is passed to a module that
 * configures its lifecycle.
 */
function lacksOnlyUnseen({ leaf }: ViolationPlace, subject: Resource): boolean {
  return (
    subject.external === true &&
    leaf.state === 'absent' &&
    (leaf.open || sameSpan(leaf.origin.use, subject.self.origin.use))
  );
}

/**
 * Whether a finding depends on input of a configuration, such as a member of an unknown collection or a value other
 * than the default. The input is the marked value, or the value that makes it wrong.
 */
function isLeftToCaller({ leaf, violation: { wrong, dependsOn }, guard }: ViolationPlace, { on }: AnyRule): boolean {
  const isRightByDefault = wrong.no.holdsByDefault();
  // A value that the type of a variable allows besides its default, if the default is compliant.
  if (guard.and(wrong.yes).satisfiable())
    return isRightByDefault && leaf.origin.steps.some(({ what }) => what === 'allowed');
  if (isRightByDefault || isByCaller(leaf)) return true;
  if (dependsOn && leaves(dependsOn).every(({ value }) => isNothing(value) || isForEachOfCaller(value))) return true;
  // Findings about permissions of an identity are at an action and depend on the rest of the statement.
  const open = on !== 'identity' ? [] : wrong.because.filter(({ yes, no }) => !yes.satisfiable() && !no.satisfiable());
  return open.length > 0 && open.every(({ value }) => isByCaller(value));
}

/**
 * Whether a configuration passes on its input or omits the argument, depending on a condition on the input:
 * `each.value.key != "" ? each.value.key : null`. The document then contains no wrong value, and the input can also be
 * null.
 */
function isInputOrNothing({ leaf, violation }: ViolationPlace): boolean {
  if (!isNothing(leaf)) return false;
  const all = leaves(violation.at);
  return (
    all.some(({ value }) => isInput(value)) &&
    all.every(({ value, guard }) => (isNothing(value) ? isByConditions(guard) : isInput(value)))
  );
}

/**
 * Whether the value that makes it wrong is null only because an input still has its default although another input has
 * not: `var.create ? aws_kms_key.k.arn : var.key_arn`. Who changes the one sets the other.
 */
function lacksOtherInput({ guard, violation: { dependsOn } }: ViolationPlace): boolean {
  if (!dependsOn || guard.holdsByDefault()) return false;
  const lacking = leaves(dependsOn).filter((one) => isNothing(one.value) && one.guard.and(guard).satisfiable());
  return (
    lacking.length > 0 &&
    lacking.every(({ value }) => value.origin.steps.some(({ what }) => what === 'variable' || what === 'default'))
  );
}

function isNothing(leaf: Leaf): boolean {
  return leaf.state === 'absent' || (leaf.state === 'known' && leaf.value === null);
}

/** Whether a value is computed only from input, without literals. */
function isInput(leaf: Leaf): boolean {
  return isByCaller(leaf) || (leaf.state === 'unknown' && leaf.why === 'function' && leaf.refs.length === 0);
}

/** Whether a guard depends only on conditions, and not on values of variables. */
function isByConditions(guard: Guard): boolean {
  return [...guard.variables()].every(({ kind }) => kind === 'condition');
}

/**
 * Whether a value comes from outside, or is one for which Terraform rejects the configuration, so that nothing is
 * created.
 */
function isByCaller(leaf: Leaf | UnknownPiece): boolean {
  return leaf.state === 'template'
    ? leaf.pieces.some((piece) => typeof piece !== 'string' && isByCaller(piece))
    : leaf.state === 'unknown' && (leaf.byCaller === true || leaf.why === 'syntax');
}

/** Whether a value is made by callers, or a list for what they pass: `[for arn in var.arns : "${arn}/*"]`. */
function isForEachOfCaller(leaf: Leaf): boolean {
  if (leaf.state !== 'list' || leaf.items.length === 0) return isByCaller(leaf);
  return leaf.items.every(
    ({ value, when }) => !when.yes.satisfiable() && leaves(value).every((item) => isByCaller(item.value)),
  );
}

/**
 * The scenario of a finding. In Terraform it includes the existence of the resource, because variables of a module
 * determine it. In a template, the resource itself shows its condition.
 */
function scenarioTerms({ guard, when }: ViolationPlace, subject: Resource | undefined): readonly Term[] {
  if (!subject || !isModule(subject.format) || Guard.always.coveredBy(subject.when.yes)) return when;
  const { yes } = subject.when;
  const terms = when.length > 0 ? guard.describe() : yes.describe();
  // A variable with its default is not mentioned.
  return yes.holdsByDefault() ? terms.filter((term) => term.kind !== 'parameter' || when.includes(term)) : terms;
}

/** Topics of findings that an author can cause in a resource that a tool added. */
const EXPOSURE: ReadonlySet<Topic> = new Set(['data-exposure', 'network-exposure', 'secrets']);

/**
 * The severity and profile of a finding. An app's author cannot change a resource that a tool added, so its findings
 * have low severity, unless they expose something or are severe.
 */
function severityAndProfile(
  rule: AnyRule,
  report: Report,
  subject: Resource | undefined,
): { readonly severity: Severity; readonly profile: Profile } {
  const severity = report.severity ?? rule.severity;
  const profile = report.profile ?? rule.profile;
  if (!subject?.internal || EXPOSURE.has(rule.topic) || severityTraits(severity).severe) return { severity, profile };
  return { severity: severity === 'medium' ? 'low' : severity, profile: 'strict' };
}

/** Whether the value at a place is a secret, and not the name of a secret, or of what lacks a setting. */
function isSecretText({ state, origin }: Leaf, { topic }: AnyRule): boolean {
  if (topic === 'secrets' && (state !== 'absent' || origin.secret === true)) return true;
  return (
    origin.secret === true &&
    origin.def === undefined &&
    state !== 'absent' &&
    state !== 'unknown' &&
    state !== 'reference'
  );
}

function messageOf(report: Report, { leaf, certainty, violation }: ViolationPlace): string {
  const message =
    typeof report.message === 'string'
      ? report.message
      : report.message(shown(leaf), leaf, violation, () => othersWith(report, violation));
  return messageIn(message, certainty);
}

/** The other violations of a report that are wrong in a scenario of a given one. */
function othersWith({ violations }: Report, violation: Violation): readonly Violation[] {
  return violations.filter((other) => other !== violation && together(other.wrong, violation.wrong));
}

/** The message of a finding with its certainty. */
export function messageIn(message: string, certainty: Certainty): string {
  return inert(certainty === 'certain' ? message : `Possible: ${message}`);
}

/** The type of the resource that has a part. */
function typeOf(subjects: readonly (Resource | undefined)[], part: ResourcePart | undefined): string | undefined {
  return part && subjects.find((subject) => subject?.parts.includes(part))?.type;
}

/** The native resource whose body contains a place. */
function ownerOf(subjects: readonly Resource[], at: Span): ResourcePart {
  const parts = flatMap(subjects, (subject) => subject.parts);
  return parts.find((part) => part.doc === at.doc && within(at, part.range)) ?? parts[0]!;
}

function configuredPlace(owner: ResourcePart | undefined, path: string): readonly RelatedPlace[] {
  const at = owner?.configuredAt?.(path);
  return at ? [{ at, message: 'It is configured here.' }] : [];
}

/** The related message for another value, by its name; list items and arguments have no name. */
function otherValueMessage(leaf: Leaf, path: string): string {
  if (leaf.state === 'list' || leaf.state === 'object' || leaf.state === 'unknown') return 'The same applies here.';
  const name = /(?:^|\.)(\w+)$/.exec(path)?.[1];
  if (name !== undefined) return `${name} is also ${shown(leaf)}.`;
  return leaf.state === 'absent' ? 'Another setting is not set here.' : `The same applies to ${shown(leaf)}.`;
}

function relatedPlaces(
  report: Report,
  place: ViolationPlace,
  pathAt: (at: Span) => string,
  { mark }: PlaceTexts,
): readonly RelatedPlace[] {
  const related: RelatedPlace[] = [];
  // An empty string can have no characters of its own.
  const placeOf = ({ origin }: Value): Span => (origin.use.start === origin.use.end ? mark({ origin }) : origin.use);
  const add = (at: Span, message: string): void => {
    if (!sameSpan(at, place.at) && !related.some((other) => sameSpan(other.at, at)))
      related.push({ at, message: inert(message) });
  };
  const { def, steps } = place.leaf.origin;
  // A condition selects a value and does not define it.
  const source = steps.find(({ what }) => what !== 'condition');
  if (def) add(def, source ? `The value comes from ${source.name}.` : 'The value is written here.');
  for (const violation of report.violations) {
    if (violation === place.violation) continue;
    const wrong = place.guard.and(violation.wrong.yes);
    for (const { guard, value } of leaves(violation.at))
      if (wrong.and(guard).satisfiable()) {
        add(placeOf(value), violation.also ?? otherValueMessage(value, pathAt(value.origin.use)));
      }
  }
  const others = typeof report.related === 'function' ? report.related() : (report.related ?? []);
  for (const { value, message, when } of others)
    if (!when || place.guard.and(when.yes).satisfiable()) add(placeOf(value), message);
  return related;
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
