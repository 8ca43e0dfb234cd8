/** Fixes that replace a wildcard resource, or an equivalent pattern, by the resources that an author may intend. */
import { flatMap } from '../../base/flat-map.ts';
import { NewPseudo, NewText, type Edit, type Fix, type NewValue } from '../../model/edit.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { Value } from '../../model/value.ts';
import { mayDeny } from '../condition/in-force.ts';
import { textOfNew, textOfWritten } from '../statement/new-text.ts';
import { resourceCovers } from '../statement/redundant.ts';
import { canBeReplaced } from '../resource/rewritten.ts';
import { lengthOfList, remainingLength } from '../statement/remaining-length.ts';
import { readActions, split, type ActionsOf, type WrittenAction } from '../statement/split-statement.ts';
import {
  canAddStatement,
  insertedBeside,
  isPlainStatement,
  replacedBy,
  splitOnlyStatement,
  takesSeveral,
  textsOf,
} from '../statement/statement-edits.ts';
import { combinedOffers, offersFor, type NarrowedWildcard, type ResourceOffer } from './resource-offers.ts';
import { titleOf } from './restriction-title.ts';
import { broadResourcesAt, broadestOf, type BroadResources } from '../resource/broad-resources.ts';

/**
 * Fixes that replace a wildcard by resources: the only one of the stack, each of several, or all of the types that the
 * actions support. Actions without resource-level permissions keep the wildcard in a separate statement with the same
 * conditions.
 */
export function narrowedResources(narrowed: NarrowedWildcard): readonly Fix[] {
  const { policy, statement, at, actionsOf } = narrowed;
  if (mayDeny(statement) || !isPlainStatement(statement) || !takesSeveral(statement.resources, at)) return [];
  const actions = actionsIn(statement, actionsOf);
  const wide = actions && broadResourcesAt(statement, at, actions);
  // Terraform references are expressions, which are not edited.
  if (
    !wide?.actions.some(({ limited }) => limited.length > 0) ||
    [wide.at, ...wide.others].some((one) => !canBeReplaced(one, policy.host))
  )
    return [];
  return flatMap(combinedOffers(offersFor(narrowed, wide)), (offers) => fixWith(narrowed, wide, offers) ?? []);
}

function fixWith(
  { policy, statement, stack, quotaOf }: NarrowedWildcard,
  { at, others, actions }: BroadResources,
  offers: readonly ResourceOffer[],
): Fix | undefined {
  const arns = flatMap(offers, (offer) => offer.arns);
  const wide = flatMap([at, ...others], (one) => (one.state === 'known' ? [one.raw] : []));
  if (at.state === 'known' && arns.includes(at.raw)) return undefined;
  // Existing entries are kept.
  const listed = itemsOf(statement.resources, true).items.filter(
    ({ value, when }) => value !== at && !others.some((one) => one === value) && when.yes.isAlways(),
  );
  const texts = arns.map(textOfNew);
  const existing = listed.map(({ value }) => (value.state === 'choice' ? undefined : textOfWritten(value)));
  const fresh = arns.filter(
    (arn, index) => !(typeof arn === 'string' && wide.includes(arn)) && !existing.includes(texts[index]),
  );
  // Entries that the new ones cover would be redundant.
  const covered = listed
    .filter(
      (_, index) =>
        existing[index] !== undefined &&
        !texts.includes(existing[index]) &&
        texts.some((text) => resourceCovers(text, existing[index]!)),
    )
    .map(({ value }) => value);
  const going = [...others.filter((one) => one.state !== 'known' || !arns.includes(one.raw)), ...covered];
  const halves = split(actions);
  const [kept = '*'] = wide;
  const isBeside = listed.some(
    ({ value }, index) =>
      !covered.includes(value) && (existing[index] === undefined || !texts.includes(existing[index])),
  );
  const title = titleOf(actions, offers, halves?.unlimited ?? [], kept, isBeside);
  const narrower = [
    ...replacedBy(policy, statement.resources, at, fresh),
    ...going.map((target): Edit => ({ op: 'removeItem', resource: policy.host, target })),
  ];
  const longer = lengthOfList(arns.map(lengthOf)) + (halves ? lengthOfList(halves.unlimited) + 120 : 0);
  if (longer > remainingLength(policy, quotaOf, stack)) return undefined;
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
  const inPlace = canAddStatement(policy, statement) && textsOf(statement.resources) !== undefined;
  if (!inPlace)
    return isOnlyStar(statement, at) && statement.when.yes.isAlways() && policy.statements.length === 1
      ? { title, safe: false, uncovers: 'part', edits: [splitOnlyStatement(policy, statement, own, other)] }
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

/** A string with the length of a resource when deployed, with typical lengths for interpolated parts. */
function lengthOf(arn: NewValue): string {
  const pieces = arn instanceof NewText ? arn.pieces : [arn];
  return pieces
    .map((piece) => (typeof piece === 'string' ? piece : '?'.repeat(piece instanceof NewPseudo ? 12 : 60)))
    .join('');
}

/** The resource of a statement that matches all resources of some services, if it can be narrowed. */
export function broadResourceOf(
  statement: Statement,
  actionsOf: ActionsOf,
  services: ReadonlySet<string>,
): Value | undefined {
  const actions = actionsIn(statement, actionsOf);
  return actions && broadestOf(statement, actions, services);
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

/** Removes the actions that move to the separate statement. */
function removals({ host }: PolicyDocument, { actions }: Statement, kept: ReadonlySet<string>): readonly Edit[] {
  return (textsOf(actions) ?? [])
    .filter(({ raw }) => !kept.has(raw))
    .map((target): Edit => ({ op: 'removeItem', resource: host, target, unlessCommented: true }));
}
