/** Fixes that replace a wildcard resource, or an equivalent pattern, by the resources that an author may intend. */
import { some } from '../../base/words.ts';
import { NewPseudo, NewText, type Edit, type Fix, type NewValue } from '../../model/edit.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import type { Action, ServiceActions } from '../data/action.ts';
import { everyOne, placeOf, saysLess, type Place } from '../resource/arn-template.ts';
import { mayDeny } from '../condition/in-force.ts';
import type { Narrowed } from '../statement/narrowed.ts';
import { textOfNew, textOfWritten } from '../statement/new-text.ts';
import { resourceCovers } from '../statement/redundant.ts';
import { canBeReplaced } from '../resource/rewritten.ts';
import { onlyReads } from '../data/risk.ts';
import { lengthOfList, roomIn } from '../statement/room.ts';
import { readActions, split, type ActionsOf, type WrittenAction } from '../statement/split-statement.ts';
import { stateMachineCalls } from '../workload/state-machine-calls.ts';
import { arnFor, typesIn } from '../resource/stack-arn.ts';
import {
  canStandBeside,
  insertedBeside,
  isPlain,
  replacedBy,
  splitAlone,
  takesSeveral,
  textsOf,
} from '../statement/statement-edits.ts';
import { wideAt, widestOf, type Wide } from '../resource/wide-resources.ts';

/** The most resources of a stack that are offered one by one. */
const MOST_OFFERED = 3;

/** The most ARNs that a fix writes for one service. */
const MOST_ARNS = 6;

/** Resources that replace the wildcard, for the actions of one service. */
interface Offer {
  /** The end of the title: "Restrict sqs:SendMessage to *queue Jobs*". */
  readonly called: string;
  /** The account and Region that it is restricted to, as an item of the brackets. */
  readonly where?: string;
  readonly arns: readonly NewValue[];
  /** Actions of a pattern that do not support these resources. */
  readonly lost: readonly Action[];
}

/** A wildcard resource, or an ARN pattern that matches all resources of a type. */
interface NarrowedStar extends Narrowed {
  /** The services for which all resources of the types are equivalent to the wildcard; none if omitted. */
  readonly named?: ReadonlySet<string>;
}

/**
 * Fixes that write resources instead of a wildcard: the only one of the stack, each of several, or all of the types that the actions support. Actions
 * without resource-level permissions keep the wildcard in a separate statement with the same conditions.
 */
export function narrowedResources(narrowed: NarrowedStar): readonly Fix[] {
  const { policy, statement, at, actionsOf } = narrowed;
  if (mayDeny(statement) || !isPlain(statement) || !takesSeveral(statement.resources, at)) return [];
  const actions = actionsIn(statement, actionsOf);
  const wide = actions && wideAt(statement, at, actions);
  // Terraform references are expressions, which stay as they are.
  if (
    !wide?.actions.some(({ limited }) => limited.length > 0) ||
    [wide.at, ...wide.others].some((one) => !canBeReplaced(one, policy.host))
  )
    return [];
  return combined(offersFor(narrowed, wide)).flatMap((offers) => fixWith(narrowed, wide, offers) ?? []);
}

/** The offers for each service with resource-level permissions; undefined for a service without any. */
function offersFor(
  { policy, stack, named: byName }: NarrowedStar,
  { actions, covers }: Wide,
): readonly { readonly named: readonly Offer[]; readonly every: Offer | undefined }[] {
  const services = new Set(actions.filter(({ limited }) => limited.length > 0).map(({ service }) => service));
  return [...services].map((service) => {
    const own = actions.filter((action) => action.service === service && action.limited.length > 0);
    const types = typesIn(service.service);
    const seen = new Set<string>();
    const candidates = stack.resources.filter(
      (one) =>
        types.has(one.type) &&
        one !== policy.host &&
        !one.external &&
        !one.internal &&
        one.exists.yes.isAlways() &&
        !seen.has(one.family) &&
        seen.add(one.family),
    );
    const called = service.service === 'lambda' ? offerOfCalls(policy, service, own, stack, covers) : undefined;
    const named = called
      ? [called]
      : candidates.slice(0, 32).flatMap((resource) => offerOf(service, own, resource, covers) ?? []);
    return {
      named: named.slice(0, MOST_OFFERED),
      every: byName?.has(service.service) ? undefined : everyOfTypes(policy, service, own, covers),
    };
  });
}

