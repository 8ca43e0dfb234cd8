/** The text of a line about a property: its value in each scenario, and the rule that reports it. */
import { flatMap } from '../base/flat-map.ts';
import type { Guard, Term } from '../base/guard.ts';
import { some } from '../base/words.ts';
import type { Finding } from '../model/finding.ts';
import { leaves } from '../model/navigate.ts';
import type { Resource } from '../model/resource.ts';
import { scenario } from '../model/scenario.ts';
import { isHidden, shown } from '../model/shown.ts';
import type { Leaf, Value } from '../model/value.ts';
import { RULES } from '../rules/index.ts';
import { documentOf } from './document-of.ts';
import type { Status } from './card.ts';
import { caseFor } from './fits.ts';
import type { CardContext, Piece } from './card-context.ts';
import type { Case, PropertyLine } from './ownership.ts';
import { rulesReading, propertyReadBy } from './read-properties.ts';
import { unknownBecause } from './unknown-because.ts';
import { valuesAt } from './values-at.ts';

/** The maximum number of outcomes that a line shows for a property. */
const MAX_OUTCOMES = 3;

/** The text for a property in some scenarios. */
export interface PropertyOutcome {
  readonly text: string;
  readonly guard: Guard;
  readonly cite: readonly string[];
  /** The rule that reports it, if that is not suppressed. */
  readonly rule?: string | undefined;
  readonly isUnknown: boolean;
  /** Set if the text states a certain fact, even where rules do not know whether it matters. */
  readonly isFact?: boolean;
  /** Set if the text does not state that something is protected. */
  readonly isNeutral?: boolean;
}

/** The text for one value of a property. */
export type ValueText = Omit<PropertyOutcome, 'guard'>;

/** The values of a property as statements of a line. */
export function propertyPieces(line: PropertyLine, here: CardContext): readonly Piece[] {
  const textOf = (leaf: Leaf, value: Value, guard: Guard): ValueText | undefined =>
    outcomeOf(line, leaf, value, guard, here);
  return outcomePieces(line.path, here, textOf, line.unnamed && here.at ? [here.at] : undefined);
}

/** The outcomes of a property as statements of a line. `textOf` returns the text for a value, or undefined for none. */
export function outcomePieces(
  path: string,
  here: CardContext,
  textOf: (leaf: Leaf, value: Value, guard: Guard) => ValueText | undefined,
  values = valuesAt(here.resource, path),
): readonly Piece[] {
  const outcomes = outcomesOf(values, here.resource, textOf);
  const several = outcomes.length > 1 && values.length === 1;
  const status = statusOf(path, outcomes, here);
  return shownOf(outcomes).map((outcome) => ({
    text: several ? `${outcome.text}${scenarioEnding(outcome.guard)}` : outcome.text,
    cite: here.cited(outcome.cite),
    status: statusIn(status, outcome, outcomes),
  }));
}

/** The outcomes that a line shows, with those that a rule reports. */
function shownOf(outcomes: readonly PropertyOutcome[]): readonly PropertyOutcome[] {
  const kept = new Set(
    outcomes.toSorted((a, b) => Number(isReported(b)) - Number(isReported(a))).slice(0, MAX_OUTCOMES),
  );
  return outcomes.filter((one) => kept.has(one));
}

/**
 * The part of one outcome in the status of a property, so that a card without space keeps what that status is about.
 */
function statusIn(
  status: Status | undefined,
  outcome: PropertyOutcome,
  all: readonly PropertyOutcome[],
): Status | undefined {
  if (status === 'wrong') return isReported(outcome) ? status : undefined;
  return status === 'unknown' && !outcome.isUnknown && all.some(({ isUnknown }) => isUnknown) ? undefined : status;
}

function isReported({ rule }: PropertyOutcome): boolean {
  return rule !== undefined;
}

function outcomesOf(
  values: readonly Value[],
  resource: Resource,
  textOf: (leaf: Leaf, value: Value, guard: Guard) => ValueText | undefined,
): readonly PropertyOutcome[] {
  const outcomes = new Map<string, PropertyOutcome>();
  for (const value of values)
    for (const { guard, value: leaf } of reached(leaves(value), resource)) {
      const one = textOf(leaf, value, guard);
      if (!one) continue;
      const before = outcomes.get(one.text);
      outcomes.set(one.text, { ...one, guard: before ? before.guard.or(guard) : guard });
    }
  return byDefaultFirst([...outcomes.values()]);
}

/** What holds in the default scenario comes first. */
export function byDefaultFirst<T extends { readonly guard: Guard }>(all: readonly T[]): readonly T[] {
  return all.toSorted((a, b) => Number(b.guard.holdsByDefault()) - Number(a.guard.holdsByDefault()));
}

