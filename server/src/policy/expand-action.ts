/** What a wildcard among actions stands for today, and which part of it somebody may mean. */
import { some } from '../base/words.ts';
import type { AccessLevel, Action, ServiceActions } from './action.ts';
import { typesOf } from './resource-arn.ts';
import { fits } from './wildcard.ts';

/** A part of what actions do, for somebody who needs no more than that. */
export interface Part {
  readonly levels: readonly AccessLevel[];
  /** In the middle of a sentence: the 42 *reading* actions of s3. */
  readonly called: string;
  /** Whether what gives permissions is in it, whatever its level. */
  readonly decides: boolean;
}

/** From little to much. Nobody needs to write without reading as a rule, and few need to decide who may do what. */
export const PARTS: readonly Part[] = [
  { levels: ['list', 'read'], called: 'reading', decides: true },
  { levels: ['list', 'read', 'tagging', 'write'], called: 'reading and writing', decides: false },
];

/** The actions of some levels. */
export function ofLevels(actions: readonly Action[], levels: readonly AccessLevel[]): readonly Action[] {
  return actions.filter(({ level }) => levels.includes(level));
}

/**
 * The actions that can be allowed on resources by these ARNs, with wildcards in them or not. One that takes no resource is not allowed by
 * a statement that names some: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_actions-resources-contextkeys.html
 */
export function usableOn(
  service: ServiceActions,
  actions: readonly Action[],
  arns: readonly string[],
): readonly Action[] {
  if (arns.some((arn) => /^\*+$/.test(arn))) return actions;
  const types = new Set(arns.flatMap((arn) => typesOf(service, arn).map(({ name }) => name)));
  return actions.filter(({ resources }) => resources.some(({ type }) => types.has(type)));
}

/** The actions that none of these patterns of names covers. */
export function notCovered(actions: readonly Action[], patterns: readonly string[]): readonly Action[] {
  const lower = patterns.map((pattern) => pattern.toLowerCase());
  return actions.filter(({ name }) => !lower.some((pattern) => fits(name.toLowerCase(), pattern)));
}

/** The verbs by which people know what they lose: what writes first, then what deletes. */
const TELLING: readonly RegExp[] = [
  /^(?:Put|Send|Publish|Update|Modify|Run|Start|Write)/,
  /^(?:Delete|Terminate|Remove)/,
];

/**
 * Two actions that stand for many when it is said what is no longer allowed, and how many more there are.
 * @param called How one is named; by its name alone where all are of one service.
 */
export function examplesOf(
  actions: readonly Action[],
  called: (action: Action) => string = ({ name }) => name,
): string {
  const shortest = (from: readonly Action[]): Action | undefined =>
    from.toSorted((one, other) => one.name.length - other.name.length || (one.name < other.name ? -1 : 1))[0];
  const chosen = new Set<Action>();
  for (const verb of TELLING) {
    const found = shortest(actions.filter(({ name, level }) => verb.test(name) && level !== 'tagging'));
    if (found) chosen.add(found);
  }
  while (chosen.size < Math.min(2, actions.length))
    chosen.add(shortest(actions.filter((action) => !chosen.has(action)))!);
  const others = actions.filter((action) => !chosen.has(action));
  return some([...chosen, ...others].map(called), chosen.size);
}
