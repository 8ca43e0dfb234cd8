/** The configuration of tfsec. https://aquasecurity.github.io/tfsec/latest/guides/configuration/config/ */
import { flatMap } from '../base/flat-map.ts';
import { inert } from '../base/inert.ts';
import { resolved, textOf, type Tree } from '../syntax/tree.ts';
import type { PeerCheck, ReadSettings } from './peer-settings.ts';
import { valueAt, rootNode, severityNamed, peerTexts } from './peer-values.ts';

/** The settings of `.tfsec/config.yml` that have an equivalent, with notes about the others. */
export function readTfsec(tree: Tree): ReadSettings {
  const root = rootNode(tree);
  const notes: string[] = [];
  const overrides = resolved(valueAt(root, 'severity_overrides'));
  const changed = flatMap(overrides?.kind === 'map' ? overrides.pairs : [], ({ name, value }): readonly PeerCheck[] => {
    const level = severityNamed(textOf(resolved(value)) ?? '');
    if (level) return [{ id: inert(name), level }];
    notes.push(
      `severity_overrides ${inert(name)}: ${inert(textOf(resolved(value)) ?? 'The value')} is not a severity.`,
    );
    return [];
  });
  const severity = severityNamed(textOf(resolved(valueAt(root, 'minimum_severity'))) ?? '');
  const only = peerTexts(tree, valueAt(root, 'include')).map(({ text }) => text);
  return {
    checks: [
      ...peerTexts(tree, valueAt(root, 'exclude')).map(({ text, reason }): PeerCheck => ({
        id: text,
        level: 'off',
        ...(reason === undefined ? {} : { reason }),
      })),
      ...changed,
    ],
    ...(severity ? { failOn: { severity, setting: 'minimum_severity' } } : {}),
    ...(only.length > 0 ? { only: { ids: only, setting: 'include' } } : {}),
    notes,
  };
}