/** A property is wrong if a finding is about it, and good if the rules about it find nothing in any scenario. */
function statusOf(path: string, outcomes: readonly PropertyOutcome[], here: CardContext): Status | undefined {
  if (outcomes.some(isReported)) return 'wrong';
  const status = here.statusOf(path.split('[]')[0]!);
  // A finding that is not reported, such as a suppressed one.
  if (status === undefined || status === 'wrong') return undefined;
  if (outcomes.some(({ isUnknown }) => isUnknown)) return 'unknown';
  const isUnmarked =
    status === 'good' ? outcomes.some(({ isNeutral }) => isNeutral) : outcomes.every(({ isFact }) => isFact);
  return isUnmarked ? undefined : status;
}

/** The text of a case, without what is put into it, and what follows from it for the status of its line. */
export function textOfCase({ say, cite, unknown }: Case, { state }: Leaf): ValueText {
  const isUnknown = unknown === true;
  const isFact = state === 'absent' && !isUnknown;
  const isNeutral = (isFact && say === NOT_SET) || say.endsWith(YOURS) || say.startsWith(LACKING);
  return { text: say, cite: cite ?? [], isUnknown, isFact, isNeutral };
}

/** The text of a case that does not state what holds instead. */
const NOT_SET = '{property} is not set';

/** The end of a text about what remains to be done, such as rotating a password that rules find nothing wrong with. */
const YOURS = ' is your responsibility';

/** The beginning of a text about something missing. Rules accept it for a read replica, which does not make it good. */
const LACKING = 'no automated backups';

/** The leaves of a property in scenarios in which the resource exists; all leaves if it exists in none. */
export function reached(all: ReturnType<typeof leaves>, { when }: Resource): ReturnType<typeof leaves> {
  const some = all.filter(({ guard }) => !guard.coveredBy(when.no));
  return some.length > 0 ? some : all;
}

/** The scenario of an outcome as the end of a sentence. */
export function scenarioEnding(guard: Guard): string {
  const when = scenario(guard.describe());
  const isNamed = when.endsWith(' its default');
  return when === '' ? '' : ` ${when}${guard.holdsByDefault() && !isNamed ? ' (the default)' : ''}`;
}

function outcomeOf(
  line: PropertyLine,
  leaf: Leaf,
  value: Value,
  guard: Guard,
  here: CardContext,
): ValueText | undefined {
  const property = shortName(here.resource, line.path);
  const effective = effectiveOf(leaf);
  const fits = caseFor(effective, line.cases);
  if (!fits) {
    // Another value of a parameter that has a default.
    const isOther = leaf.state === 'unknown' && leaf.why === 'parameter' && !guard.holdsByDefault();
    const why = isOther ? 'is not known' : unknownBecause(leaf);
    // The value of a credential is not needed to know that it is kept in Secrets Manager.
    const isKept =
      leaf.state === 'unknown' && leaf.why === 'secret-reference' && canHoldSecret(here.resource, line.path);
    return {
      // `protocol: protocol depends on …` would say the name twice.
      text: line.unnamed || line.label === property ? why.replace(/^is /, '') : `${property} ${why}`,
      cite: [],
      isUnknown: !isKept,
      ...(isKept ? { isFact: true, isNeutral: true } : {}),
    };
  }
  const text = fits.say
    .replaceAll('{property}', property)
    .replaceAll('{document}', documentOf(here.resource))
    .replaceAll(VALUE, (_, unit = '') => {
      const text = canHoldSecret(here.resource, line.path) ? withoutText(effective) : valueText(effective);
      return `${text}${text === '1' ? unit.replace(/s$/, '') : unit}${effective === leaf ? '' : ' by default'}`;
    });
  return withFinding({ ...textOfCase(fits, effective), text }, here, line.path, leaf, value, guard);
}

/** A value in a text, with its unit. */
const VALUE = /\{value\}( days| hours| seconds)?/g;

/** The text for a value, with the rule that reports it; none if there is no text and no rule reports it. */
export function withFinding(
  valueText: ValueText,
  here: CardContext,
  path: string,
  leaf: Leaf,
  value: Value,
  guard: Guard,
): ValueText | undefined {
  const found = isClear(here, path) ? undefined : findingAt(here, here.resource, path, leaf, value, guard.describe());
  if (!found) return valueText.text === '' ? undefined : valueText;
  const text = valueText.text === '' ? `${shortName(here.resource, path)} ${unknownBecause(leaf)}` : valueText.text;
  return { ...valueText, text: `${text}${ruleSuffix(found)}`, rule: found.suppressed ? valueText.rule : found.rule };
}