/** One offer for each service: its only resource, or each of several; then all resources of the types. */
function combined(services: ReturnType<typeof offersFor>): readonly (readonly Offer[])[] {
  const pick = (choose: (service: (typeof services)[number]) => Offer | undefined): readonly (readonly Offer[])[] => {
    const offers = services.map(choose);
    return offers.every((offer) => offer !== undefined) ? [offers] : [];
  };
  const all = pick((service) => service.every);
  const several = services.find(({ named }) => named.length > 1);
  const each = several
    ? several.named.flatMap((offer) =>
        pick((service) =>
          service === several ? offer : service.named.length === 1 ? service.named[0] : service.every,
        ),
      )
    : pick((service) => service.named[0] ?? service.every);
  return services.some(({ named }) => named.length > 0) ? [...each, ...all] : all;
}

/** The resource types of a resource of the stack for the actions; undefined where a named action requires others. */
function offerOf(
  service: ServiceActions,
  actions: readonly WrittenAction[],
  resource: Resource,
  covers: Wide['covers'],
): Offer | undefined {
  const has = (type: string): boolean =>
    arnFor(service.service, type, resource) !== undefined && covers(service.resourceType(type)?.arn ?? '');
  const split = usable(actions, has);
  if (!split) return undefined;
  const types = [...new Set(split.kept.flatMap(({ resources }) => resources.map(({ type }) => type).filter(has)))];
  // The resource first, then its subresources.
  const arns = distinct(
    types
      .map((type) => arnFor(service.service, type, resource)!)
      .toSorted((one, other) => Number(one instanceof NewText) - Number(other instanceof NewText)),
    resource,
  );
  return { called: `${typeWords(resource)} ${resource.displayName}`, arns, lost: split.lost };
}

/** The functions that state machines with the policy invoke. */
function offerOfCalls(
  policy: PolicyDocument,
  service: ServiceActions,
  actions: readonly WrittenAction[],
  stack: Stack,
  covers: Wide['covers'],
): Offer | undefined {
  const calls = stateMachineCalls(policy, stack);
  const split =
    calls && usable(actions, (type) => type === 'function' && covers(service.resourceType(type)?.arn ?? ''));
  if (!split || calls.arns.length > MOST_ARNS) return undefined;
  const [first, ...others] = calls.stateMachines.map(({ displayName }) => displayName);
  const by = others.length === 0 ? `${first!} calls` : `${others.length + 1} state machines call`;
  const only = calls.arns.length === 1 ? calls.functions[0]?.displayName : undefined;
  return {
    called:
      only === undefined
        ? `the ${calls.arns.length === 1 ? 'function' : `${calls.arns.length} functions`} that ${by}`
        : `function ${only}, which ${by}`,
    arns: calls.arns,
    lost: split.lost,
  };
}

/** A permissions management action among those that stay on all resources, which is easily overlooked among many. */
function gravest(actions: readonly WrittenAction[]): string {
  const found = actions
    .flatMap((action) => action.unlimited)
    .find((action) => action.level === 'permissions-management' && !onlyReads(action));
  return found ? `, including ${found.name}` : '';
}

/** AWS's name of a resource type: `bucket`, `state machine`, `DB instance`. */
function typeWords({ type }: Resource): string {
  return type
    .split('::')
    .at(-1)!
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
}

/** A string and a reference to the same resource would be duplicates. */
function distinct(arns: readonly NewValue[], { address }: Resource): readonly NewValue[] {
  const seen = new Set<string>();
  return arns.filter((arn) => {
    const key = JSON.stringify(arn, (name, value: unknown) => (name === 'to' ? address : value));
    return !seen.has(key) && seen.add(key);
  });
}

