/**
 * The output formats of each command, the values of `--format`; the first is the default. They are apart from the
 * reporters, so that arguments are parsed without loading these.
 */

/** An output format. */
export interface OutputFormat<Name extends string = string> {
  readonly name: Name;
  /** A phrase for the reference page. */
  readonly description: string;
  /** Whether programs read the report: standard output has only the report, and standard error has all messages. */
  readonly forPrograms: boolean;
}

/** What a report uses of what an analysis computes on demand. The rest is not computed. */
export interface UsedDetails {
  /** The credentials of documents: to mask them in excerpts, or to leave out what repeats any. None by default. */
  readonly secrets?: 'in excerpts' | 'all';
  /** The titles of the fixes of findings that are not suppressed, or all of all fixes. None by default. */
  readonly fixes?: 'titles' | 'all';
}

/** The flags that decide what a report shows. */
export interface ReportFlags {
  /** Whether the text report has one line per finding, and no summary. */
  readonly quiet?: boolean;
  /** Whether the text report ends with the number of findings by rule. */
  readonly statistics?: boolean;
}

function forPeople<const Name extends string>(name: Name, description: string): OutputFormat<Name> {
  return { name, description, forPrograms: false };
}

function forPrograms<const Name extends string>(name: Name, description: string): OutputFormat<Name> {
  return { name, description, forPrograms: true };
}

/** The formats of the findings of `lint`. */
export const LINT_FORMATS = [
  forPeople('text', 'findings with source excerpts and a summary, for people'),
  forPrograms('json', 'one JSON object with all findings, for programs'),
  forPrograms('sarif', 'SARIF 2.1.0, for code scanning'),
  forPrograms('github', 'annotations of lines in GitHub Actions'),
  forPrograms('gitlab', 'a Code Quality report of GitLab'),
  forPrograms('junit', 'JUnit XML, for test reports of CI systems'),
  forPrograms('markdown', 'Markdown, for a comment on a pull request or the summary of a job'),
] as const;

/** The formats of the list of `rules`. */
export const RULE_FORMATS = [
  forPeople('text', 'a table, for people'),
  forPrograms('json', 'a JSON array, for programs'),
] as const;

/** The formats of the effective configuration of `config`. */
export const CONFIGURATION_FORMATS = [
  forPeople('text', 'each setting with its value and origin, for people'),
  forPrograms('json', 'one JSON object, for programs'),
] as const;

/** The formats of the listing of `access`. */
export const ACCESS_FORMATS = [
  forPeople('text', 'a table of principals with statements and limits, for people'),
  forPrograms('json', 'one JSON object, for programs'),
] as const;

/** The formats of the explanation of `explain-value`. */
export const EXPLANATION_FORMATS = [
  forPeople('text', 'sentences, for people'),
  forPrograms('json', 'one JSON object, for programs'),
] as const;
