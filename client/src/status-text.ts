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
  if (!known) return { text: 'Stackwarden', detail: 'Checking the document', warns: false };
  const { format, title, reason, profile, findings, incomplete } = known;
  if (format === 'none') return { text: title, detail: plainLabel(sentence(reason)), warns: false };
  const found = findings === 0 ? 'no findings' : findings === 1 ? '1 finding' : `${findings} findings`;
  // VS Code truncates after about 80 characters, so the default profile is not named.
  const asked = profile === 'recommended' ? title : `${title} (${profile})`;
  return {
    text: `${asked}: ${found}`,
    detail: plainLabel(
      [sentence(reason), ...(incomplete.length > 0 ? [`Incomplete: ${incomplete.join('; ')}`] : [])].join('. '),
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
    text: scenario.length === 0 ? 'All scenarios' : plainLabel(`Scenario: ${scenario.join(' and ')}`),
    detail: deployments.length === 0 ? '' : plainLabel(`Parameters of ${deployments.join(', ')}`),
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
    tooltip: `Stackwarden reports only this scenario: ${scenario.map(plainLabel).join(' and ')}. Click to change it.`,
  };
}

/** The status bar is shared by all extensions. */
const LONGEST_BAR = 40;

function sentence(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1);
}
