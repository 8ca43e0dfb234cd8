/**
 * The commands of the program with their arguments and options: one table for the parser, its help and the reference
 * page.
 */
import { DEFAULT_FAIL_ON, RULE_LEVELS } from '../config/configuration.ts';
import { CERTAINTIES } from '../model/finding.ts';
import { DEFAULT_PROFILE, PROFILES } from '../model/profile.ts';
import { SEVERITIES } from '../model/severity.ts';
import { SHELLS } from './shells.ts';
import {
  ACCESS_FORMATS,
  CONFIGURATION_FORMATS,
  EXPLANATION_FORMATS,
  LINT_FORMATS,
  RULE_FORMATS,
  type OutputFormat,
} from './formats.ts';

/** An option of a command. */
export interface OptionEntry {
  /** As commander reads it: `--profile <profile>`. */
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  /** What choices mean, for the reference page. */
  readonly meanings?: ReadonlyMap<string, string>;
  readonly default?: string;
  /** What applies if neither this option nor a configuration states it. */
  readonly fallback?: string;
  /** Set when the option can be given several times. */
  readonly repeatable?: true;
  /** The name, in camel case, of an option that cannot be given with this one. */
  readonly conflicts?: string;
  /** Set when the value is a TCP port. */
  readonly port?: true;
  /** Set when the value is a number from 0. */
  readonly count?: true;
}

/** An argument of a command, as commander reads it: `<rule>`, `[path...]`. */
export interface ArgumentEntry {
  readonly name: string;
  readonly description: string;
  readonly choices?: readonly string[];
}

/** A command. */
export interface CommandEntry {
  readonly name: CommandName;
  readonly description: string;
  readonly argument?: ArgumentEntry;
  /** The argument after that. */
  readonly second?: ArgumentEntry;
  readonly options: readonly OptionEntry[];
  /** Its exit codes, below the options. */
  readonly exitCodes?: string;
}

export type CommandName =
  | 'lint'
  | 'config'
  | 'baseline'
  | 'rules'
  | 'explain'
  | 'explain-value'
  | 'access'
  | 'init'
  | 'migrate'
  | 'completion'
  | 'lsp';

/** The option that selects a format. */
function formatOption(formats: readonly [OutputFormat, ...OutputFormat[]]): OptionEntry {
  return {
    flags: '--format <format>',
    description: 'Output format',
    choices: formats.map(({ name }) => name),
    meanings: new Map(formats.map(({ name, description }) => [name, description])),
    default: formats[0].name,
  };
}

/** The options of the report of `lint`. */
const REPORT: readonly OptionEntry[] = [
  {
    ...formatOption(LINT_FORMATS),
    description: 'Output format; repeatable if further formats are written to files',
    repeatable: true,
  },
  {
    flags: '--output <file>',
    description:
      'Write the report to this file instead of standard output; FORMAT=FILE writes a report in another format too; repeatable',
    repeatable: true,
  },
  {
    flags: '--quiet',
    description: 'Print one line per finding, and no summary; incomplete results go to standard error (text)',
  },
  { flags: '--statistics', description: 'Print the number of findings by rule (text)' },
  {
    flags: '--exclude-suppressed',
    description: 'Omit suppressed findings, which some tools show as open (json, sarif, junit)',
  },
];

/** The options that decide the exit code of `lint`. */
const EXIT_CODE: readonly OptionEntry[] = [
  {
    flags: '--fail-on <severity>',
    description: 'Lowest severity that results in exit code 1',
    choices: [...SEVERITIES, 'new'],
    meanings: new Map([['new', 'any finding that is not in the baseline']]),
    fallback: DEFAULT_FAIL_ON,
  },
  {
    flags: '--max-findings <number>',
    description: 'Number of findings of at least this severity that do not result in exit code 1',
    default: '0',
    count: true,
  },
];

/** The options about what is read, and in which scenarios. */
const READING: readonly OptionEntry[] = [
  {
    flags: '--scenario <name=value>',
    description: 'Check only the scenario in which a condition or parameter has this value; repeatable',
    repeatable: true,
  },
  {
    flags: '--parameters <file>',
    description:
      'Use the values in this parameter or variable file instead of the files that belong to the template or Terraform directory; repeatable',
    repeatable: true,
  },
  { flags: '--config <file>', description: 'Use this configuration file instead of .stackwarden.yaml files' },
  { flags: '--root <directory>', description: 'Do not read files outside this directory' },
];

