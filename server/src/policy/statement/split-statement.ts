/**
 * Splits the actions of a statement into those with resource-level permissions and those without. The two parts
 * together have the same effect.
 */
import { flatMap } from '../../base/flat-map.ts';
import { actionPattern, canBeLimited, isEverything, type Action, type ServiceActions } from '../data/action.ts';

/**
 * Looks up the actions of a service by its prefix, in lower case; undefined if there is no such service or no document
 * names it.
 */
export type ActionsOf = (prefix: string) => ServiceActions | undefined;

/** An action entry with the actions that it matches. */
export interface WrittenAction {
  readonly written: string;
  readonly service: ServiceActions;
  /** Whether it is a name and not a pattern. */
  readonly exact: boolean;
  /** The matched actions with resource-level permissions. */
  readonly limited: readonly Action[];
  /** The matched actions without resource-level permissions. */
  readonly unlimited: readonly Action[];
}

/** The actions that entries match; undefined if one is unknown or matches actions of several services. */
export function readActions(written: readonly string[], actionsOf: ActionsOf): readonly WrittenAction[] | undefined {
  const read: WrittenAction[] = [];
  for (const one of written) {
    const pattern = actionPattern(one);
    const service = pattern && !isEverything(pattern) ? actionsOf(pattern.service) : undefined;
    const matching = service?.matching(pattern!.name) ?? [];
    if (!service || matching.length === 0) return undefined;
    const [limited, unlimited]: [Action[], Action[]] = [[], []];
    for (const action of matching) (canBeLimited(service.service, action) ? limited : unlimited).push(action);
    read.push({ written: one, service, exact: !/[*?]/.test(one), limited, unlimited });
  }
  return read;
}

/** The actions of the two parts of a statement. */
export interface Split {
  /**
   * Entries with resource-level permissions. A pattern is kept, because its other actions have no effect on specific
   * resources.
   */
  readonly limited: readonly string[];
  /**
   * The entries that keep the wildcard: the names of actions without resource-level permissions that a pattern also
   * matches, and entries that match only such actions.
   */
  readonly unlimited: readonly string[];
}

/**
 * Splits entries; undefined if all are of one kind. On all resources, the two parts together allow exactly the same
 * actions.
 */
export function split(actions: readonly WrittenAction[]): Split | undefined {
  const limited = actions.filter((action) => action.limited.length > 0).map(({ written }) => written);
  const unlimited = flatMap(actions, (action) =>
    action.limited.length === 0
      ? [action.written]
      : action.unlimited.map(({ name }) => `${action.service.service}:${name}`),
  );
  if (limited.length === 0 || unlimited.length === 0) return undefined;
  const seen = new Set<string>();
  return {
    limited,
    unlimited: unlimited.filter((name) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase())),
  };
}

/** A unique Sid for a second statement, based on the first one's. */
export function sidBeside(sid: string, suffix: string, taken: ReadonlySet<string>): string {
  let unique = `${sid}${suffix}`;
  for (let n = 2; taken.has(unique); n++) unique = `${sid}${suffix}${n}`;
  return unique;
}
