import { QuickPickItemKind, window, type QuickPickItem, type Uri } from 'vscode';
import type { ChosenScenarios } from './chosen-scenarios.ts';
import { l10n } from './l10n.ts';
import { anyValue, subjectPick, valuePick, valueQuestion } from './scenario-picks.ts';
import {
  isEveryScenario,
  subjectsOf,
  withValue,
  type Scenario,
  type ScenarioChoices,
  type ScenarioSubject,
} from './scenario.ts';

const title = (): string => l10n.t('Choose Scenario');

/** Asks the user for the value of a condition or parameter of the active template. `ask` returns the choices. */
export async function chooseScenario(
  scenarios: ChosenScenarios,
  ask: (uri: Uri) => Promise<ScenarioChoices | null>,
): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (!document) return;
  const choices = await ask(document.uri);
  const scenario = scenarios.of(document.uri);
  const subjects = choices ? subjectsOf(choices, scenario) : [];
  if (subjects.length === 0 && isEveryScenario(scenario)) {
    window.setStatusBarMessage(l10n.t('Stackwarden: This document has no conditions or parameters.'), 5000);
    return;
  }
  const chosen = await chooseSubject(subjects, scenario);
  if (chosen === 'all') return scenarios.choose(document.uri, {});
  const value = chosen && (await chooseValue(chosen));
  // The current choice counts: it can change while the question is open.
  if (chosen && value) await scenarios.choose(document.uri, withValue(scenarios.of(document.uri), chosen, value.text));
}

/** Writes the scenario of the active document to the workspace folder settings. */
export async function saveScenario(scenarios: ChosenScenarios): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (!document) return;
  const saved = await scenarios.save(document.uri);
  window.setStatusBarMessage(
    saved
      ? l10n.t('Stackwarden: Scenario saved to settings.')
      : l10n.t('Stackwarden: This document is not in a workspace folder.'),
    5000,
  );
}

async function chooseSubject(
  subjects: readonly ScenarioSubject[],
  scenario: Scenario,
): Promise<ScenarioSubject | 'all' | undefined> {
  const items = (
    kind: ScenarioSubject['kind'],
    label: string,
  ): (QuickPickItem & { readonly subject?: ScenarioSubject })[] => {
    const some = subjects.filter((subject) => subject.kind === kind);
    return some.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...some.map(subjectPick)];
  };
  const all = { label: l10n.t('All scenarios'), description: l10n.t('report findings of all scenarios') };
  const picked = await window.showQuickPick(
    [
      ...(isEveryScenario(scenario) ? [] : [all]),
      ...items('condition', l10n.t('Conditions')),
      ...items('parameter', l10n.t('Parameters')),
    ],
    { title: title(), placeHolder: l10n.t('Select a condition or parameter') },
  );
  return picked === all ? 'all' : picked && 'subject' in picked ? picked.subject : undefined;
}

/** The chosen value, without `text` for any value; undefined if the user cancelled. */
async function chooseValue(subject: ScenarioSubject): Promise<{ readonly text?: string } | undefined> {
  const { kind, values, open, value } = subject;
  const named = values.map((text) => valuePick(text, value));
  const any: QuickPickItem = {
    label: anyValue(kind),
    ...(value === undefined ? { description: l10n.t('current') } : {}),
  };
  const other: QuickPickItem = { label: l10n.t('Another value…') };
  const picked = await window.showQuickPick([...named, ...(open ? [other] : []), any], {
    title: title(),
    placeHolder: valueQuestion(subject),
  });
  if (picked === undefined) return undefined;
  if (picked === any) return {};
  if (picked !== other) return { text: (picked as (typeof named)[number]).text };
  const text = await window.showInputBox({ title: title(), prompt: valueQuestion(subject), value: value ?? '' });
  return text === undefined ? undefined : { text };
}
