/** The configuration of KICS in YAML or JSON. https://docs.kics.io/latest/configuration-file/ */
import type { Tree } from '../syntax/tree.ts';
import type { ReadSettings } from './peer-settings.ts';
import { globPattern } from './peer-paths.ts';
import { valueAt, rootNode, peerTexts, thresholdOf } from './peer-values.ts';

/** The settings about queries, whose ids are UUIDs. */
const QUERIES = [
  'exclude-queries',
  'include-queries',
  'exclude-categories',
  'exclude-severities',
  'exclude-results',
] as const;

/** The settings of `kics.config` that have an equivalent, with notes about the others. */
export function readKics(tree: Tree): ReadSettings {
  const root = rootNode(tree);
  const notes = QUERIES.filter((name) => valueAt(root, name)).map(
    (name) => `${name}: The IDs of KICS queries are not known. Turn rules off by their own IDs.`,
  );
  if (valueAt(root, 'queries-path')) notes.push('queries-path: Stackwarden has no custom rules.');
  const failing = peerTexts(tree, valueAt(root, 'fail-on')).map(({ text }) => text);
  const severity = thresholdOf(failing);
  if (failing.length > 0 && !severity) notes.push('fail-on: "failOn" is a threshold, not a set of severities.');
  return {
    exclude: peerTexts(tree, valueAt(root, 'exclude-paths')).map(({ text }) => ({
      pattern: globPattern(text, 'file'),
      setting: 'exclude-paths',
    })),
    ...(severity ? { failOn: { severity, setting: 'fail-on' } } : {}),
    notes,
  };
}
