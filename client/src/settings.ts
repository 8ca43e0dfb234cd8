import { extensions, Uri, workspace, type ConfigurationScope, type Disposable } from 'vscode';
import type { ChosenScenarios } from './chosen-scenarios.ts';
import { othersReportSyntax, reportersThere, SYNTAX_SETTINGS, type Surroundings } from './other-extensions.ts';

export const SECTION = 'stackwarden';

/** What the server may ask for. */
const FOR_SERVER = ['profile', 'certainty', 'ownershipHover', 'valueHover', 'fixAll.onSourceFixAll', 'scenario'];

const SURROUNDINGS: Surroundings = {
  has: (extension) => extensions.getExtension(extension) !== undefined,
  setting: (name) => workspace.getConfiguration().get(name),
};

/**
 * The settings of a resource for the server: those that somebody has set, so that the server and a configuration file in the
 * workspace decide about all others. A scenario that the user chose comes before the one of the settings.
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
  };
}

/** Tells after something outside of our own settings changed what the server is to do. */
export function onDidChangeSurroundings(scenarios: ChosenScenarios, changed: () => void): Disposable[] {
  let there = reportersThere(SURROUNDINGS);
  return [
    scenarios.onDidChange(changed),
    extensions.onDidChange(() => {
      const now = reportersThere(SURROUNDINGS);
      if (now === there) return;
      there = now;
      changed();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (SYNTAX_SETTINGS.some((name) => event.affectsConfiguration(name))) changed();
    }),
  ];
}

/** Documents that are not open have no language, and nobody else reports anything of them. */
function syntaxProblems(wanted: unknown, language: string | undefined): 'on' | 'off' {
  if (wanted === 'on' || wanted === 'off') return wanted;
  return language !== undefined && othersReportSyntax(language, SURROUNDINGS) ? 'off' : 'on';
}

function put(object: Record<string, unknown>, [name, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) object[name!] = value;
  else put((object[name!] ??= {}) as Record<string, unknown>, rest, value);
}