/** The options of an analysis. */
const ANALYSIS: readonly OptionEntry[] = [
  { flags: '--profile <profile>', description: 'Set of rules to check', choices: PROFILES, fallback: DEFAULT_PROFILE },
  {
    flags: '--certainty <certainty>',
    description: 'Minimum certainty of reported findings; "possible" adds findings that depend on unknown values',
    choices: CERTAINTIES,
    fallback: 'certain',
  },
  ...READING,
];

/** The options of `lint` about single rules. */
const LINT_RULES: readonly OptionEntry[] = [
  {
    flags: '--rule-severity <rule=level>',
    description: `Set the severity of a rule, or turn it off or on, by its ID, a pattern, or the ID of another tool: s3-*=low, CKV_AWS_16=off. Levels: ${RULE_LEVELS.join(', ')}; repeatable`,
    repeatable: true,
  },
];

/** The options of `lint` about files. */
const LINT_PATHS: readonly OptionEntry[] = [
  {
    flags: '--exclude <pattern>',
    description:
      'Do not check files that match this pattern in .gitignore syntax, relative to the current directory; adds to "exclude" of the configuration; repeatable',
    repeatable: true,
  },
  { flags: '--allow-empty', description: 'Exit with code 0 if there is nothing to check' },
];

/** The options of `lint` about findings that are known already, and about changed files. */
const LINT_KNOWN: readonly OptionEntry[] = [
  {
    flags: '--baseline <file>',
    description: 'Report only findings that are not in this baseline; takes precedence over the configuration',
  },
  { flags: '--strict-baseline', description: 'Exit with code 1 if entries of the baseline no longer match a finding' },
  {
    flags: '--changed-since <revision>',
    description:
      'Check only files that were changed since the merge base with this Git revision, including uncommitted and untracked files, and all files whose configuration was changed',
    conflicts: 'stdinFilename',
  },
];

