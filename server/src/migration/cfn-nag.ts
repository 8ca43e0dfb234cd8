/**
 * The files of cfn_nag, which have names of the user's choice: a deny list of rules that are never applied, and a
 * profile, a list of the only rules that are applied. https://github.com/stelligent/cfn_nag#results-filtering
 */
import { flatMap } from '../base/flat-map.ts';
import { inert } from '../base/inert.ts';
import { resolved, textOf, type Tree } from '../syntax/tree.ts';
import type { PeerCheck, ReadSettings } from './peer-settings.ts';
import { valueAt, rootNode } from './peer-values.ts';

/** An id of a rule: failures begin with F, warnings with W. */
const ID = /^[FW]\d+$/;

/** A deny list, a profile, or undefined for other files. */
export function readCfnNag(tree: Tree): ReadSettings | undefined {
  const list = resolved(valueAt(rootNode(tree), 'RulesToSuppress'));
  if (list?.kind === 'list')
    return {
      checks: flatMap(list.items, ({ value }): readonly PeerCheck[] => {
        const id = textOf(resolved(valueAt(value, 'id')));
        const reason = inert(textOf(resolved(valueAt(value, 'reason'))) ?? '').trim();
        return id === undefined ? [] : [{ id: inert(id), level: 'off', ...(reason ? { reason } : {}) }];
      }),
    };
  const lines = flatMap(tree.text.split(/\r?\n/), (line) => line.trim() || []);
  return lines.length > 0 && lines.every((line) => ID.test(line))
    ? { only: { ids: lines, setting: 'profile' } }
    : undefined;
}
