/**
 * The configuration of Checkov: the options of its command line, without hyphens at the beginning.
 * https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html,
 * https://www.checkov.io/2.Basics/Hard%20and%20soft%20fail.html
 */
import { flatMap } from '../base/flat-map.ts';
import { SEVERITIES } from '../model/severity.ts';
import type { Tree } from '../syntax/tree.ts';
import type { PeerCheck, ReadSettings } from './peer-settings.ts';
import { regexPattern } from './peer-paths.ts';
import { valueAt, isTrueWord, rootNode, severityNamed, peerTexts } from './peer-values.ts';

/** Settings without an equivalent setting, with a note about what to use instead. */
const ELSEWHERE: readonly (readonly [setting: string, note: string])[] = [
  ['soft-fail-on', '"failOn" is a threshold for all rules.'],
  ['skip-framework', 'The formats of files are detected. Use "exclude" to leave out files.'],
  ['baseline', 'Record one with "stackwarden baseline".'],
  ['external-checks-dir', 'Stackwarden has no custom rules.'],
  ['external-checks-git', 'Stackwarden has no custom rules.'],
  ['var-file', 'Variable files are found by name; name others with "--parameters".'],
];

/** The settings of `.checkov.yaml` that have an equivalent, with notes about the others. */
export function readCheckov(tree: Tree): ReadSettings {
  const root = rootNode(tree);
  const values = (name: string): ReturnType<typeof peerTexts> => peerTexts(tree, valueAt(root, name));
  const notes = flatMap(ELSEWHERE, ([name, note]) => (valueAt(root, name) ? [`${name}: ${note}`] : []));
  if (isTrueWord(valueAt(root, 'soft-fail')))
    notes.push('soft-fail: Findings result in exit code 1. Raise "failOn", or ignore the exit code in the pipeline.');
  const frameworks = values('framework').map(({ text }) => text);
  if (frameworks.some((name) => name !== 'all' && !SUPPORTED.has(name)))
    notes.push(
      `framework: Only CloudFormation, SAM, Terraform and IAM policies are checked, not ${frameworks.filter((name) => name !== 'all' && !SUPPORTED.has(name)).join(', ')}.`,
    );
  const skipped = values('skip-check');
  const checks = flatMap(skipped, ({ text, reason }): readonly PeerCheck[] =>
    severityNamed(text) ? [] : [{ id: text, level: 'off', ...(reason === undefined ? {} : { reason }) }],
  );
  for (const { text } of skipped)
    if (severityNamed(text)) notes.push(`skip-check ${text}: Use "profile" and "failOn" for severities.`);
  const paths = values('skip-path');
  const exclude = flatMap(paths, ({ text }) => {
    const pattern = regexPattern(text);
    return pattern === undefined ? [] : [{ pattern, setting: 'skip-path' }];
  });
  for (const { text } of paths)
    if (regexPattern(text) === undefined)
      notes.push(`skip-path ${text}: This regular expression has no equivalent pattern. Use "exclude".`);
  const hard = values('hard-fail-on').map(({ text }) => text);
  const severities = flatMap(hard, (text) => severityNamed(text) ?? []);
  if (severities.length < hard.length)
    notes.push('hard-fail-on: "failOn" is a severity for all rules, not for single ones.');
  const only = values('check').map(({ text }) => text);
  return {
    checks,
    exclude,
    ...(severities[0]
      ? { failOn: { severity: SEVERITIES.findLast((one) => severities.includes(one))!, setting: 'hard-fail-on' } }
      : {}),
    ...(only.length > 0 ? { only: { ids: only, setting: 'check' } } : {}),
    notes,
  };
}

const SUPPORTED: ReadonlySet<string> = new Set([
  'cloudformation',
  'sam',
  'serverless',
  'terraform',
  'terraform_json',
  'terraform_plan',
]);
