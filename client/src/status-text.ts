import { plainLabel } from './plain-label.ts';

/** What the server says of a document, with `stackwarden/status`. */
export interface DocumentStatus {
  readonly uri: string;
  readonly busy: boolean;
  readonly known?: {
    /** `none` when it is not checked. */
    readonly format: string;
    readonly title: string;
    readonly reason: string;
    readonly profile: string;
    readonly findings: number;
    readonly incomplete: readonly string[];
    /** Where the values of the parameters of a template come from. */
    readonly deployments?: readonly string[];
    /** For a template: what is so in the scenario that is looked at; empty when that is all of them. */
    readonly scenario?: readonly string[];
  };
}

/** What is shown of a document. */
export interface StatusText {
  readonly text: string;
  readonly detail: string;
  readonly warns: boolean;
}

/** The status of the document in words; before anything is known of it, of the wait. */
export function statusText(known: DocumentStatus['known']): StatusText {
  if (!known) return { text: 'Stackwarden', detail: 'Checking the document', warns: false };
  const { format, title, reason, profile, findings, incomplete } = known;
  if (format === 'none') return { text: title, detail: plainLabel(sentence(reason)), warns: false };
  const found = findings === 0 ? 'no findings' : findings === 1 ? '1 finding' : `${findings} findings`;
  // VS Code cuts what is longer than about 80 characters, so what most people have is not said.
  const asked = profile === 'recommended' ? title : `${title} (${profile})`;
  return {
    text: `${asked}: ${found}`,
    detail: plainLabel(
      [sentence(reason), ...(incomplete.length > 0 ? [`Incomplete: ${incomplete.join('; ')}`] : [])].join('. '),
    ),
    warns: incomplete.length > 0,
  };
}

/** The scenario that is looked at in a template, in words; undefined for other documents. */
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

/** What the status bar says while one scenario is looked at, as findings of the others are left out; undefined when all are. */
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
