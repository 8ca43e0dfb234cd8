/** An index of known actions by the action entries of policies that match them. */
import { flatMap } from '../../base/flat-map.ts';
import { addTo } from '../../base/groups.ts';
import { ownText } from '../../base/own-text.ts';
import { leaves } from '../../model/navigate.ts';
import type { Value } from '../../model/value.ts';
import { actionPattern } from './action.ts';
import { fits } from '../text/wildcard.ts';

export interface ActionIndex {
  /** All actions of the index, as given. */
  readonly actions: readonly string[];
  /** The indexed actions that an action entry of a policy matches, case-insensitively and with wildcards. */
  covered(written: string): readonly string[];
}

/** The number of entries whose matches are cached. */
const MOST_PATTERNS = 4096;

/**
 * Creates an index of actions such as `iam:PassRole`. A name without wildcards is looked up, and a pattern is compared
 * only with the actions of its own service, so the cost of thousands of entries is linear.
 */
export function actionIndex(actions: Iterable<string>): ActionIndex {
  const known = new Map([...actions].map((action) => [action.toLowerCase(), action]));
  const services = new Map<string, { readonly name: string; readonly action: string }[]>();
  for (const [lower, action] of known) {
    const [service = '', name = ''] = lower.split(':');
    addTo(services, service, { name, action });
  }
  const matched = new Map<string, readonly string[]>();
  const match = (written: string): readonly string[] => {
    const pattern = actionPattern(written);
    if (!pattern) return [];
    const name = pattern.name.toLowerCase();
    const intended = /[*?]/.test(pattern.service)
      ? flatMap(
          [...services].filter(([service]) => fits(service, pattern.service)),
          ([, actions]) => actions,
        )
      : (services.get(pattern.service) ?? []);
    return intended.filter((one) => fits(one.name, name)).map(({ action }) => action);
  };
  return {
    actions: [...known.values()],
    covered(written) {
      let covered = matched.get(written);
      if (!covered) {
        if (matched.size >= MOST_PATTERNS) matched.clear();
        covered = /[*?]/.test(written) ? match(written) : [known.get(written.toLowerCase()) ?? []].flat();
        matched.set(ownText(written), covered);
      }
      return covered;
    },
  };
}

/** The indexed actions that an entry can match in some scenario, each once: all of them if it is not known. */
export function mayBeCovered(index: ActionIndex, entry: Value): readonly string[] {
  const found = flatMap(leaves(entry), ({ value: leaf }) =>
    leaf.state === 'known' ? index.covered(leaf.raw) : index.actions,
  );
  return found.length < 2 ? found : index.actions.filter((action) => found.includes(action));
}
