/** Splitting a statement into what can be limited to resources and what cannot. Both halves together allow what the whole did. */
import { actionPattern, canBeLimited, isEverything, type Action, type ServiceActions } from './action.ts';

/** Looks up the actions of a service by its prefix, in lower case. */
export type ActionsOf = (prefix: string) => ServiceActions | undefined;

/** An action as a statement writes it, and what it stands for. */
export interface WrittenAction {
  readonly written: string;
  readonly service: ServiceActions;
  /** Whether it is a name and no pattern. */
  readonly exact: boolean;
  /** What can be limited to resources, of what it stands for. */
  readonly limited: readonly Action[];
  /** What has to be allowed on every resource. */
  readonly unlimited: readonly Action[];
}

/** What actions stand for; undefined where one stands for nothing that is known, or for actions of several services. */
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

/** The actions of the two statements that a statement is split into. */
export interface Split {
  /** What can be limited, as it is written: a pattern stays one, for it stands for nothing that cannot be limited on the ARN of a resource. */
  readonly limited: readonly string[];
  /** What keeps the star: names of the actions that a pattern stands for beside others, and all that is of this kind alone, as it is written. */
  readonly unlimited: readonly string[];
}

/** Splits actions; undefined where there is nothing to split. On every resource the two together allow exactly what the whole does. */
export function split(actions: readonly WrittenAction[]): Split | undefined {
  const limited = actions.filter((action) => action.limited.length > 0).map(({ written }) => written);
  const unlimited = actions.flatMap((action) =>
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

/** A Sid for another statement beside one with this Sid, unlike all others of the policy. */
export function sidBeside(sid: string, suffix: string, taken: ReadonlySet<string>): string {
  let unique = `${sid}${suffix}`;
  for (let n = 2; taken.has(unique); n++) unique = `${sid}${suffix}${n}`;
  return unique;
}
