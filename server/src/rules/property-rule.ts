import type { Fix, NewValue } from '../model/edit.ts';
import { all, any, is, isAbsent, not, type Judgement, type Predicate } from '../model/judgement.ts';
import type { Resource } from '../model/resource.ts';
import { NOT_SET } from '../model/shown.ts';
import { defineRule, type AnyRule, type Context, type ResourceOf, type RuleMetadata } from './rule.ts';
import type { ResourcePaths, ResourceType } from './resource-paths.ts';

/** The common shape of a rule: one property of one type must not have some values, and perhaps must be there. */
export interface PropertyRule<T extends ResourceType> extends RuleMetadata {
  readonly type: T;
  readonly property: ResourcePaths[T];
  /** Other properties that are looked at. */
  readonly alsoReads: readonly ResourcePaths[T][];
  /** What a written value must not be. */
  readonly bad: Predicate;
  /** Whether it is wrong that nothing is written: always, or as far as a judgement says. */
  readonly absence: (resource: ResourceOf<T>, context: Context) => Judgement;
  /** Where the property does not count, because something else decides. */
  readonly exempt: (resource: ResourceOf<T>, context: Context) => Judgement;
  /** What to write instead, and the fix's title, given the property in the author's words. */
  readonly write: { readonly value: NewValue; readonly title: (property: string) => string };
  /** The finding's message, given the resource, the property in the author's words, and the value or undefined. */
  readonly message: (resource: Resource, property: string, shown: string | undefined) => string;
}

export function propertyRule<T extends ResourceType>(rule: PropertyRule<T>): AnyRule {
  const { type, property, alsoReads, bad, absence, exempt, write, message, ...metadata } = rule;
  return defineRule<T>({
    ...metadata,
    on: 'resource',
    reads: { [type]: [property, ...alsoReads] } as never,
    *check(resource, context) {
      const value = (resource as Resource).get(property);
      const native = (): string => (resource as Resource).nativePath(property);
      const counts = not(exempt(resource, context));
      const fixes = (): readonly Fix[] => [{
        title: write.title(native()), safe: metadata.fix === 'safe',
        edits: [{ op: 'set', resource: resource as Resource, path: property, value: write.value }],
      }];
      yield {
        faults: [{ wrong: all(any(is(value, bad), all(isAbsent(value), absence(resource, context))), counts), at: value }],
        message: (shown) => message(resource as Resource, native(), shown === NOT_SET ? undefined : shown),
        fixes,
      };
    },
  });
}
