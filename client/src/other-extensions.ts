/** An extension that reports by itself what cannot be read in a document. */
interface SyntaxReporter {
  readonly extension: string;
  readonly languages: readonly string[];
  /** The setting that turns it off, when there is one. It is read and never changed. */
  readonly setting?: string;
}

const REPORTERS: readonly SyntaxReporter[] = [
  { extension: 'redhat.vscode-yaml', languages: ['yaml'], setting: 'yaml.validate' },
  { extension: 'vscode.json-language-features', languages: ['json', 'jsonc'], setting: 'json.validate.enable' },
  { extension: 'kddejong.vscode-cfn-lint', languages: ['yaml', 'json'] },
  { extension: 'amazonwebservices.aws-toolkit-vscode', languages: ['cloudformation', 'template'] },
];

/** What there is in the editor besides this extension. */
export interface Surroundings {
  /** Whether an extension is installed and enabled. */
  has(extension: string): boolean;
  /** The value of a setting. */
  setting(name: string): unknown;
}

/** Whether somebody else reports what cannot be read in documents of a language. */
export function othersReportSyntax(language: string, surroundings: Surroundings): boolean {
  return REPORTERS.some(({ extension, languages, setting }) => languages.includes(language) && surroundings.has(extension)
    && (setting === undefined || surroundings.setting(setting) !== false));
}

/** The settings on which the answer depends. */
export const SYNTAX_SETTINGS: readonly string[] = REPORTERS.flatMap(({ setting }) => setting === undefined ? [] : [setting]);

/** Which of the extensions are there, as one text to compare. */
export function reportersThere({ has }: Surroundings): string {
  return REPORTERS.filter(({ extension }) => has(extension)).map(({ extension }) => extension).join(' ');
}
