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
export interface Surroundings {
  /** Whether an extension is installed and enabled. */
  has(extension: string): boolean;
  /** The value of a setting. */
  setting(name: string): unknown;
}

/** Whether another extension reports syntax errors for a language. */
export function othersReportSyntax(language: string, surroundings: Surroundings): boolean {
  return REPORTERS.some(
    ({ extension, languages, unless, needs }) =>
      languages.includes(language) &&
      surroundings.has(extension) &&
      (unless === undefined || surroundings.setting(unless) !== false) &&
      (needs === undefined || surroundings.setting(needs) === true),
  );
}

/** The settings that the result depends on. */
export const SYNTAX_SETTINGS: readonly string[] = REPORTERS.flatMap(({ unless, needs }) => unless ?? needs ?? []);

/** The enabled extensions as one string to compare. */
export function reportersThere({ has }: Surroundings): string {
  return REPORTERS.filter(({ extension }) => has(extension))
    .map(({ extension }) => extension)
    .join(' ');
}
