/** Tag-based access control, and the principals that can change the tags. */
import { flatMap } from '../../base/flat-map.ts';
import { all, any, exists, is, judgement, NO, not, UNKNOWABLE, YES, type Judgement } from '../../model/judgement.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Condition, Statement } from '../../model/policy.ts';
import type { Element } from '../../model/value.ts';
import { actionPattern, isEverything, isWholeService } from '../data/action.ts';
import type { Allowance } from './allowance.ts';
import type { KeyData } from '../condition/condition-keys.ts';
import { holdForEvery } from '../condition/every-request.ts';
import { limiting } from './limiting.ts';
import { readOperator } from '../text/condition-operator.ts';
import { EVERY_RESOURCE, everythingOf } from '../resource/resource-pattern.ts';
import { conditional } from '../condition/scope.ts';
import { namesAction } from '../resource/statement-names.ts';
import { fits } from '../text/wildcard.ts';
import { isDeny } from '../condition/in-force.ts';

/** A condition on a tag of the resource. */
export interface TagCondition {
  readonly condition: Condition;
  readonly tag: string;
}

/**
 * The conditions of a statement that require a tag of the resource and are not met by untagged resources. Tags that
 * begin with `aws:` are excluded, because only AWS sets them.
 * https://docs.aws.amazon.com/keyspaces/latest/APIReference/API_Tag.html
 */
export function tagConditions({ conditions }: Statement): readonly TagCondition[] {
  return flatMap(conditions, (condition) => {
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

/** The prefixes of the services in the actions of a statement, in lower case. */
export function allowedServices({ actions }: Pick<Allowance, 'actions'>): ReadonlySet<string> {
  return new Set(
    flatMap(actions.items, ({ value }) =>
      flatMap(leaves(value), ({ value: leaf }) => {
        const service = leaf.state === 'known' ? actionPattern(leaf.raw)?.service : undefined;
        return service === undefined || /[*?]/.test(service) ? [] : [service];
      }),
    ),
  );
}

/** A tagging action that is allowed on all resources of its service. */
export interface Tagging {
  readonly item: Element;
  readonly service: string;
  /** Its name, also if the entry has a pattern for several actions. */
  readonly action: string;
  /** Where the statement allows it on all resources. */
  readonly there: Judgement;
}

/** Names of actions that set tags. Actions that remove tags grant no access to resources that require a tag. */
const SETS_TAGS = /^(?:Tag|CreateTags$|AddTags|Put\w*Tag|Set\w*Tag|ChangeTags|Create\w*Tag)/;

/**
 * The tagging actions that a statement allows without a limiting condition. Access to a whole service is excluded,
 * because it does not depend on tags.
 */
export function taggingOf(
  { statement, actions }: Pick<Allowance, 'statement' | 'actions'>,
  services: ReadonlySet<string>,
  data: KeyData,
): readonly Tagging[] {
  const resources = itemsOf(statement.resources, true);
  return flatMap(actions.items, (item): readonly Tagging[] =>
    flatMap(leaves(item.value), ({ value: leaf }) => {
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
 * Where a Deny statement prevents an action from setting a tag: without regard to tags, if the sent tags include it, or
 * if its value or the resource is not allowed. A Deny statement with other conditions counts if every request meets
 * them. Unknown if it has several conditions or names only some resources.
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
  const texts = flatMap(itemsOf(values, true).items, ({ value }) =>
    flatMap(leaves(value), ({ value: leaf }) => (leaf.state === 'known' ? [leaf.raw.toLowerCase()] : [])),
  );
  const isSent = lower === `aws:requesttag/${tag.toLowerCase()}` || lower === 'aws:tagkeys';
  const isResource = /^[a-z0-9-]+:resourcetag\/./.test(lower);
  if (!operator || !(isSent || isResource)) return UNKNOWABLE;
  // A Deny statement for requests without the key does not apply to requests that set the tag; for a resource tag, it
  // applies to all untagged resources.
  if (operator.family === 'Null')
    return texts.length !== 1 ? UNKNOWABLE : (texts[0] === 'true') === isResource ? YES : isSent ? NO : UNKNOWABLE;
  if (lower !== 'aws:tagkeys') return operator.negated ? YES : UNKNOWABLE;
  if (operator.qualifier === 'ForAllValues') return UNKNOWABLE;
  return texts.length > 0 && texts.some((one) => fits(tag.toLowerCase(), one)) !== operator.negated ? YES : UNKNOWABLE;
}
