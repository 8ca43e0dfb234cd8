import { inert } from '../base/inert.ts';
import type { Uri } from '../base/span.ts';
import type { Profile } from '../model/finding.ts';
import { formatLabel, isTemplate, type Format } from '../model/format.ts';
import type { FileResult } from './file-result.ts';
import type { Session } from './session.ts';

/** The notification about the status of an open document. */
export const STATUS = 'stackwarden/status';

export interface DocumentStatus {
  readonly uri: string;
  /** Whether an analysis is running. The rest is the last known status, and may be missing. */
  readonly busy: boolean;
  readonly known?: KnownStatus;
}

export interface KnownStatus {
  readonly format: Format;
  /** The name of the format for users. */
  readonly title: string;
  /** Why this format was detected, or none: a clause for users. */
  readonly reason: string;
  readonly profile: Profile;
  readonly findings: number;
  /** Why findings may be missing: clauses for users. */
  readonly incomplete: readonly string[];
  /** The sources of parameter values of a template, for users, if known. */
  readonly deployments?: readonly string[];
  /** For a template: the chosen scenario, one clause per term; empty for all scenarios. */
  readonly scenario?: readonly string[];
}

/** Sends the format, reason and number of findings of open documents to a client that shows them. */
export function status(session: Session): void {
  const { client, connection, documents, results, log } = session;
  if (!client.status) return;
  const known = new Map<Uri, KnownStatus>();

  const send = (doc: Uri, busy: boolean): void => {
    const open = documents.get(doc);
    if (!open) return;
    const last = known.get(doc);
    const params: DocumentStatus = { uri: open.uri, busy, ...(last ? { known: last } : {}) };
    connection.sendNotification(STATUS, params).catch((error: unknown) => log.failure('send a status', error));
  };

  documents.onDidChange(({ doc, what }) => {
    if (what === 'closed') known.delete(doc);
  });
  results.onDidStart((docs) => docs.forEach((doc) => send(doc, true)));
  results.onDidJudge((judged) => {
    if (documents.has(judged.doc)) known.set(judged.doc, knownOf(judged));
  });
  results.onDidEnd((docs) => docs.forEach((doc) => send(doc, false)));
}

function knownOf({ format, reason, profile, findings, incomplete, inputs }: FileResult): KnownStatus {
  return {
    format,
    title: formatLabel(format),
    reason: inert(reason),
    profile,
    findings: findings.filter(({ suppressedBy }) => !suppressedBy).length,
    incomplete,
    ...(inputs ? { deployments: inputs.deployments.map(inert) } : {}),
    // Terraform has no scenarios to choose.
    ...(inputs && isTemplate(format)
      ? { scenario: inputs.scenario.map(({ name, value }) => inert(`${name} is ${value}`)) }
      : {}),
  };
}
