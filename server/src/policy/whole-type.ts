/**
 * Resources of statements that stand for all resources of a type, in every Region and account, such as `arn:aws:dynamodb:*:*:table/*`: they leave out nothing that
 * an action on that type could be about.
 */
import { itemsOf, leaves } from '../model/navigate.ts';
import type { Statement } from '../model/policy.ts';
import type { Leaf, Value } from '../model/value.ts';
import type { Action, ServiceActions } from './action.ts';
import { every } from './arn-shape.ts';
import { shapeOf } from './hole.ts';

/** The most resources of a statement that are put together. */
const MOST_RESOURCES = 64;

/** The texts of the resources of a statement, as far as they can stand for all of something. */
export function wideTextsOf({ resources }: Statement): readonly string[] {
  return itemsOf(resources, true)
    .items.slice(0, MOST_RESOURCES)
    .flatMap(({ value }) => leaves(value).flatMap(({ value: leaf }) => wideTextOf(leaf) ?? []));
}

/** The texts that one resource can be and that can stand for all of something. */
export function textsIn(resource: Value): readonly string[] {
  return leaves(resource).flatMap(({ value }) => wideTextOf(value) ?? []);
}

function wideTextOf(leaf: Leaf): string | undefined {
  const text = leaf.state === 'known' ? leaf.raw : leaf.state === 'text' ? shapeOf(leaf) : undefined;
  return text?.endsWith('*') ? text : undefined;
}

/**
 * The types on all resources of which an action is allowed by one resource of a statement, given all that are wide there; none where it is about less. An action
 * that needs several types is about all of them where each stands there as a whole: instances are also told apart by the subnet in which they are run.
 */
export function wholeTypesFor(
  resource: string,
  all: readonly string[],
  service: ServiceActions,
  action: Action,
): readonly string[] {
  const forms = action.resources.flatMap(({ type, required }) => {
    const arn = service.resourceType(type)?.arn;
    return arn === undefined ? [] : [{ type, required, arn }];
  });
  const isWhole = (form: string, pattern: string): boolean => every([form])(pattern) === true;
  const types = forms.filter(({ arn }) => isWhole(arn, resource) && !isMadeThere(action, arn)).map(({ type }) => type);
  const needed = forms.filter(({ required }) => required);
  return isAnywhere(resource) && needed.every(({ arn }) => all.some((pattern) => isWhole(arn, pattern))) ? types : [];
}

/** Whether an action makes resources whose ids AWS chooses, so that only a wildcard can name them. */
function isMadeThere({ name }: Action, form: string): boolean {
  return /^(?:Allocate|Copy|Create|Import|Register|Request|Restore|Run)/.test(name) && /Id\}$/.test(form);
}

/** Whether an ARN gives neither the Region nor the account. A wildcard at the end of fewer fields stands for those that are missing. */
export function isAnywhere(arn: string): boolean {
  return arn
    .split(':')
    .slice(3, 5)
    .every((field) => /^\**$/.test(field));
}
