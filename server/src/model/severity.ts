/** Severities with their presentation in reports and editors, the most severe first. */

export interface SeverityTraits {
  /** How editors show a certain finding, in the terms of the Language Server Protocol. */
  readonly diagnostic: 'error' | 'warning' | 'information' | 'hint';
  /** The colors of the text report, by their names in picocolors. */
  readonly colors: readonly ('red' | 'yellow' | 'blue' | 'dim' | 'bold')[];
  /** Whether it is kept for a resource that a tool added, whose author can hardly act on a finding. */
  readonly severe: boolean;
  /** The class of findings of IAM Access Analyzer with this severity. */
  readonly analyzerClass?: AnalyzerClass;
  /** The level of a result in SARIF. */
  readonly level: 'error' | 'warning' | 'note';
  /**
   * The security severity in SARIF, which GitHub shows as critical from 9.0, high from 7.0, medium from 4.0, and low
   * from 0.1.
   * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
   */
  readonly score: string;
  /** The command that annotates a line in a workflow of GitHub Actions. */
  readonly annotation: 'error' | 'warning' | 'notice';
  /** The severity in a Code Quality report of GitLab. https://docs.gitlab.com/ci/testing/code_quality/ */
  readonly codeQuality: 'blocker' | 'critical' | 'major' | 'minor' | 'info';
}

/**
 * The classes of findings of IAM Access Analyzer. With an error, AWS rejects the policy, or the statement has no effect
 * as written.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export type AnalyzerClass = 'error' | 'security-warning' | 'warning' | 'suggestion';

const TRAITS = {
  critical: {
    diagnostic: 'error',
    colors: ['red', 'bold'],
    severe: true,
    level: 'error',
    score: '9.5',
    annotation: 'error',
    codeQuality: 'blocker',
  },
  high: {
    diagnostic: 'warning',
    colors: ['red'],
    severe: true,
    analyzerClass: 'error',
    level: 'error',
    score: '8.0',
    annotation: 'error',
    codeQuality: 'critical',
  },
  medium: {
    diagnostic: 'warning',
    colors: ['yellow'],
    severe: false,
    analyzerClass: 'security-warning',
    level: 'warning',
    score: '5.5',
    annotation: 'warning',
    codeQuality: 'major',
  },
  low: {
    diagnostic: 'information',
    colors: ['blue'],
    severe: false,
    analyzerClass: 'warning',
    level: 'note',
    score: '3.0',
    annotation: 'notice',
    codeQuality: 'minor',
  },
  info: {
    diagnostic: 'hint',
    colors: ['dim'],
    severe: false,
    analyzerClass: 'suggestion',
    level: 'note',
    score: '1.0',
    annotation: 'notice',
    codeQuality: 'info',
  },
} as const satisfies Readonly<Record<string, SeverityTraits>>;

export type Severity = keyof typeof TRAITS;

/** The most severe first. */
export const SEVERITIES = Object.keys(TRAITS) as readonly Severity[];

/** How reports and editors present a severity. */
export function severityTraits(severity: Severity): SeverityTraits {
  return TRAITS[severity];
}

/** Orders severities, the most severe first. */
export function compareSeverities(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}

/** Whether a severity is a limit or more severe. */
export function isAtLeast(severity: Severity, limit: Severity): boolean {
  return compareSeverities(severity, limit) <= 0;
}

/** The severity of a class of findings of IAM Access Analyzer. */
export function severityOfClass(wanted: AnalyzerClass): Severity {
  return SEVERITIES.find((severity) => severityTraits(severity).analyzerClass === wanted)!;
}
