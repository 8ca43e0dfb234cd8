import { inert } from '../base/inert.ts';
import type { Uri } from '../base/span.ts';
import type { Profile } from '../model/finding.ts';
import type { Format } from '../model/resource.ts';
import type { FileResult } from './file-result.ts';
import type { Session } from './session.ts';

/** The notification by which a client that shows it learns what is known of a document that is open. */
export const STATUS = 'stackwarden/status';

export interface DocumentStatus {
  readonly uri: string;
  /** Whether it is being looked at. The rest is what was known before then, and may be missing. */
  readonly busy: boolean;
  readonly known?: KnownStatus;
}

export interface KnownStatus {
  readonly format: Format;
  /** The name of the format for people. */
  readonly title: string;
  /** Why it was recognised as that, or why not: a clause for people. */
  readonly reason: string;
  readonly profile: Profile;
  readonly findings: number;
  /** What was not seen, so that findings may be missing: clauses for people. */
  readonly incomplete: readonly string[];
  /** Where the values of the parameters of a template come from, for people, if that is known. */
  readonly deployments?: readonly string[];
  /** For a template: the scenario that is looked at, a clause for each thing that is so in it; none when that is all of them. */
  readonly scenario?: readonly string[];
}

const TITLES: Readonly<Record<Format, string>> = {
  cloudformation: 'CloudFormation',
  sam: 'SAM',
  'terraform-json': 'Terraform JSON',
  'terraform-plan': 'Terraform plan',
  'terraform-state': 'Terraform state',
  'iam-policy': 'IAM policy',
  none: 'Not checked',
};

/** Tells a client that shows it what open documents were recognised as, why, and how much was found. */
export function status(session: Session): void {
  const { client, connection, documents, judgements, log } = session;
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
  judgements.onDidStart((docs) => docs.forEach((doc) => send(doc, true)));
  judgements.onDidJudge((judged) => {
    if (documents.has(judged.doc)) known.set(judged.doc, knownOf(judged));
  });
  judgements.onDidEnd((docs) => docs.forEach((doc) => send(doc, false)));
}

function knownOf({ format, reason, profile, findings, incomplete, inputs }: FileResult): KnownStatus {
  return {
    format,
    title: TITLES[format],
    reason: inert(reason),
    profile,
    findings: findings.length,
    incomplete,
    ...(inputs ? { deployments: inputs.deployments.map(inert) } : {}),
    // Terraform has no scenarios to choose from.
    ...(inputs && format !== 'terraform-json'
      ? { scenario: inputs.scenario.map(({ name, value }) => inert(`${name} is ${value}`)) }
      : {}),
  };
}
