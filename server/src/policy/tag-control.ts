/** Access that depends on tags of resources, and who can set those tags. */
import { all, any, exists, is, judgement, NO, not, UNKNOWABLE, YES, type Judgement } from '../model/judgement.ts';
import { itemsOf, leaves } from '../model/navigate.ts';
import type { Condition, Statement } from '../model/policy.ts';
import type { Element } from '../model/value.ts';
import { actionPattern, isEverything, isWholeService } from './action.ts';
import type { Allowance } from './allowance.ts';
import type { KeyData } from './condition-keys.ts';
import { holdForEvery } from './every-request.ts';
import { limiting } from './limiting.ts';
import { readOperator } from './condition-operator.ts';
import { EVERY_RESOURCE, everythingOf } from './resource-pattern.ts';
import { conditional } from './scope.ts';
import { namesAction } from './statement-names.ts';
import { fits } from './wildcard.ts';
import { isDeny } from './in-force.ts';

/** A condition that a resource has a tag. */
export interface TagCondition {
  readonly condition: Condition;
  readonly tag: string;
}

/**
 * The conditions of a statement that resources have a tag with some value, and are not met by those without. Tags that begin with `aws:` are set by
 * AWS alone. https://docs.aws.amazon.com/keyspaces/latest/APIReference/API_Tag.html
 */
export function tagConditions({ conditions }: Statement): readonly TagCondition[] {
  return conditions.flatMap((condition) => {
    const tag = /^[a-z0-9-]+:resourcetag\/(.+)$/i.exec(condition.key)?.[1];
    const operator = readOperator(condition.operator);
    return tag !== undefined &&
      !/^aws:/i.test(tag) &&
      operator?.family === 'String' &&
      !operator.negated &&
      !operator.holdsWithoutKey
      ? [{ condition, tag }]
      : [];
  });
}

/** The prefixes of the services whose actions a statement names, in lower case. */
export function servicesOf({ actions }: Pick<Allowance, 'actions'>): ReadonlySet<string> {
  return new Set(
    actions.items.flatMap(({ value }) =>
      leaves(value).flatMap(({ value: leaf }) => {
        const service = leaf.state === 'known' ? actionPattern(leaf.raw)?.service : undefined;
        return service === undefined || /[*?]/.test(service) ? [] : [service];
      }),
    ),
  );
}

/** An action by which tags can be set on every resource of its service. */
export interface Tagging {
  readonly item: Element;
  readonly service: string;
  /** Its name, where the statement has a pattern one of several. */
  readonly action: string;
  /** Where the statement names it and reaches everything. */
  readonly there: Judgement;
}

/** Tagging actions that set tags, by their names. Those that take tags away make nothing accessible that asks for one. */
const SETS_TAGS = /^(?:Tag|CreateTags$|AddTags|Put\w*Tag|Set\w*Tag|ChangeTags|Create\w*Tag)/;

/** The tagging actions of a statement that no condition limits. All of a service leaves nothing to get by tags. */
export function taggingOf(
  { statement, actions }: Pick<Allowance, 'statement' | 'actions'>,
  services: ReadonlySet<string>,
  data: KeyData,
): readonly Tagging[] {
  const resources = itemsOf(statement.resources, true);
  return actions.items.flatMap((item): readonly Tagging[] =>
    leaves(item.value).flatMap(({ value: leaf }) => {
      const pattern = leaf.state === 'known' ? actionPattern(leaf.raw) : undefined;
      if (!pattern || isEverything(pattern) || isWholeService(pattern) || !services.has(pattern.service)) return [];
      const action = data
        .actions(pattern.service)
        ?.matching(pattern.name)
        .find(({ name, level }) => level === 'tagging' && SETS_TAGS.test(name));
      if (!action) return [];
      const reaches = exists(resources, ({ value }) =>
        any(is(value, EVERY_RESOURCE), is(value, everythingOf(pattern.service))),
      );
      const name = `${pattern.service}:${action.name}`;
      return [
        {
          item,
          service: pattern.service,
          action: name,
          there: all(
            judgement(statement.when),
            judgement(item.when),
            not(conditional(limiting(statement, data, [name]))),
            reaches,
          ),
        },
      ];
    }),
  );
}

/**
 * Where a statement that denies something keeps an action from setting a tag: whatever it sets, where the tag is among those that are sent, or where its value or the
 * resource is another one than is named. One with conditions on something else does where these hold for every request. Of a denial with several conditions, or for some resources,
 * it is not known.
 */
export function keepsTag(statement: Statement, action: string, tag: string): Judgement {
  const named = namesAction(statement, action);
  if (named.no.isAlways()) return named;
  const [condition, ...more] = statement.conditions;
  const reaches = exists(itemsOf(statement.resources, true), ({ value }) =>
    any(is(value, EVERY_RESOURCE), is(value, everythingOf(action.split(':')[0]!))),
  );
  const kept = !reaches.yes.satisfiable()
    ? UNKNOWABLE
    : !statement.conditions.some(isAboutTags)
      ? holdForEvery(statement)
      : more.length > 0
        ? UNKNOWABLE
        : aboutTag(condition!, tag);
  return all(judgement(statement.when), isDeny(statement), named, kept);
}

function isAboutTags({ key }: Condition): boolean {
  return /^aws:(?:requesttag\/|tagkeys$)|^[a-z0-9-]+:resourcetag\//i.test(key);
}

function aboutTag({ key, operator: written, values }: Condition, tag: string): Judgement {
  const operator = readOperator(written);
  const lower = key.toLowerCase();
  const texts = itemsOf(values, true).items.flatMap(({ value }) =>
    leaves(value).flatMap(({ value: leaf }) => (leaf.state === 'known' ? [leaf.raw.toLowerCase()] : [])),
  );
  const isSent = lower === `aws:requesttag/${tag.toLowerCase()}` || lower === 'aws:tagkeys';
  const isResource = /^[a-z0-9-]+:resourcetag\/./.test(lower);
  if (!operator || !(isSent || isResource)) return UNKNOWABLE;
  // A denial of what lacks the key is about other requests than those that set the tag, and about all resources but those that have one.
  if (operator.family === 'Null')
    return texts.length !== 1 ? UNKNOWABLE : (texts[0] === 'true') === isResource ? YES : isSent ? NO : UNKNOWABLE;
  if (lower !== 'aws:tagkeys') return operator.negated ? YES : UNKNOWABLE;
  if (operator.qualifier === 'ForAllValues') return UNKNOWABLE;
  return texts.length > 0 && texts.some((one) => fits(tag.toLowerCase(), one)) !== operator.negated ? YES : UNKNOWABLE;
}
