import { flatMap } from '../base/flat-map.ts';
import type { Connection } from 'vscode-languageserver';
import { DidChangeConfigurationNotification } from './protocol.ts';
import type { Uri } from '../base/span.ts';
import type { ScenarioTerm } from '../model/scenario.ts';
import { CERTAINTIES, type Certainty } from '../model/finding.ts';
import { DEFAULT_PROFILE, PROFILES, type Profile } from '../model/profile.ts';
import type { HoverLevel } from '../hover/responsibility/hover.ts';
import type { Client } from './client.ts';

/** The settings of the editor, for each resource. */
export interface Settings {
  readonly profile: Profile;
  readonly certainty: Certainty;
  /** Whether fix all also answers `source.fixAll`. */
  readonly fixAllOnSourceFixAll: boolean;
  /** Where hovers show the shared responsibility model. */
  readonly ownershipHover: HoverLevel;
  /** Whether hovers explain values and results of rules. */
  readonly valueHover: boolean;
  /** Whether syntax errors are reported; off if another extension reports them. */
  readonly syntaxProblems: boolean;
  /** The scenario of templates to check; all scenarios if it is empty. */
  readonly scenario: readonly ScenarioTerm[];
  /** How suppressed findings, also those of the baseline, are shown. */
  readonly suppressedFindings: SuppressedFindings;
  /** The requests in configuration files that are answered from their JSON Schema. */
  readonly schemaHelp: SchemaHelp;
}

/** Off if another extension applies the JSON Schema of configuration files, so that nothing is offered twice. */
export interface SchemaHelp {
  readonly completion: boolean;
  readonly hover: boolean;
}

/** `fade` shows them as faded hints. */
export type SuppressedFindings = 'hide' | 'fade';

export const DEFAULT_SETTINGS: Settings = {
  profile: DEFAULT_PROFILE,
  certainty: 'certain',
  fixAllOnSourceFixAll: false,
  ownershipHover: 'security',
  valueHover: true,
  syntaxProblems: true,
  scenario: [],
  suppressedFindings: 'hide',
  schemaHelp: { completion: true, hover: true },
};

const SECTION = 'stackwarden';
const HOVER_LEVELS: readonly HoverLevel[] = ['off', 'security', 'all'];

/** The settings that a client sent. Missing and invalid settings have their defaults. */
export function settingsOf(sent: unknown): Settings {
  const { profile, certainty, fixAll, ownershipHover, valueHover, ...others } = record(sent);
  const { syntaxProblems, scenario, suppressedFindings } = others;
  const { onSourceFixAll } = record(fixAll);
  const { completion, hover } = record(others['schemaHelp']);
  return {
    profile: PROFILES.find((known) => known === profile) ?? DEFAULT_SETTINGS.profile,
    certainty: CERTAINTIES.find((known) => known === certainty) ?? DEFAULT_SETTINGS.certainty,
    fixAllOnSourceFixAll: onSourceFixAll === true,
    ownershipHover: HOVER_LEVELS.find((known) => known === ownershipHover) ?? DEFAULT_SETTINGS.ownershipHover,
    valueHover: valueHover !== false,
    syntaxProblems: syntaxProblems !== 'off',
    scenario: scenarioOf(scenario),
    suppressedFindings: suppressedFindings === 'fade' ? 'fade' : 'hide',
    schemaHelp: { completion: completion !== false, hover: hover !== false },
  };
}

/**
 * Parses `{conditions: {IsProd: true}, parameters: {Stage: "prod"}}`; numbers and booleans become strings as in
 * CloudFormation.
 */
function scenarioOf(sent: unknown): readonly ScenarioTerm[] {
  const { conditions, parameters } = record(sent);
  return [
    ...flatMap(Object.entries(record(conditions)), ([name, value]) =>
      typeof value === 'boolean' ? [{ kind: 'condition', name, value: String(value) } as const] : [],
    ),
    ...flatMap(Object.entries(record(parameters)), ([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [{ kind: 'parameter', name, value: String(value) } as const]
        : [],
    ),
  ];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/**
 * The settings of each resource. They are requested once per resource until a change, or sent by clients without that
 * request with `initialize` and with each change.
 */
export class SettingsSource {
  readonly #connection: Connection;
  readonly #client: Client;
  readonly #requested = new Map<Uri, Promise<Settings>>();
  #sent: Settings;

  constructor(connection: Connection, client: Client, initial: unknown) {
    this.#connection = connection;
    this.#client = client;
    this.#sent = settingsOf(record(initial)[SECTION] ?? initial);
  }

  of(scope: Uri, scopeUri: string): Promise<Settings> {
    if (!this.#client.configuration) return Promise.resolve(this.#sent);
    let settings = this.#requested.get(scope);
    if (!settings) {
      settings = this.#ask(scopeUri);
      this.#requested.set(scope, settings);
    }
    return settings;
  }

  /** The settings of a closed resource are requested again when it is needed. */
  forget(scope: Uri): void {
    this.#requested.delete(scope);
  }

  /** Follows the client's settings and reports changes. */
  listen(changed: () => void): void {
    this.#connection.onDidChangeConfiguration(({ settings }) => {
      this.#requested.clear();
      if (!this.#client.configuration) this.#sent = settingsOf(record(settings)[SECTION]);
      changed();
    });
  }

  /** Registers for changes of settings, if the client supports that. */
  async register(): Promise<void> {
    if (this.#client.registersConfiguration)
      await this.#connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
  }

  async #ask(scopeUri: string): Promise<Settings> {
    try {
      return settingsOf(await this.#connection.workspace.getConfiguration({ scopeUri, section: SECTION }));
    } catch {
      return DEFAULT_SETTINGS;
    }
  }
}
