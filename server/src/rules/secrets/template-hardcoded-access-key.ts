import { UNKNOWABLE, YES } from '../../model/judgement.ts';
import { defineRule, type DocumentText, type Report } from '../rule.ts';

/** The id of an access key of a user (AKIA) or of temporary credentials (ASIA). The ids in AWS's documentation end in EXAMPLE. */
const KEY_ID = /(?<![A-Za-z0-9])(AKIA|ASIA)(?![A-Z0-9]*EXAMPLE)[A-Z2-7]{16}(?![A-Za-z0-9])/g;

/**
 * What stands between the name of a secret and its value: in YAML, JSON, shell scripts, and lists of names and values. Space is
 * limited, so that a document of nothing else takes no longer than another.
 */
const SPACE = String.raw`\s{0,99}`;
const BETWEEN = String.raw`["']?${SPACE}(?:,${SPACE})?(?:["']?value["']?${SPACE})?[:=]${SPACE}\\?["']?`;

/** Forty characters of a secret access key behind a name that says so. */
const SECRET_KEY = new RegExp(String.raw`secret_?(?:access_?)?key${BETWEEN}([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])`, 'dgi');

/** Forty such characters behind another name of a secret, which may be something else. */
const OTHER_SECRET = new RegExp(String.raw`(?:secret|credentials?)${BETWEEN}([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])`, 'dgi');

export default defineRule({
  id: 'template-hardcoded-access-key',
  on: 'document',
  topic: 'secrets', severity: 'critical', profile: 'essential', since: '0.1', judged: '2026-11-24',
  title: 'Document has no AWS access key in it',
  why: 'Keys that get into a repository are found by machines within minutes of becoming public, stay in its history, and act as their owner until somebody deactivates them.',
  remedy: 'Deactivate the key in IAM, remove it from the history of the repository, and use a role (instance profile, execution role, OpenID Connect) instead.',
  sources: [
    { url: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html', claim: 'Ids that begin with AKIA are long-term credentials of a user or the root user, those with ASIA temporary ones; the documentation\'s examples end in EXAMPLE.', seen: '2026-11-24' },
  ],
  aliases: {},
  controls: {},
  fix: 'none',
  *check(document) {
    for (const { index, 0: id, 1: prefix } of document.text.matchAll(KEY_ID)) {
      const temporary = prefix === 'ASIA';
      yield {
        faults: [{ wrong: YES, at: document.secretAt({ start: index, end: index + id.length }) }],
        ...temporary ? { severity: 'medium' as const } : {},
        message: temporary
          ? 'The id of temporary AWS credentials is written here, which shows that credentials get into documents; remove it and what belongs to it, and use a role.'
          : 'An AWS access key is written here, and whoever reads the document may act as its owner; deactivate the key in IAM, remove it from the history, and use a role.',
      };
    }
    yield* secrets(document);
  },
});

function* secrets(document: DocumentText): Iterable<Report> {
  const certain = new Set<number>();
  for (const { indices } of document.text.matchAll(SECRET_KEY)) {
    const [start, end] = indices![1]!;
    if (!looksRandom(document.text.slice(start, end))) continue;
    certain.add(start);
    yield {
      faults: [{ wrong: YES, at: document.secretAt({ start, end }) }],
      message: 'An AWS secret access key is written here, and whoever reads the document may act as its owner; deactivate the key in IAM, remove it from the history, and use a role.',
    };
  }
  for (const { indices } of document.text.matchAll(OTHER_SECRET)) {
    const [start, end] = indices![1]!;
    if (certain.has(start) || !looksRandom(document.text.slice(start, end))) continue;
    yield {
      faults: [{ wrong: UNKNOWABLE, at: document.secretAt({ start, end }) }],
      message: 'Forty characters that look like an AWS secret access key are written here; if they are one, deactivate the key in IAM, remove it from the history, and use a role.',
    };
  }
}

/** Whether a text has letters of both cases and digits and is no example: hashes in hexadecimal digits are of one case. */
function looksRandom(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text) && !/EXAMPLE/.test(text);
}
