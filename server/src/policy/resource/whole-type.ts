/**
 * Resources of statements that match all resources of a type, in every Region and account, such as
 * `arn:aws:dynamodb:*:*:table/*`.
 */
import { flatMap } from '../../base/flat-map.ts';
import { memoizeText } from '../../base/memoize.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Statement } from '../../model/policy.ts';
import type { Leaf, Value } from '../../model/value.ts';
import type { Action, ServiceActions } from '../data/action.ts';
import { coveredFormats } from './arn-shape.ts';
import { namesOtherService } from './resource-arn.ts';
import { shapeOf } from '../text/unknown-piece.ts';

/** The maximum number of resources of a statement that are combined. */
const MOST_RESOURCES = 64;

/** The resource strings of a statement that can match all resources of a type. */
export function wideTextsOf({ resources }: Statement): readonly string[] {
  return flatMap(itemsOf(resources, true).items.slice(0, MOST_RESOURCES), ({ value }) =>
    flatMap(leaves(value), ({ value: leaf }) => wideTextOf(leaf) ?? []),
  );
}

/** The strings of a resource that can match all resources of a type. */
export function textsIn(resource: Value): readonly string[] {
  return flatMap(leaves(resource), ({ value }) => wideTextOf(value) ?? []);
}

function wideTextOf(leaf: Leaf): string | undefined {
  const text = leaf.state === 'known' ? leaf.raw : leaf.state === 'template' ? shapeOf(leaf) : undefined;
  return text?.endsWith('*') ? text : undefined;
}

/**
 * The types for which a resource of a statement allows an action on all their resources, given all broad resources of
 * the statement; none if it is narrower. An action that requires several types applies to all resources of them only if
 * each type is listed as a whole: the subnet also restricts which instances can be run.
 */
export function wholeTypesFor(
  resource: string,
  all: readonly string[],
  service: ServiceActions,
  action: Action,
): readonly string[] {
  const whole = formatsOf(service, resource);
  if (whole.size === 0 || !isAnywhere(resource)) return [];
  const forms = flatMap(action.resources, ({ type, required }) => {
    const arn = service.resourceType(type)?.arn;
    return arn === undefined ? [] : [{ type, required, arn }];
  });
  const types = forms.filter(({ arn }) => whole.has(arn) && !assignsId(action, arn)).map(({ type }) => type);
  const needed = forms.filter(({ required }) => required);
  return needed.every(({ arn }) => all.some((pattern) => formatsOf(service, pattern).has(arn))) ? types : [];
}

/** The number of results that are cached for each service. */
const MOST_ANSWERS = 4096;

/** The ARN formats of a service all whose resources a pattern matches. */
const formatsOf = memoizeText(
  (service: ServiceActions, pattern: string): ReadonlySet<string> =>
    namesOtherService(service, pattern.split(':', 3)[2] ?? '')
      ? NONE
      : new Set(
          coveredFormats(
            service.resourceTypes.map(({ arn }) => arn),
            pattern,
          ),
        ),
  MOST_ANSWERS,
);

const NONE: ReadonlySet<string> = new Set();

/** Whether an action creates resources whose IDs AWS assigns, so that only a wildcard can match them. */
function assignsId({ name }: Action, form: string): boolean {
  return /^(?:Allocate|Copy|Create|Import|Register|Request|Restore|Run)/.test(name) && /Id\}$/.test(form);
}

/** Whether an ARN has neither a Region nor an account. A trailing wildcard matches missing fields. */
export function isAnywhere(arn: string): boolean {
  return arn
    .split(':')
    .slice(3, 5)
    .every((field) => /^\**$/.test(field));
}
