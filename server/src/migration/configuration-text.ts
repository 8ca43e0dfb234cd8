/** The text of a configuration that takes over the settings of other tools. */
import { CONFIGURATION_FILE } from '../base/configuration-file.ts';
import { flatMap } from '../base/flat-map.ts';
import { groupedBy } from '../base/groups.ts';
import { inert } from '../base/inert.ts';
import { some } from '../base/words.ts';
import type { Plan, PlannedRule, PlannedSuppression, PeerSource } from './plan.ts';

/** A new configuration file. `files` are those that were read. */
export function newConfiguration(plan: Plan, files: readonly string[]): string {
  return `# ${CONFIGURATION_FILE}: Stackwarden settings for this directory, migrated from ${some(files)}.\n# For all settings, see "Configuration" in the documentation.\n\n${settingsText(plan)}`;
}

/** The settings, as they are in a configuration file or to be added to one. */
export function settingsText({ failOn, exclude, rules, suppressions }: Plan): string {
  const sections = [
    ...(failOn ? [[`# ${inert(failOn.from)}`, `failOn: ${failOn.severity}`]] : []),
    ...(exclude.length > 0
      ? [['exclude:', ...exclude.map(({ pattern, from }) => `  - ${scalar(pattern)} # ${inert(from)}`)]]
      : []),
    ...(rules.length > 0 ? [ruleLines(rules)] : []),
    ...(suppressions.length > 0 ? [['suppressions:', ...flatMap(suppressions, suppressionLines)]] : []),
  ];
  return sections.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** Whether a plan sets anything. */
export function isEmptyPlan({ failOn, exclude, rules, suppressions }: Plan): boolean {
  return !failOn && exclude.length + rules.length + suppressions.length === 0;
}

function ruleLines(rules: readonly PlannedRule[]): readonly string[] {
  const isActive = rules.some(({ others }) => others.length === 0);
  return [
    isActive ? 'rules:' : '# rules:',
    ...flatMap(rules, ({ rule, level, sources, others }) => {
      const from = sourcesText(sources);
      const part = `${from}. The rule also covers ${some(others)}. Uncomment this line if that is intended:`;
      return others.length === 0 ? [`  # ${from}`, `  ${rule}: ${level}`] : [`  # ${part}`, `  # ${rule}: ${level}`];
    }),
  ];
}

function suppressionLines({ rules, paths, until, reason, sources }: PlannedSuppression): readonly string[] {
  return [
    `  # ${sourcesText(sources.map(({ tool, file, id }) => ({ tool, file, id })))}`,
    `  - rules: [${rules.join(', ')}]`,
    ...(paths.length > 0 ? [`    paths: [${paths.map(scalar).join(', ')}]`] : []),
    ...(until === undefined ? [] : [`    until: ${until}`]),
    `    reason: ${scalar(reason)}`,
  ];
}

/** `Checkov CKV_AWS_18 (why), CKV_AWS_19, Trivy AVD-AWS-0089`. */
function sourcesText(sources: readonly PeerSource[]): string {
  return [...groupedBy(sources, ({ tool }) => tool)]
    .map(([tool, all]) => {
      const ids = all.map(({ id, reason }) => `${inert(id)}${reason === undefined ? '' : ` (${inert(reason)})`}`);
      return `${tool} ${ids.join(', ')}`;
    })
    .join('; ');
}

/** A string in YAML, in quotation marks unless it is plain. */
function scalar(text: string): string {
  const value = inert(text);
  return /^(?:[A-Za-z/]|\.[A-Za-z])[\w ./()-]*[\w/.)]$/.test(value) &&
    !/^(?:true|false|yes|no|on|off|null|\.inf|\.nan)$/i.test(value)
    ? value
    : JSON.stringify(value);
}
