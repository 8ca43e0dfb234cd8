import { l10n } from './l10n.ts';
import { plainLabel } from './plain-label.ts';

/** The parameters of `stackwarden/status`. */
export interface DocumentStatus {
  readonly uri: string;
  readonly busy: boolean;
  readonly known?: {
    /** `none` for a document that is not checked. */
    readonly format: string;
    readonly title: string;
    readonly reason: string;
    readonly profile: string;
    readonly findings: number;
    readonly incomplete: readonly string[];
    /** The sources of parameter values. */
    readonly deployments?: readonly string[];
    /** For a template: the chosen scenario; empty for all scenarios. */
    readonly scenario?: readonly string[];
  };
}

/** The displayed status of a document. */
export interface StatusText {
  readonly text: string;
  readonly detail: string;
  readonly warns: boolean;
}

/** The status of a document as text; without a status, that it is being checked. */
export function statusText(known: DocumentStatus['known']): StatusText {
  if (!known) return { text: 'Stackwarden', detail: l10n.t('Checking the document'), warns: false };
  const { format, title, reason, profile, findings, incomplete } = known;
  if (format === 'none') return { text: title, detail: plainLabel(sentence(reason)), warns: false };
  const found = countOf(findings);
  // VS Code truncates after about 80 characters, so the default profile is not named.
  const named = profile === 'recommended' ? title : `${title} (${profile})`;
  return {
    text: `${named}: ${found}`,
    detail: plainLabel(
      [sentence(reason), ...(incomplete.length > 0 ? [l10n.t('Incomplete: {0}', incomplete.join('; '))] : [])].join(
        '. ',
      ),
    ),
    warns: incomplete.length > 0,
  };
}

/** The scenario of a template as text; undefined for other documents. */
export function scenarioText(
  known: DocumentStatus['known'],
): { readonly text: string; readonly detail: string } | undefined {
  if (!known?.scenario) return undefined;
  const { scenario, deployments = [] } = known;
  return {
    text: scenario.length === 0 ? l10n.t('All scenarios') : plainLabel(l10n.t('Scenario: {0}', joined(scenario))),
    detail: deployments.length === 0 ? '' : plainLabel(l10n.t('Parameters of {0}', deployments.join(', '))),
  };
}

/** The status bar text for a chosen scenario; undefined if all scenarios are checked. */
export function scenarioBarText(
  known: DocumentStatus['known'],
): { readonly text: string; readonly tooltip: string } | undefined {
  const { scenario = [] } = known ?? {};
  if (scenario.length === 0) return undefined;
  const [first, ...others] = scenario;
  const shown = first!.length > LONGEST_BAR ? `${first!.slice(0, LONGEST_BAR)}…` : first!;
  return {
    text: `$(filter) ${plainLabel(shown)}${others.length === 0 ? '' : ` +${others.length}`}`,
    tooltip: l10n.t(
      'Stackwarden checks only this scenario: {0}. Click to change it.',
      joined(scenario.map(plainLabel)),
    ),
  };
}

/** The status bar is shared by all extensions. */
const LONGEST_BAR = 40;

/** A number of findings as text. */
export function countOf(findings: number): string {
  if (findings === 0) return l10n.t('no findings');
  return findings === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', findings);
}

function joined(terms: readonly string[]): string {
  return terms.reduce((all, term) => l10n.t('{0} and {1}', all, term));
}

function sentence(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1);
}
