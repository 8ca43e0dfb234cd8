/** Configurations of other tools, and what corresponds to their settings. */
import { flatMap } from '../../base/flat-map.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

interface OtherTool {
  readonly name: string;
  /** Its configuration files in the directory. */
  readonly files: readonly string[];
  /** Its settings with what corresponds to them. */
  readonly settings: readonly (readonly [theirs: string, ours: string])[];
}

const RULES_OFF = 'rules (same IDs, off)';

/**
 * Sources: https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html,
 * https://github.com/aws-cloudformation/cfn-lint#config-file,
 * https://trivy.dev/latest/docs/references/configuration/config-file/,
 * https://aquasecurity.github.io/tfsec/latest/guides/configuration/config/
 */
const OTHER_TOOLS: readonly OtherTool[] = [
  {
    name: 'Checkov',
    files: ['.checkov.yaml', '.checkov.yml'],
    settings: [
      ['skip-check', RULES_OFF],
      ['skip-path', 'exclude'],
      ['hard-fail-on and soft-fail-on', 'failOn'],
    ],
  },
  {
    name: 'cfn-lint',
    files: ['.cfnlintrc', '.cfnlintrc.yaml', '.cfnlintrc.yml'],
    settings: [['ignore_templates', 'exclude']],
  },
  {
    name: 'Trivy',
    files: ['trivy.yaml', '.trivyignore', '.trivyignore.yaml'],
    settings: [
      ['scan.skip-dirs and scan.skip-files', 'exclude'],
      ['IDs in .trivyignore', RULES_OFF],
    ],
  },
  {
    name: 'tfsec',
    files: ['.tfsec/config.yml', '.tfsec/config.yaml', '.tfsec/config.json'],
    settings: [
      ['exclude and severity_overrides', 'rules (Trivy IDs)'],
      ['minimum_severity', 'failOn'],
    ],
  },
];

/** A sentence for each tool that is configured in a folder. */
export function otherTools(folder: string): readonly string[] {
  return flatMap(OTHER_TOOLS, ({ name, files, settings }) => {
    const found = files.filter((file) => existsSync(join(folder, file)));
    return found.length === 0
      ? []
      : [`${name} (${found.join(', ')}): use ${settings.map(([theirs, ours]) => `${ours} for ${theirs}`).join('; ')}.`];
  });
}
