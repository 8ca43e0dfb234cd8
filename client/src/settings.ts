import { extensions, Uri, workspace, type ConfigurationScope, type Disposable } from 'vscode';
import type { ChosenScenarios } from './chosen-scenarios.ts';
import {
  othersReportSyntax,
  enabledReporters,
  schemaHelp,
  WATCHED_SETTINGS,
  type EditorEnvironment,
} from './other-extensions.ts';

export const SECTION = 'stackwarden';

/** The settings that are sent to the server. */
const FOR_SERVER = [
  'profile',
  'certainty',
  'ownershipHover',
  'valueHover',
  'fixAll.onSourceFixAll',
  'scenario',
  'suppressedFindings',
];

const ENVIRONMENT: EditorEnvironment = {
  has: (extension) => extensions.getExtension(extension) !== undefined,
  setting: (name) => workspace.getConfiguration().get(name),
};

/**
 * The settings of a resource for the server: only those that are set, so that defaults come from the server and the
 * configuration file. A chosen scenario has priority over the setting.
 */
export function settingsFor(
  scopeUri: string | undefined,
  scenarios: ChosenScenarios,
): Readonly<Record<string, unknown>> {
  const uri = scopeUri === undefined ? undefined : Uri.parse(scopeUri);
  const language = workspace.textDocuments.find((document) => document.uri.toString() === uri?.toString())?.languageId;
  const scope: ConfigurationScope | undefined = language !== undefined && uri ? { uri, languageId: language } : uri;
  const configuration = workspace.getConfiguration(SECTION, scope);
  const settings: Record<string, unknown> = {};
  for (const name of FOR_SERVER) {
    const {
      key: _key,
      defaultValue: _default,
      defaultLanguageValue: _defaultForLanguage,
      languageIds: _languages,
      ...set
    } = configuration.inspect(name)!;
    if (Object.values(set).some((value) => value !== undefined))
      put(settings, name.split('.'), configuration.get(name));
  }
  const scenario = scenarios.chosen(uri);
  return {
    ...settings,
    ...(scenario ? { scenario } : {}),
    syntaxProblems: syntaxProblems(configuration.get('syntaxProblems'), language),
    ...(language === undefined ? {} : { schemaHelp: schemaHelp(language, ENVIRONMENT) }),
  };
}

/** Fires after extensions or other settings changed that affect the server. */
export function onDidChangeEnvironment(scenarios: ChosenScenarios, changed: () => void): Disposable[] {
  let there = enabledReporters(ENVIRONMENT);
  return [
    scenarios.onDidChange(changed),
    extensions.onDidChange(() => {
      const now = enabledReporters(ENVIRONMENT);
      if (now === there) return;
      there = now;
      changed();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (WATCHED_SETTINGS.some((name) => event.affectsConfiguration(name))) changed();
    }),
  ];
}

/** Closed documents have no language, and no other extension reports their errors. */
function syntaxProblems(wanted: unknown, language: string | undefined): 'on' | 'off' {
  if (wanted === 'on' || wanted === 'off') return wanted;
  return language !== undefined && othersReportSyntax(language, ENVIRONMENT) ? 'off' : 'on';
}

function put(object: Record<string, unknown>, [name, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) object[name!] = value;
  else put((object[name!] ??= {}) as Record<string, unknown>, rest, value);
}
