/** An extension that reports syntax errors. */
interface SyntaxReporter {
  readonly extension: string;
  readonly languages: readonly string[];
  /** The setting that disables it. Settings are read and never changed. */
  readonly unless?: string;
  /** The setting that must be true, because versions without it report nothing. */
  readonly needs?: string;
}

const REPORTERS: readonly SyntaxReporter[] = [
  { extension: 'redhat.vscode-yaml', languages: ['yaml'], unless: 'yaml.validate' },
  { extension: 'vscode.json-language-features', languages: ['json', 'jsonc'], unless: 'json.validate.enable' },
  { extension: 'kddejong.vscode-cfn-lint', languages: ['yaml', 'json'] },
  {
    extension: 'amazonwebservices.aws-toolkit-vscode',
    languages: ['yaml', 'json', 'cloudformation', 'template'],
    needs: 'aws.cloudformation.diagnostics.cfnLint.enabled',
  },
  {
    extension: 'hashicorp.terraform',
    languages: ['terraform', 'terraform-vars'],
    unless: 'terraform.languageServer.enable',
  },
  {
    extension: 'opentofu.vscode-opentofu',
    languages: ['opentofu', 'opentofu-vars'],
    unless: 'opentofu.languageServer.enable',
  },
];

/** The other extensions and settings of the editor. */
export interface EditorEnvironment {
  /** Whether an extension is installed and enabled. */
  has(extension: string): boolean;
  /** The value of a setting. */
  setting(name: string): unknown;
}

/** Whether another extension reports syntax errors for a language. */
export function othersReportSyntax(language: string, environment: EditorEnvironment): boolean {
  return REPORTERS.some(
    ({ extension, languages, unless, needs }) =>
      languages.includes(language) &&
      environment.has(extension) &&
      (unless === undefined || environment.setting(unless) !== false) &&
      (needs === undefined || environment.setting(needs) === true),
  );
}

/** The extension that applies the JSON Schemas that other extensions contribute for YAML, and its settings. */
const SCHEMA_READER = {
  extension: 'redhat.vscode-yaml',
  language: 'yaml',
  settings: { completion: 'yaml.completion', hover: 'yaml.hover' },
} as const;

/** The help in configuration files that the server gives, beyond what another extension gives with their schema. */
export interface SchemaHelp {
  readonly completion: boolean;
  readonly hover: boolean;
}

/** Whether no other extension offers what the schema of a document in this language has. */
export function schemaHelp(language: string, { has, setting }: EditorEnvironment): SchemaHelp {
  const { extension, language: of, settings } = SCHEMA_READER;
  const isOurs = (name: string): boolean => language !== of || !has(extension) || setting(name) === false;
  return { completion: isOurs(settings.completion), hover: isOurs(settings.hover) };
}

/** The settings that the results depend on. */
export const WATCHED_SETTINGS: readonly string[] = [
  ...REPORTERS.flatMap(({ unless, needs }) => unless ?? needs ?? []),
  ...Object.values(SCHEMA_READER.settings),
];

/** The enabled extensions as one string to compare. */
export function enabledReporters({ has }: EditorEnvironment): string {
  return REPORTERS.filter(({ extension }) => has(extension))
    .map(({ extension }) => extension)
    .join(' ');
}
