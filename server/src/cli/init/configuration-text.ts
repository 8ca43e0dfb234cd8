/** The text of a new configuration file. */
import { CONFIGURATION_FILE } from '../../base/configuration-file.ts';
import { DEFAULT_FAIL_ON } from '../../config/configuration.ts';
import { type Format, formatsWith } from '../../model/format.ts';
import type { Profile } from '../../model/profile.ts';

export interface NewConfiguration {
  readonly profile: Profile;
  /** Whether the findings of today are accepted. */
  readonly baseline: boolean;
  /** The formats of the documents to check. */
  readonly formats: ReadonlySet<Format>;
}

/** A key with one line that explains it. */
interface Entry {
  readonly comment: string;
  /** The key with its value, as YAML. */
  readonly text: string;
  /** Whether the key applies. Others are commented out, as examples. */
  readonly applies: boolean;
  /** The formats for which the key makes sense; all by default. */
  readonly formats?: readonly Format[];
}

/** A configuration with the settings that a team decides first, and examples of others. */
export function newConfigurationText({ profile, baseline, formats }: NewConfiguration): string {
  const entries = entriesWith(profile, baseline).filter(
    (entry) => !entry.formats || entry.formats.some((one) => formats.has(one)),
  );
  return `# ${CONFIGURATION_FILE}: Stackwarden settings. For all settings, see "Configuration" in the documentation.\n\n${entries.map(entryText).join('\n')}`;
}

function entryText({ comment, text, applies }: Entry): string {
  const lines = text.split('\n').map((line) => `${applies ? line : `# ${line}`}\n`);
  return `# ${comment}\n${lines.join('')}`;
}

function entriesWith(profile: Profile, baseline: boolean): readonly Entry[] {
  return [
    { comment: 'The set of rules: essential, recommended or strict.', text: `profile: ${profile}`, applies: true },
    {
      comment: 'The lowest severity that results in exit code 1, or "new" for findings that are not in the baseline.',
      text: `failOn: ${DEFAULT_FAIL_ON}`,
      applies: true,
    },
    {
      comment: 'Files that are not checked, in the syntax of .gitignore.',
      text: "exclude: [legacy/, '*.generated.yaml']",
      applies: false,
    },
    {
      comment: 'Rules that are off or on, or have another severity, by their IDs or those of other tools.',
      text: 'rules:\n  s3-bucket-versioning: off\n  CKV_AWS_16: high',
      applies: false,
    },
    {
      comment: 'Other settings for some paths.',
      text: 'overrides:\n  - paths: [sandbox/**]\n    profile: essential',
      applies: false,
    },
    {
      comment: 'Accepted findings, each with a reason, and with the last day on which it is accepted ("until").',
      text: 'suppressions:\n  - rules: [s3-bucket-public-access-block]\n    paths: [site/template.yaml]\n    resources: [Website]\n    reason: The bucket hosts the public website.',
      applies: false,
    },
    {
      comment: 'The file with the findings of an earlier run, which are accepted.',
      text: 'baseline: .stackwarden-baseline.json',
      applies: baseline,
    },
    {
      comment: 'Facts about the AWS account that documents do not show.',
      text: 'assume:\n  s3.accountBlock: true\n  ebs.defaultEncryption: true',
      applies: false,
      formats: formatsWith(({ hasResources, content }) => hasResources && content !== 'record'),
    },
    {
      comment: 'Values of template parameters. Without them, all allowed values are considered.',
      text: 'parameters:\n  - templates: stacks/*.yaml\n    files: [parameters/prod.json]',
      applies: false,
      formats: formatsWith(({ family }) => family === 'cloudformation'),
    },
    {
      comment: 'The kinds of policy files that their content does not show, such as service control policies.',
      text: 'policies:\n  - files: policies/scp/*.json\n    kind: scp',
      applies: false,
      formats: formatsWith(({ family }) => family === 'policy'),
    },
  ];
}
