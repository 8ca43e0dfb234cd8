import { memoizeLast } from '../../base/memoize.ts';
import { UNKNOWABLE, YES } from '../../model/judgement.ts';
import { defineRule, type Report } from '../rule.ts';
import type { DocumentText } from '../document-check.ts';

/**
 * An access key ID of a user (AKIA) or of temporary credentials (ASIA). The IDs in AWS's documentation end in EXAMPLE.
 */
const KEY_ID = /(?<![A-Za-z0-9])(AKIA|ASIA)(?![A-Z0-9]*EXAMPLE)[A-Z2-7]{16}(?![A-Za-z0-9])/g;

/** The number of characters of a secret access key, and what they can be. */
const LENGTH = 40;
const KEY_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+';

/**
 * By the code of a character. A large document has many to look at, for which a regular expression takes several times
 * as long.
 */
const IS_OF_KEY: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  KEY_CHARACTERS.includes(String.fromCharCode(code)),
);

/** Whether a key can have the character at an offset of a text. */
function isOfKey(text: string, offset: number): boolean {
  return IS_OF_KEY[text.charCodeAt(offset)] === true;
}

/** Names of a secret access key and of other secrets: `SecretAccessKey`, `aws_secret_key`, `secret-access-key`. */
const SECRET_KEY = /secret[ _./-]?(?:access[ _./-]?)?key$/i;
const OTHER_SECRET = /(?:secret|credentials?)$/i;

/**
 * The characters between the name of a secret and its value: in YAML, JSON, shell scripts, lists of names and values,
 * and JSON within a string. White space is limited, so that a document of only white space takes no longer than others.
 */
const SPACE = String.raw`\s{0,99}`;
const QUOTE = String.raw`\\{0,3}["']?`;
const BETWEEN = new RegExp(
  String.raw`([\w ./-]{1,20})${QUOTE}${SPACE}(?:,${SPACE})?(?:${QUOTE}value${QUOTE}${SPACE})?[:=]${SPACE}${QUOTE}$`,
  'i',
);

/** The same where the value comes first: the characters after it. */
const BEHIND = new RegExp(
  String.raw`^${QUOTE}${SPACE},${SPACE}${QUOTE}(?:name|key)${QUOTE}${SPACE}[:=]${SPACE}${QUOTE}([\w ./-]{1,99})`,
  'i',
);

/**
 * The same in an object of HCL, whose items can be on lines of their own: the name of the value before it, and the
 * characters after it.
 */
const VALUE_ITEM = /\bvalue[ \t]{0,99}=[ \t]{0,99}"$/i;
const NAME_ITEM = /^"[ \t]{0,99}\r?\n[ \t]{0,99}(?:name|key)[ \t]{0,99}=[ \t]{0,99}"([\w ./-]{1,99})"/i;

/** The number of characters that are searched before and after a value. */
const NEAR = 250;

export default defineRule({
  id: 'template-hardcoded-access-key',
  on: 'document',
  topic: 'secrets',
  severity: 'critical',
  judged: '2026-11-24',
  title: 'Templates should not contain hard-coded AWS access keys',
  keywords: ['AKIA', 'secret access key', 'credentials', 'leaked keys', 'plaintext'],
  why: 'Bots find keys in a public repository within minutes. The keys stay in its history, and give the permissions of their owner to anyone until they are deactivated.',
  remedy:
    'Deactivate the key in IAM, remove it from the repository history, and use a role instead (instance profile, execution role, OpenID Connect).',
  sources: {
    'https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html':
      "IDs that begin with AKIA belong to long-term credentials of a user or the root user, IDs that begin with ASIA to temporary ones; the documentation's examples end in EXAMPLE.",
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html': {
      claim: 'Requests are authenticated with the access key ID and the secret access key together.',
      seen: '2026-11-30',
    },
  },
  fix: 'none',
  *check(document) {
    // Any string that looks like a secret access key can be that of the ID, whatever its name.
    const alone = randomIn(document.text).length === 0;
    for (const { index, 0: id, 1: prefix } of document.text.matchAll(KEY_ID)) {
      const temporary = prefix === 'ASIA';
      const what = temporary ? 'the access key ID of temporary AWS credentials' : 'an AWS access key ID';
      yield {
        violations: [{ wrong: YES, at: document.secretAt({ start: index, end: index + id.length }) }],
        ...severityOf(temporary, alone),
        message: alone
          ? `The document contains ${what} alone. Check that its secret access key is not exposed elsewhere, and use a role.`
          : `The document contains ${what}. ${temporary ? 'Remove the credentials' : 'Deactivate the key in IAM, remove it from the history'}, and use a role.`,
      };
    }
    yield* secrets(document);
  },
});

/** An ID without its secret access key authenticates no request. */
function severityOf(temporary: boolean, alone: boolean): Pick<Report, 'severity' | 'profile'> {
  if (alone) return { severity: temporary ? 'low' : 'medium', profile: 'recommended' };
  return temporary ? { severity: 'medium' } : {};
}

function* secrets(document: DocumentText): Iterable<Report> {
  const { text } = document;
  const candidates = randomIn(text);
  if (candidates.length === 0) return;
  const named = new Map<number, readonly string[]>();
  for (const { name, at } of document.named()) named.set(at.start, [...(named.get(at.start) ?? []), name]);
  for (const start of candidates) {
    const end = start + LENGTH;
    const textBefore = text.slice(Math.max(start - NEAR, 0), start);
    const textBehind = text.slice(end, end + NEAR);
    const before = BETWEEN.exec(textBefore)?.[1];
    const behind = (BEHIND.exec(textBehind) ?? (VALUE_ITEM.test(textBefore) ? NAME_ITEM.exec(textBehind) : null))?.[1];
    // In HCL, white space separates a name from its equals sign.
    const names = [before?.trimEnd(), behind, ...(named.get(start) ?? [])].filter((name) => name !== undefined);
    const at = document.secretAt({ start, end });
    if (names.some((name) => SECRET_KEY.test(name)))
      yield {
        violations: [{ wrong: YES, at }],
        message:
          'The document contains an AWS secret access key. Deactivate the key in IAM, remove it from the history, and use a role.',
      };
    else if (names.some((name) => OTHER_SECRET.test(name)))
      yield {
        violations: [{ wrong: UNKNOWABLE, at }],
        message:
          'The document contains an AWS secret access key. If so, deactivate it in IAM, remove it from the history, and use a role.',
      };
  }
}

/** The starts of the strings that look like secret access keys. */
const randomIn = memoizeLast((text): readonly number[] =>
  candidatesIn(text).filter((start) => looksRandom(text.slice(start, start + LENGTH))),
);

/**
 * The starts of the words that are as long as a key. A word of this length has a character at one of the places that
 * are tried.
 */
function candidatesIn(text: string): readonly number[] {
  const starts: number[] = [];
  for (let at = LENGTH - 1; at < text.length; at += LENGTH) {
    if (!isOfKey(text, at)) continue;
    let [start, end] = [at, at + 1];
    while (start > 0 && isOfKey(text, start - 1)) start--;
    while (end < text.length && isOfKey(text, end)) end++;
    if (end - start === LENGTH && text[start - 1] !== '=' && text[end] !== '=') starts.push(start);
    at += Math.floor((end - 1 - at) / LENGTH) * LENGTH;
  }
  return starts;
}

/**
 * Whether a string has letters of both cases and digits and is not an example. Hexadecimal hashes have letters of one
 * case.
 */
function looksRandom(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text) && !/EXAMPLE/.test(text);
}
