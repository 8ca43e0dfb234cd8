/** Severities with their presentation in reports and editors, the most severe first. */

export interface SeverityTraits {
  /** How editors show a certain finding, in the terms of the Language Server Protocol. */
  readonly diagnostic: 'error' | 'warning' | 'information' | 'hint';
  /** The colors of the text report, by their names in picocolors. */
  readonly colours: readonly ('red' | 'yellow' | 'blue' | 'dim' | 'bold')[];
  /** Whether it is kept for a resource that a tool added, whose author can hardly act on a finding. */
  readonly grave: boolean;
  /** The class of findings of IAM Access Analyzer with this severity. */
  readonly analyzerClass?: AnalyzerClass;
}

/**
 * The classes of findings of IAM Access Analyzer. With an error, AWS rejects the policy, or the statement has no effect
 * as written.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export type AnalyzerClass = 'error' | 'security-warning' | 'warning' | 'suggestion';

const TRAITS = {
  critical: { diagnostic: 'error', colours: ['red', 'bold'], grave: true },
  high: { diagnostic: 'warning', colours: ['red'], grave: true, analyzerClass: 'error' },
  medium: { diagnostic: 'warning', colours: ['yellow'], grave: false, analyzerClass: 'security-warning' },
  low: { diagnostic: 'information', colours: ['blue'], grave: false, analyzerClass: 'warning' },
  info: { diagnostic: 'hint', colours: ['dim'], grave: false, analyzerClass: 'suggestion' },
} as const satisfies Readonly<Record<string, SeverityTraits>>;

export type Severity = keyof typeof TRAITS;

/** The most severe first. */
export const SEVERITIES = Object.keys(TRAITS) as readonly Severity[];

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
