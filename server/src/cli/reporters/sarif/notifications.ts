/** The notifications of a SARIF report about the run itself: problems of documents, and what was not checked. */
import { flatMap } from '../../../base/flat-map.ts';
import { resolve } from 'node:path';
import type { Invocation, Location, Notification, ReportingDescriptor } from 'sarif';
import { uriOf } from '../../../host/uri.ts';
import type { Problem } from '../../../model/finding.ts';
import {
  notFullyChecked,
  type ConfigurationProblem,
  type LintedFile,
  type IncompletelyChecked,
  type Outcome,
} from '../../lint.ts';
import { Places } from '../../places.ts';
import { artifactOf, physicalLocation } from './locations.ts';
import { messageText } from './text.ts';

/** What notifications can be about, by id. */
const NOTIFICATIONS = {
  'syntax-error': 'The text cannot be parsed here. The rest of the document is checked.',
  'document-problem': 'AWS rejects the document.',
  'internal-error': 'A rule failed, so its findings can be missing.',
  'incomplete-results': 'The document was not checked, or only in part.',
  'unreadable-file': 'The file cannot be read or written.',
  'configuration-problem': 'A configuration or parameter file has an error.',
  'omitted-results': 'The report has the maximum number of results, and further results are omitted.',
} as const;

type NotificationId = keyof typeof NOTIFICATIONS;

/** The kinds of notifications, which a report has to declare. Their IDs are in its notifications. */
export const NOTIFICATION_DESCRIPTORS: readonly ReportingDescriptor[] = Object.entries(NOTIFICATIONS).map(
  ([id, text]) => ({ id, shortDescription: { text } }),
);

const OF_PROBLEM: Readonly<Record<Problem['kind'], NotificationId>> = {
  syntax: 'syntax-error',
  document: 'document-problem',
  internal: 'internal-error',
};

interface Where {
  readonly base: string;
  readonly cwd: string;
}

/** The run. `omitted` states which results are omitted, if any. */
export function invocationOf(outcome: Outcome, omitted: string | undefined, where: Where): Invocation {
  const { files, failures, configurationFaults } = outcome;
  const partly = notFullyChecked(outcome);
  const problems = files.filter(({ document }) => document.format !== 'none');
  return {
    executionSuccessful:
      failures.length === 0 &&
      outcome.unchecked.length === 0 &&
      configurationFaults.length === 0 &&
      !problems.some(({ document }) => document.problems.some(({ kind }) => kind === 'internal')),
    toolExecutionNotifications: [
      ...(omitted === undefined ? [] : [notification('omitted-results', 'warning', omitted)]),
      ...failures.map((missed) => notification('unreadable-file', 'error', sentence(missed), fileOf(missed, where))),
      ...partly.map((missed) => notification('incomplete-results', 'warning', sentence(missed), fileOf(missed, where))),
      ...flatMap(problems, (file) => problemsOf(file, where)),
    ],
    toolConfigurationNotifications: configurationFaults.map((fault) => faultOf(fault, where)),
  };
}

function problemsOf(file: LintedFile, { base }: Where): readonly Notification[] {
  const places = new Places(file);
  return file.document.problems.map(({ kind, message, at }) =>
    notification(OF_PROBLEM[kind], 'error', message, { physicalLocation: physicalLocation(at, places, base) }),
  );
}

function faultOf({ problem: { at, message }, text }: ConfigurationProblem, { base }: Where): Notification {
  const places = new Places({ textOf: () => text });
  return notification('configuration-problem', 'error', message, {
    physicalLocation: physicalLocation(at, places, base),
  });
}

function notification(id: NotificationId, level: 'error' | 'warning', text: string, at?: Location): Notification {
  return {
    descriptor: { id, index: NOTIFICATION_DESCRIPTORS.findIndex((descriptor) => descriptor.id === id) },
    level,
    message: messageText(text),
    ...(at ? { locations: [at] } : {}),
  };
}

function sentence({ path, reason }: IncompletelyChecked): string {
  return `${path}: ${reason}.`;
}

function fileOf({ path }: IncompletelyChecked, { base, cwd }: Where): Location {
  return { physicalLocation: { artifactLocation: artifactOf(uriOf(resolve(cwd, path)), base) } };
}
