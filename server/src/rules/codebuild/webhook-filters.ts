/** The filters of CodeBuild webhooks, which decide the events that start a build. */
import { all, any, is, judgement, not, type Judgement, type Predicate } from '../../model/judgement.ts';
import { itemsOf, itemsOfProperty, member } from '../../model/navigate.ts';
import { isTrue, oneOf, text } from '../../model/predicate.ts';
import type { Value } from '../../model/value.ts';

export const FILTER_GROUPS = 'Triggers.FilterGroups';

/** The documentation of filters. */
export const FILTER_SOURCE = {
  'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_WebhookFilter.html':
    'The pattern is a regular expression. It does not need to match the whole value: ^refs/heads/ matches the reference of each branch. With ExcludeMatchedPattern, an event that matches starts no build.',
  'https://docs.aws.amazon.com/codebuild/latest/userguide/webhooks.html':
    'For public repositories, ACTOR_ACCOUNT_ID filters specify which users can start a build.',
};

export interface WebhookFilter {
  readonly pattern: Value;
  readonly when: Judgement;
  /** Whether it names the accounts whose events start builds. */
  readonly allowsActors: Judgement;
  /** Whether it names events that anyone who opens a pull request causes. */
  readonly startsForPullRequests: Judgement;
}

export interface FilterGroup {
  readonly filters: readonly WebhookFilter[];
  readonly when: Judgement;
}

/** The filter groups of a webhook. An event starts a build if it passes all filters of a group. */
export function filterGroups(groups: Value): readonly FilterGroup[] {
  return itemsOfProperty(groups).items.map((group) => ({
    when: judgement(group.when),
    filters: itemsOf(group.value).items.map(({ value, when }) => {
      const [type, pattern] = [member(value, 'Type'), member(value, 'Pattern')];
      return {
        pattern,
        when: judgement(when),
        allowsActors: all(is(type, ACTOR), not(is(member(value, 'ExcludeMatchedPattern'), isTrue))),
        startsForPullRequests: all(is(type, EVENT), is(pattern, PULL_REQUEST)),
      };
    }),
  }));
}

/** Whether the pull requests of any account start a build. */
export function anyonesPullRequests({ filters, when }: FilterGroup): Judgement {
  return all(
    when,
    any(...filters.map((filter) => all(filter.when, filter.startsForPullRequests))),
    not(any(...filters.map((filter) => all(filter.when, filter.allowsActors)))),
  );
}

const ACTOR = oneOf('ACTOR_ACCOUNT_ID');
const EVENT = oneOf('EVENT');
const PULL_REQUEST = text((events) => /\bPULL_REQUEST_(?:CREATED|UPDATED|REOPENED)\b/.test(events));

/** A pattern that also matches longer values than it names. What cannot be resolved is decided elsewhere. */
export const IS_PARTIAL: Predicate = {
  known: ({ raw }) => !isAnchored(raw),
  // Interpolated values are account IDs.
  text: ({ pieces }) => !isAnchored(pieces.map((piece) => (typeof piece === 'string' ? piece : '0')).join('')),
  reference: () => false,
  collection: false,
  unknown: false,
};

/** Whether each alternative of a regular expression begins with `^` and ends with `$`. */
export function isAnchored(pattern: string): boolean {
  return alternatives(pattern.replace(/^\(\?[a-z]+\)/, '')).every((one) => {
    const inner = onlyGroup(one);
    return inner === undefined ? /^(?:\^|\\A).*(?:\$|\\[zZ])$/s.test(plain(one)) : isAnchored(inner);
  });
}

/** A pattern without escaped characters, except anchors. */
function plain(pattern: string): string {
  return pattern.replace(/\\(?![AzZ])./gs, 'x');
}

/** The alternatives outside of groups and character classes. */
function alternatives(pattern: string): readonly string[] {
  const found: string[] = [];
  let [depth, start, inClass] = [0, 0, false];
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern[at];
    if (sign === '\\') at++;
    else if (inClass) inClass = sign !== ']';
    else if (sign === '[') inClass = true;
    else if (sign === '(') depth++;
    else if (sign === ')') depth--;
    else if (sign === '|' && depth === 0) {
      found.push(pattern.slice(start, at));
      start = at + 1;
    }
  }
  return [...found, pattern.slice(start)];
}

/** The content of a group that is the whole pattern. */
function onlyGroup(pattern: string): string | undefined {
  const inner = /^\((?:\?:)?([^()]*)\)$/.exec(plain(pattern))
    ? pattern.replace(/^\((?:\?:)?/, '').slice(0, -1)
    : undefined;
  return inner;
}