/** Whether findings at a property are about other instances of the same block. */
function isClear({ resource, statusOf: status }: CardContext, path: string): boolean {
  return resource.parts[0]?.block !== undefined && status(path.split('[]')[0]!) === 'good';
}

/** The rule of a finding, after what it reports. */
export function ruleSuffix({ rule, suppressed }: Pick<Finding, 'rule' | 'suppressed'>): string {
  return ` (${rule}${suppressed ? ', suppressed' : ''})`;
}

/** The maximum number of items that a line shows of a list. */
const MAX_ITEMS = 4;

/** A value as a line shows it: the items of a list that are always in it, and of an object that it is set. */
function valueText(leaf: Leaf): string {
  if (isHidden(leaf) || (leaf.state !== 'object' && leaf.state !== 'list')) return shown(leaf);
  if (leaf.state === 'object' || leaf.open || leaf.items.length === 0) return 'set';
  if (leaf.items.some(({ value, when }) => isCollection(value) || !when.yes.isAlways())) return 'set';
  return some(
    leaf.items.map(({ value }) => shown(value)),
    MAX_ITEMS,
  );
}

/** Whether a rule looks for secrets in a property, such as credentials in a URL, which its name does not show. */
function canHoldSecret({ type, format }: Resource, path: string): boolean {
  return rulesReading(type, path, format).some(({ topic }) => topic === 'secrets');
}

/** A value without the text that it has. */
function withoutText(leaf: Leaf): string {
  const hasText = leaf.state === 'template' || (leaf.state === 'known' && typeof leaf.value === 'string');
  return hasText || leaf.state === 'list' ? 'set' : valueText(leaf);
}

function isCollection({ state }: Value): boolean {
  return state === 'object' || state === 'list' || state === 'choice';
}

/**
 * The default value of an absent property, if the document's format defines one: Terraform's defaults can differ from
 * the service's.
 */
export function effectiveOf(leaf: Leaf): Leaf {
  return leaf.state === 'absent' && !leaf.open && leaf.default && leaf.default.state !== 'choice' ? leaf.default : leaf;
}

/** The maximum length of the name of a property in a sentence. */
const LONGEST_NAME = 45;

/** The name of a property in the document's format; for a path through a list, the canonical name below the items. */
export function nativeName(resource: Resource, path: string): string {
  return path.includes('[]') ? path.split('[].').at(-1)! : resource.nativePath(path).replace(/\[\]$/, '');
}

/** The name of a property in a sentence: of a long path, the last steps for which there is space. */
export function shortName(resource: Resource, path: string): string {
  const steps = nativeName(resource, path).split('.');
  while (steps.length > 1 && steps.join('.').length > LONGEST_NAME) steps.shift();
  return steps.join('.');
}

/**
 * The finding about a value. An absent property has the range of its holder, where other properties are reported too.
 */
export function findingAt(
  { findingsIn }: Pick<CardContext, 'findingsIn'>,
  resource: Resource,
  path: string,
  leaf: Leaf,
  value: Value,
  terms: readonly Term[] = [],
): Finding | undefined {
  const places = flatMap([leaf, value], ({ origin: { use, key } }) => (key ? [use, key] : [use]));
  return findingsIn(places).find(
    ({ at, certainty, rule, when }) =>
      certainty === 'certain' &&
      // The values of a reference have the same place in all scenarios.
      !exclude(when, terms) &&
      (leaf.state !== 'absent' || isAbout(rule, resource.type, path)) &&
      [leaf, value].some(
        ({ origin: { use, key } }) =>
          at.doc === use.doc &&
          ((at.start === use.start && at.end === use.end) ||
            (leaf.state !== 'absent' && at.start === key?.start && at.end === key.end)),
      ),
  );
}

/** Whether two scenarios give a parameter or condition different values. */
function exclude(one: readonly Term[], other: readonly Term[]): boolean {
  return one.some((a) =>
    other.some((b) => a.kind === b.kind && a.name === b.name && a.value !== b.value && isExact(a) && isExact(b)),
  );
}

function isExact({ value }: Term): boolean {
  return value !== 'its default' && value !== 'its given value' && value !== 'a secret value';
}

/** Whether a rule is about a property or attribute: it contains, equals or is within what the rule is about. */
function isAbout(id: string, type: string, path: string): boolean {
  const rule = RULES.find((candidate) => candidate.id === id);
  const first = rule?.on === 'resource' ? propertyReadBy(rule, type) : undefined;
  return first !== undefined && (`${path}.`.startsWith(`${first}.`) || first.startsWith(`${path}.`));
}
