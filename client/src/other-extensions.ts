/** An extension that reports by itself what cannot be read in a document. */
interface SyntaxReporter {
  readonly extension: string;
  readonly languages: readonly string[];
  /** The setting that turns it off when it is false. Settings are read and never changed. */
  readonly unless?: string;
  /** The setting that has to be true, because older versions, which do not have it, report nothing. */
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
  return REPORTERS.some(
    ({ extension, languages, unless, needs }) =>
      languages.includes(language) &&
      surroundings.has(extension) &&
      (unless === undefined || surroundings.setting(unless) !== false) &&
      (needs === undefined || surroundings.setting(needs) === true),
  );
}

/** The settings on which the answer depends. */
export const SYNTAX_SETTINGS: readonly string[] = REPORTERS.flatMap(({ unless, needs }) => unless ?? needs ?? []);

/** Which of the extensions are there, as one text to compare. */
export function reportersThere({ has }: Surroundings): string {
  return REPORTERS.filter(({ extension }) => has(extension))
    .map(({ extension }) => extension)
    .join(' ');
}
