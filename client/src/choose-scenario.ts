import { QuickPickItemKind, window, type QuickPickItem, type Uri } from 'vscode';
import type { ChosenScenarios } from './chosen-scenarios.ts';
import { ANY, subjectPick, valuePick, valueQuestion } from './scenario-picks.ts';
import {
  isEveryScenario,
  subjectsOf,
  withValue,
  type Scenario,
  type ScenarioChoices,
  type Subject,
} from './scenario.ts';

const TITLE = 'Choose Scenario';

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
    window.setStatusBarMessage('Stackwarden: This document has no conditions or parameters.', 5000);
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
    saved ? 'Stackwarden: Scenario saved to settings.' : 'Stackwarden: This document is not in a workspace folder.',
    5000,
  );
}

async function chooseSubject(subjects: readonly Subject[], scenario: Scenario): Promise<Subject | 'all' | undefined> {
  const items = (kind: Subject['kind'], label: string): (QuickPickItem & { readonly subject?: Subject })[] => {
    const some = subjects.filter((subject) => subject.kind === kind);
    return some.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...some.map(subjectPick)];
  };
  const all = { label: 'All scenarios', description: 'report findings of all scenarios' };
  const picked = await window.showQuickPick(
    [
      ...(isEveryScenario(scenario) ? [] : [all]),
      ...items('condition', 'Conditions'),
      ...items('parameter', 'Parameters'),
    ],
    { title: TITLE, placeHolder: 'Select a condition or parameter' },
  );
  return picked === all ? 'all' : picked && 'subject' in picked ? picked.subject : undefined;
}

/** The chosen value, without `text` for any value; undefined if the user cancelled. */
async function chooseValue(subject: Subject): Promise<{ readonly text?: string } | undefined> {
  const { kind, values, open, value } = subject;
  const named = values.map((text) => valuePick(text, value));
  const any: QuickPickItem = { label: ANY[kind], ...(value === undefined ? { description: 'current' } : {}) };
  const other: QuickPickItem = { label: 'Another value…' };
  const picked = await window.showQuickPick([...named, ...(open ? [other] : []), any], {
    title: TITLE,
    placeHolder: valueQuestion(subject),
  });
  if (picked === undefined) return undefined;
  if (picked === any) return {};
  if (picked !== other) return { text: (picked as (typeof named)[number]).text };
  const text = await window.showInputBox({ title: TITLE, prompt: valueQuestion(subject), value: value ?? '' });
  return text === undefined ? undefined : { text };
}
