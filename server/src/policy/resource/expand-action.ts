/** The actions that a wildcard currently matches, and the subsets of them that an author may intend. */
import { flatMap } from '../../base/flat-map.ts';
import { some } from '../../base/words.ts';
import type { AccessLevel, Action, ServiceActions } from '../data/action.ts';
import { typesOf } from './resource-arn.ts';
import { fits } from '../text/wildcard.ts';

/** A subset of actions by access level, as a narrower alternative. */
export interface ActionSubset {
  readonly levels: readonly AccessLevel[];
  /** Its name in a fix title: the 42 *read* actions of s3. */
  readonly called: string;
  /** Whether it includes actions that grant permissions, at any level. */
  readonly decides: boolean;
}

/**
 * From the fewest to the most permissions. Write access usually requires read access; few workloads manage permissions.
 */
export const ACTION_SUBSETS: readonly ActionSubset[] = [
  { levels: ['list', 'read'], called: 'read', decides: true },
  { levels: ['list', 'read', 'tagging', 'write'], called: 'read and write', decides: false },
];

/** The actions of some access levels. */
export function ofLevels(actions: readonly Action[], levels: readonly AccessLevel[]): readonly Action[] {
  return actions.filter(({ level }) => levels.includes(level));
}

/**
 * The actions that support resources with the given ARNs or ARN patterns. A statement with specific resources does not
 * allow actions without resource-level permissions:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_actions-resources-contextkeys.html
 */
export function usableOn(
  service: ServiceActions,
  actions: readonly Action[],
  arns: readonly string[],
): readonly Action[] {
  if (arns.some((arn) => /^\*+$/.test(arn))) return actions;
  const types = new Set(flatMap(arns, (arn) => typesOf(service, arn).map(({ name }) => name)));
  return actions.filter(({ resources }) => resources.some(({ type }) => types.has(type)));
}

/** The actions that none of these name patterns covers. */
export function notCovered(actions: readonly Action[], patterns: readonly string[]): readonly Action[] {
  const lower = patterns.map((pattern) => pattern.toLowerCase());
  return actions.filter(({ name }) => !lower.some((pattern) => fits(name.toLowerCase(), pattern)));
}

/** The verbs of the most recognizable actions: first write actions, then deletions. */
const RECOGNIZABLE: readonly RegExp[] = [
  /^(?:Put|Send|Publish|Update|Modify|Run|Start|Write)/,
  /^(?:Delete|Terminate|Remove)/,
];

/**
 * Two examples of the actions that are no longer allowed, and the number of further ones.
 * @param called The name of an action; by default without its service.
 */
export function examplesOf(
  actions: readonly Action[],
  called: (action: Action) => string = ({ name }) => name,
): string {
  const shortest = (from: readonly Action[]): Action | undefined =>
    from.toSorted((one, other) => one.name.length - other.name.length || (one.name < other.name ? -1 : 1))[0];
  const chosen = new Set<Action>();
  for (const verb of RECOGNIZABLE) {
    const found = shortest(actions.filter(({ name, level }) => verb.test(name) && level !== 'tagging'));
    if (found) chosen.add(found);
  }
  while (chosen.size < Math.min(2, actions.length))
    chosen.add(shortest(actions.filter((action) => !chosen.has(action)))!);
  const others = actions.filter((action) => !chosen.has(action));
  return some([...chosen, ...others].map(called), chosen.size);
}