/** All resources of the types that the actions support; undefined where that is not narrower than the wildcard, or has too many ARNs. */
function everyOfTypes(
  policy: PolicyDocument,
  service: ServiceActions,
  actions: readonly WrittenAction[],
  covers: Wide['covers'],
): Offer | undefined {
  const place = placeOf(policy);
  const limited = actions.flatMap((action) => action.limited);
  const needed = new Set(
    limited.flatMap(({ resources }) => {
      const required = resources.filter(({ required: must }) => must);
      // Of several formats of one resource the shortest is the plain one; an index belongs to its table.
      const length = (type: string): number => service.resourceType(type)?.arn.length ?? Infinity;
      return (
        required.length > 0
          ? resources
          : resources.toSorted((one, other) => length(one.type) - length(other.type)).slice(0, 1)
      ).map(({ type }) => type);
    }),
  );
  // A role can only be passed within its account, so all roles of the account are all roles.
  const isRole = ({ name }: { readonly name: string }): boolean => service.service === 'iam' && name === 'role';
  const types = [...needed]
    .flatMap((name) => service.resourceType(name) ?? [])
    .filter(({ arn, arns }) => arns.length === 1 && arn.startsWith('arn:'));
  const arns = types.map(({ arn }) => everyOne(arn, place));
  const wide = arns.map((arn) =>
    typeof arn === 'string'
      ? arn
      : arn.pieces.map((piece) => (typeof piece === 'string' ? piece : piece.constructor.name)).join(''),
  );
  const widest = arns.filter(
    (_, index) =>
      !wide.some(
        (other, i) =>
          i !== index &&
          other.endsWith('*') &&
          wide[index]!.startsWith(other.slice(0, -1)) &&
          (other !== wide[index] || i < index),
      ),
  );
  if (
    types.length !== needed.size ||
    arns.length === 0 ||
    widest.length > MOST_ARNS ||
    !arns.every(saysLess) ||
    !types.every(({ arn }) => covers(arn)) ||
    types.some(isRole)
  )
    return undefined;
  const names = types.filter((_, index) => widest.includes(arns[index]!)).map(({ name }) => name);
  return {
    called: `all ${service.service} ${some(names, names.length > 3 ? 2 : 3, 'and', 'more type')} resources`,
    where: whereIs(
      types.map(({ arn }) => arn),
      place,
    ),
    arns: widest,
    lost: [],
  };
}

/** The account and Region in the ARNs of all resources of some types, in words. */
function whereIs(forms: readonly string[], { account, region }: Place): string {
  const [inAccount, inRegion] = [[account, '${Account}'] as const, [region, '${Region}'] as const].map(
    ([named, field]) => named !== '*' && forms.every((form) => form.includes(field)),
  );
  if (typeof account !== 'string')
    return inAccount || inRegion
      ? `in this ${inAccount ? `account${inRegion ? ' and ' : ''}` : ''}${inRegion ? 'Region' : ''}`
      : '';
  return [inAccount ? `in account ${account}` : [], inRegion && typeof region === 'string' ? `in ${region}` : []]
    .flat()
    .join(' ');
}

/** The actions that support certain types, and those of patterns that do not; undefined where a named action does not, or none does. */
function usable(
  actions: readonly WrittenAction[],
  has: (type: string) => boolean,
): { readonly kept: readonly Action[]; readonly lost: readonly Action[] } | undefined {
  const kept: Action[] = [];
  const lost: Action[] = [];
  for (const { exact, limited } of actions) {
    let any = false;
    for (const action of limited) {
      const required = action.resources.filter((one) => one.required);
      const fits =
        required.length > 0 ? required.every(({ type }) => has(type)) : action.resources.some(({ type }) => has(type));
      (fits ? kept : lost).push(action);
      any ||= fits;
    }
    if (!any || (exact && lost.includes(limited[0]!))) return undefined;
  }
  return { kept, lost };
}

function fixWith(
  { policy, statement, stack, quotaOf }: NarrowedStar,
  { at, others, actions }: Wide,
  offers: readonly Offer[],
): Fix | undefined {
  const arns = offers.flatMap((offer) => offer.arns);
  const wide = [at, ...others].flatMap((one) => (one.state === 'known' ? [one.raw] : []));
  if (at.state === 'known' && arns.includes(at.raw)) return undefined;
  // Existing items stay.
  const listed = itemsOf(statement.resources, true).items.filter(
    ({ value, when }) => value !== at && !others.some((one) => one === value) && when.yes.isAlways(),
  );
  const texts = arns.map(textOfNew);
  const there = listed.map(({ value }) => (value.state === 'choice' ? undefined : textOfWritten(value)));
  const fresh = arns.filter(
    (arn, index) => !(typeof arn === 'string' && wide.includes(arn)) && !there.includes(texts[index]),
  );
  // Items that the new ones cover would be redundant.
  const covered = listed
    .filter(
      (_, index) =>
        there[index] !== undefined &&
        !texts.includes(there[index]) &&
        texts.some((text) => resourceCovers(text, there[index]!)),
    )
    .map(({ value }) => value);
  const going = [...others.filter((one) => one.state !== 'known' || !arns.includes(one.raw)), ...covered];
  const halves = split(actions);
  const [kept = '*'] = wide;
  const isBeside = listed.some(
    ({ value }, index) => !covered.includes(value) && (there[index] === undefined || !texts.includes(there[index])),
  );
  const title = titleOf(actions, offers, halves?.unlimited ?? [], kept, isBeside);
  const narrower = [
    ...replacedBy(policy, statement.resources, at, fresh),
    ...going.map((target): Edit => ({ op: 'removeItem', resource: policy.host, target })),
  ];
  const longer = lengthOfList(arns.map(lengthOf)) + (halves ? lengthOfList(halves.unlimited) + 120 : 0);
  if (longer > roomIn(policy, quotaOf, stack)) return undefined;
  if (!halves) return { title, safe: false, uncovers: 'part', edits: narrower };
  if (wide.length !== others.length + 1) return undefined;
  const beyond = (textsOf(statement.actions) ?? [])
    .map(({ raw }) => raw)
    .filter((raw) => actions.every(({ written }) => written !== raw));
  const own = { actions: [...halves.limited, ...beyond], resources: arns.length === 1 ? arns[0]! : arns, suffix: '' };
  const other = {
    actions: halves.unlimited,
    resources: wide.includes('*') ? '*' : wide.length === 1 ? kept : wide,
    suffix: 'OnAll',
  };
  const inPlace = canStandBeside(policy, statement) && textsOf(statement.resources) !== undefined;
  if (!inPlace)
    return isOnlyStar(statement, at) && statement.when.yes.isAlways() && policy.statements.length === 1
      ? { title, safe: false, uncovers: 'part', edits: [splitAlone(policy, statement, own, other)] }
      : undefined;
  return {
    title,
    safe: false,
    uncovers: 'part',
    edits: [
      ...removals(policy, statement, new Set(own.actions)),
      ...narrower,
      insertedBeside(policy, statement, other),
    ],
  };
}

