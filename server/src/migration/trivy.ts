/**
 * The configuration of Trivy, and its files of ignored findings.
 * https://trivy.dev/latest/docs/references/configuration/config-file/,
 * https://trivy.dev/latest/docs/configuration/filtering/
 */
import { flatMap } from '../base/flat-map.ts';
import { inert } from '../base/inert.ts';
import { isDay } from '../base/today.ts';
import { resolved, textOf, type Tree } from '../syntax/tree.ts';
import type { PeerCheck, ReadSettings } from './peer-settings.ts';
import { globPattern } from './peer-paths.ts';
import { valueAt, rootNode, peerTexts, thresholdOf } from './peer-values.ts';

/** `trivy.yaml`. */
export function readTrivy(tree: Tree): ReadSettings {
  const root = rootNode(tree);
  const texts = (...path: readonly string[]): readonly string[] =>
    peerTexts(tree, valueAt(root, ...path)).map(({ text }) => text);
  const notes: string[] = [];
  const severities = texts('severity').filter((text) => text.toUpperCase() !== 'UNKNOWN');
  const severity = thresholdOf(severities);
  if (severities.length > 0 && !severity) notes.push('severity: "failOn" is a threshold, not a set of severities.');
  if (valueAt(root, 'ignore-policy')) notes.push('ignore-policy: Rego policies are not supported. Use "suppressions".');
  const other = textOf(resolved(valueAt(root, 'ignorefile')));
  if (other !== undefined && !/^(?:\.\/)?\.trivyignore(?:\.ya?ml)?$/.test(other))
    notes.push(`ignorefile: ${inert(other)} is not read. Only .trivyignore and .trivyignore.yaml are.`);
  return {
    exclude: [
      ...texts('scan', 'skip-dirs').map((glob) => ({
        pattern: globPattern(glob, 'folder'),
        setting: 'scan.skip-dirs',
      })),
      ...texts('scan', 'skip-files').map((glob) => ({
        pattern: globPattern(glob, 'file'),
        setting: 'scan.skip-files',
      })),
    ],
    ...(severity ? { failOn: { severity, setting: 'severity' } } : {}),
    notes,
  };
}

/** `.trivyignore`: an id on each line, and `exp:` with a date. Comments above an ID, or after it, state the reason. */
export function readTrivyIgnore(text: string): ReadSettings {
  const checks: PeerCheck[] = [];
  let above: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [entry = '', ...comments] = line.split('#');
    const comment = inert(comments.join('#')).trim();
    const [id, ...rest] = entry.trim().split(/\s+/);
    if (!id) {
      above = line.trim() === '' ? [] : comment === '' ? above : [...above, comment];
      continue;
    }
    const until = rest.find((word) => word.startsWith('exp:'))?.slice('exp:'.length);
    const reason = comment || above.join(' ');
    above = [];
    // Without its date, it would be accepted permanently.
    if (until !== undefined && !isDay(until)) continue;
    if (isMisconfiguration(id))
      checks.push({
        id: inert(id),
        level: 'off',
        ...(reason ? { reason } : {}),
        ...(until !== undefined && isDay(until) ? { until } : {}),
      });
  }
  return { checks };
}

/** Ids of vulnerabilities, secrets and checks of other providers are not about AWS resources. */
function isMisconfiguration(id: string): boolean {
  return /^(?:avd-)?aws-/i.test(id) && !SECRETS.has(id.toLowerCase());
}

/** https://github.com/aquasecurity/trivy/blob/main/pkg/fanal/secret/builtin-rules.go */
const SECRETS: ReadonlySet<string> = new Set(['aws-access-key-id', 'aws-account-id', 'aws-secret-access-key']);

/** `.trivyignore.yaml`. Vulnerabilities, secrets and licenses are not about AWS resources. */
export function readTrivyIgnoreYaml(tree: Tree): ReadSettings {
  const list = resolved(valueAt(rootNode(tree), 'misconfigurations'));
  const entries = list?.kind === 'list' ? list.items.map((item) => item.value) : [];
  return {
    checks: flatMap(entries, (entry): readonly PeerCheck[] => {
      const text = (key: string): string | undefined => textOf(resolved(valueAt(entry, key)));
      const id = text('id');
      if (id === undefined || !isMisconfiguration(id)) return [];
      const until = text('expired_at')?.slice(0, 'YYYY-MM-DD'.length);
      // Without its date, it would be accepted permanently.
      if (until !== undefined && !isDay(until)) return [];
      const reason = inert(text('statement') ?? '').trim();
      const paths = peerTexts(tree, valueAt(entry, 'paths')).map((one) => globPattern(one.text, 'file'));
      return [
        {
          id: inert(id),
          level: 'off',
          ...(reason ? { reason } : {}),
          ...(until !== undefined && isDay(until) ? { until } : {}),
          ...(paths.length > 0 ? { paths } : {}),
        },
      ];
    }),
  };
}