/** The options of `migrate`. */
const MIGRATE: readonly OptionEntry[] = [
  {
    flags: '--dry-run',
    description: 'Print the configuration, and changes of documents as a patch, without writing files',
  },
  {
    flags: '--inline',
    description:
      'Convert suppressions of other tools in documents, in comments and metadata, keeping reasons and dates',
  },
  {
    flags: '--remove-peer-comments',
    description: 'Also remove suppressions of other tools that are converted completely',
  },
];

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'lint',
    description: 'Check files and directories',
    argument: { name: '[path...]', description: 'Files, directories and globs (default: the current directory)' },
    options: [
      ...REPORT,
      ...ANALYSIS,
      {
        flags: '--select <rules>',
        description:
          'Check only these rules, regardless of the profile: rule IDs (* matches any characters), IDs of other tools, and controls such as securityhub:S3.8; comma-separated or repeated',
        repeatable: true,
      },
      {
        flags: '--ignore <rules>',
        description: 'Do not check these rules; accepts the same IDs and controls',
        repeatable: true,
      },
      ...EXIT_CODE,
      { flags: '--fix', description: 'Apply all safe fixes, then report what remains', conflicts: 'fixDryRun' },
      { flags: '--fix-dry-run', description: 'Print all safe fixes as a patch without writing files' },
      { flags: '--stdin-filename <file>', description: 'Check standard input under this file name' },
      {
        flags: '--files-from <file>',
        description: 'Check the files listed in this file, one per line; "-" reads the list from standard input',
      },
      ...LINT_RULES,
      ...LINT_PATHS,
      ...LINT_KNOWN,
    ],
    exitCodes:
      'Exit codes: 0 no findings; 1 findings, syntax errors, or templates that fail to\ndeploy; 2 usage errors, files that cannot be read or written, or nothing to\ncheck; 130 interrupted.',
  },
  {
    name: 'baseline',
    description: 'Record the current findings in a baseline, so that later runs report only new ones',
    argument: { name: '[path...]', description: 'Files, directories and globs (default: the current directory)' },
    options: [
      ...ANALYSIS,
      {
        flags: '--output <file>',
        description:
          'The baseline file (default: the configured one, else .stackwarden-baseline.json next to .stackwarden.yaml)',
      },
      { flags: '--prune', description: 'Remove entries that no longer match a finding, and add none' },
    ],
    exitCodes:
      'Exit codes: 0 success; 2 usage errors, unreadable files, or a baseline that\ncannot be written; 130 interrupted.',
  },
  {
    name: 'config',
    description: 'Show the configuration that applies to a file, and where each part is stated',
    argument: {
      name: '[file]',
      description: 'A file, which need not exist (default: any file of the current directory)',
    },
    options: [
      formatOption(CONFIGURATION_FORMATS),
      { flags: '--config <file>', description: 'Use this configuration file instead of .stackwarden.yaml files' },
      { flags: '--root <directory>', description: 'Do not read files outside this directory' },
    ],
    exitCodes: 'Exit codes: 0 success; 2 usage errors, and errors in a configuration file.',
  },
  {
    name: 'rules',
    description: 'List or search rules',
    options: [
      formatOption(RULE_FORMATS),
      {
        flags: '--search <words>',
        description:
          'List only rules that match by ID, title, keyword, property, resource type or the ID of another tool, best match first',
      },
    ],
  },
  {
    name: 'explain',
    description: 'Show the documentation of a rule, or who is responsible for a resource type',
    argument: {
      name: '<rule>',
      description:
        'A rule ID, the ID of another tool or a control: CKV_AWS_16, AVD-AWS-0080, EC2.3;\nor a resource type: AWS::RDS::DBInstance, aws_db_instance',
    },
    options: [],
  },
  {
    name: 'explain-value',
    description: 'Show what a value resolves to, why, and the result of each rule that reads it',
    argument: { name: '<position>', description: 'A file, line and column, counted from 1:\ntemplate.yaml:12:20' },
    options: [formatOption(EXPLANATION_FORMATS), ...ANALYSIS],
    exitCodes: 'Exit codes: 0 success; 2 usage errors, unreadable files, or no value at this\nposition.',
  },
  {
    name: 'access',
    description: 'List who has access to a resource, what allows it, and what limits it',
    argument: {
      name: '<name>',
      description: 'A logical ID, a Terraform address or a CDK path: Orders, aws_s3_bucket.data',
    },
    second: { name: '[path...]', description: 'Files, directories and globs (default: the current directory)' },
    options: [formatOption(ACCESS_FORMATS), ...READING],
    exitCodes:
      'Exit codes: 0 success; 2 usage errors, unreadable files, an unknown resource, or\na resource type that is not evaluated.',
  },
  {
    name: 'init',
    description: 'Create a commented .stackwarden.yaml',
    argument: { name: '[directory]', description: 'The directory to create it in (default: the current directory)' },
    options: [
      {
        flags: '--profile <profile>',
        description: 'Profile of the configuration',
        choices: PROFILES,
        default: DEFAULT_PROFILE,
      },
      {
        flags: '--baseline',
        description: 'Also record the current findings in a baseline, so that only new ones are reported',
      },
    ],
    exitCodes: 'Exit codes: 0 success; 2 usage errors, or if the file exists or cannot be written.',
  },
  {
    name: 'migrate',
    description:
      'Create a .stackwarden.yaml from the configuration of Checkov, Trivy, tfsec, cfn-lint, cfn_nag or KICS',
    argument: {
      name: '[path...]',
      description:
        'Directories with configurations, or files whose suppressions are converted (default: the current directory)',
    },
    options: MIGRATE,
    exitCodes: 'Exit codes: 0 success; 2 usage errors, or files that cannot be read or written;\n130 interrupted.',
  },
  {
    name: 'completion',
    description: 'Print a script that completes commands, options and rules in a shell',
    argument: { name: '<shell>', description: 'The shell', choices: SHELLS },
    options: [],
  },
  // The language server reads these options itself. They are listed so that others are rejected.
  {
    name: 'lsp',
    description: 'Start the language server',
    options: [
      { flags: '--stdio', description: 'Communicate over standard input and output (default)' },
      { flags: '--socket <port>', description: 'Connect to this TCP port', port: true },
      { flags: '--pipe <name>', description: 'Connect to this named pipe or Unix domain socket' },
      { flags: '--node-ipc', description: 'Communicate over the IPC channel of the parent Node.js process' },
      { flags: '--clientProcessId <id>', description: 'Exit when the process with this ID exits' },
    ],
  },
];