/** A string with the length of a written resource in AWS, with typical lengths for interpolated parts. */
function lengthOf(arn: NewValue): string {
  const pieces = arn instanceof NewText ? arn.pieces : [arn];
  return pieces
    .map((piece) => (typeof piece === 'string' ? piece : '?'.repeat(piece instanceof NewPseudo ? 12 : 60)))
    .join('');
}

/** The resource of a statement that matches all resources of some services, where it can be narrowed. */
export function reachOf(statement: Statement, actionsOf: ActionsOf, services: ReadonlySet<string>): Value | undefined {
  const actions = actionsIn(statement, actionsOf);
  return actions && widestOf(statement, actions, services);
}

function actionsIn({ actions }: Statement, actionsOf: ActionsOf): readonly WrittenAction[] | undefined {
  return readActions(
    (textsOf(actions) ?? []).map(({ raw }) => raw),
    actionsOf,
  );
}

function isOnlyStar(statement: Statement, at: Value): boolean {
  const texts = textsOf(statement.resources);
  return texts?.length === 1 && texts[0] === at;
}

/** Removes the actions that move to another statement. */
function removals({ host }: PolicyDocument, { actions }: Statement, kept: ReadonlySet<string>): readonly Edit[] {
  return (textsOf(actions) ?? [])
    .filter(({ raw }) => !kept.has(raw))
    .map((target): Edit => ({ op: 'removeItem', resource: host, target, unlessCommented: true }));
}

/** The title: the restriction comes first, because the end may be cut off; then the removed actions, and those that stay on the wildcard. */
function titleOf(
  actions: readonly WrittenAction[],
  offers: readonly Offer[],
  unlimited: readonly string[],
  wide: string,
  isBeside: boolean,
): string {
  const [first, ...others] = actions.filter(({ limited }) => limited.length > 0);
  // The service is named once, if there is only one.
  const isAlone = actions.every(({ service }) => service === first!.service);
  const own = (name: string): string => (isAlone ? name.slice(name.indexOf(':') + 1) : name);
  const beside =
    others.length === 0 ? '' : ` and ${others.length === 1 ? own(others[0]!.written) : `${others.length} more`}`;
  const lost = offers.reduce((sum, offer) => sum + offer.lost.length, 0);
  const drops = lost === 0 ? [] : [`removes ${lost} ${lost === 1 ? 'action' : 'actions'}`];
  const stays =
    unlimited.length === 0
      ? []
      : [
          `${unlimited.length === 1 ? `${own(unlimited[0]!)} stays` : `${unlimited.length} account-level actions stay`} on ${wide}${unlimited.length === 1 ? '' : gravest(actions)}`,
        ];
  const where = [...new Set(offers.flatMap((offer) => offer.where || []))];
  const kept = isBeside ? ['keeps the other listed resources'] : [];
  const cost = [...where, ...kept, ...drops, ...stays];
  return `Restrict ${first!.written}${beside} to ${offers.map(({ called }) => called).join(' and ')}${cost.length === 0 ? '' : ` (${cost.join('; ')})`}`;
}
