/**
 * Detection of credentials by format, anywhere in a string. Formats are specific: a prefix that a vendor documents,
 * or a syntax with a place for a password. Randomness alone is never a reason. Patterns are linear, and each is tried
 * only where one of its marks occurs.
 */
import { flatMap } from '../base/flat-map.ts';
import { lineMatches, type LineMatches } from '../base/line-matches.ts';
import { memoize } from '../base/memoize.ts';
import type { Range, Uri } from '../base/span.ts';
import type { Severity } from './finding.ts';

/** A format of credentials. */
export interface TokenFormat {
  /** With its article, for messages: `a GitHub token`. */
  readonly name: string;
  /** Every match contains one of these strings, case-sensitive. */
  readonly marks: readonly string[];
  /** With the flag `g`. The group `secret` is the credential after the group `before`, if it is not the whole match. */
  readonly pattern: RegExp;
  /** Set if a match can have several lines. */
  readonly acrossLines?: true;
  /**
   * How harmful a leak is: `high` for credentials with limited permissions, `medium` for those that expire or are often
   * public.
   */
  readonly severity: Severity;
  /** Set if a match can be a credential that no longer works, such as an expired token. */
  readonly uncertain?: true;
  /** Where to make it invalid: `at GitHub`. */
  readonly where: string;
  /** The page that documents the format. */
  readonly source: string;
}

/** A credential in a text. */
export interface FoundToken extends Range {
  readonly format: TokenFormat;
  /** Whether it is an example of documentation rather than a credential. */
  readonly example: boolean;
}

const URL_WITH_PASSWORD = {
  // The parts of a URL have no quotes, and the braces and dollar signs of interpolations are not literals. The scheme
  // is searched behind the mark, so that the pattern is not tried at each word.
  pattern:
    /(?<before>:\/\/(?<=\b[a-z][a-z0-9+.-]{1,30}:\/\/)[^\s:/@"'`<>$(){}[\]\\%|]{0,100}:)(?<secret>[^\s/@"'`<>$(){}[\]\\%|]{3,200})@(?<host>[\w.*-]{0,100})/gi,
};

export const TOKEN_FORMATS: readonly TokenFormat[] = [
  {
    name: 'a GitHub token',
    marks: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    pattern: /(?<!\w)gh[pousr]_[A-Za-z0-9]{36,251}(?!\w)/g,
    severity: 'critical',
    where: 'at GitHub',
    source: 'https://github.blog/changelog/2021-03-31-authentication-token-format-updates-are-generally-available',
  },
  {
    name: 'a GitHub token',
    marks: ['github_pat_'],
    pattern: /(?<!\w)github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}(?!\w)/g,
    severity: 'critical',
    where: 'at GitHub',
    source:
      'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github',
  },
  {
    name: 'a GitLab token',
    marks: ['glpat-', 'gldt-', 'glrt-', 'glrtr-'],
    pattern: /(?<![\w-])gl(?:pat|dt|rtr?)-[\w-]{20,100}(?:\.[\w.]{1,40})?(?![\w-])/g,
    severity: 'critical',
    where: 'at GitLab',
    source: 'https://docs.gitlab.com/security/tokens/',
  },
  {
    name: 'a Slack token',
    marks: ['xoxb-', 'xoxp-', 'xapp-'],
    pattern: /(?<![\w-])(?:xox[bp]|xapp)-\d[\w-]{20,250}(?![\w-])/g,
    severity: 'critical',
    where: 'at Slack',
    source: 'https://docs.slack.dev/authentication/tokens/',
  },
  {
    name: 'a Slack webhook URL',
    marks: ['hooks.slack.com/services/'],
    pattern: /(?<!\w)https:\/\/hooks\.slack\.com\/services\/T\w{6,20}\/B\w{6,20}\/\w{20,40}(?!\w)/g,
    severity: 'high',
    where: 'at Slack',
    source: 'https://api.slack.com/incoming-webhooks/',
  },
  {
    name: 'a Stripe API key',
    marks: ['sk_live_', 'rk_live_'],
    pattern: /(?<!\w)[sr]k_live_[A-Za-z0-9]{16,200}(?!\w)/g,
    severity: 'critical',
    where: 'at Stripe',
    source: 'https://docs.stripe.com/keys',
  },
  {
    name: 'a Stripe test key',
    marks: ['sk_test_', 'rk_test_'],
    pattern: /(?<!\w)[sr]k_test_[A-Za-z0-9]{16,200}(?!\w)/g,
    severity: 'low',
    where: 'at Stripe',
    source: 'https://docs.stripe.com/keys',
  },
  {
    name: 'a Google API key',
    marks: ['AIza'],
    pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g,
    severity: 'medium',
    where: 'in the Google Cloud console',
    source: 'https://cloud.google.com/docs/authentication/api-keys',
  },
  {
    name: 'an npm token',
    marks: ['npm_'],
    pattern: /(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)/g,
    severity: 'critical',
    where: 'at npm',
    source: 'https://github.blog/security/announcing-npms-new-access-token-format',
  },
  {
    name: 'a PyPI token',
    marks: ['pypi-'],
    pattern: /(?<![\w-])pypi-AgE[\w-]{82,1000}(?![\w-])/g,
    severity: 'critical',
    where: 'at PyPI',
    source: 'https://docs.pypi.org/api/secrets/',
  },
  {
    // The page has the length. The prefix:
    // https://github.com/twilio/ai/blob/main/skills/twilio/twilio-email-send/SKILL.md
    name: 'a SendGrid API key',
    marks: ['SG.'],
    pattern: /(?<![\w.-])SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/g,
    severity: 'critical',
    where: 'at SendGrid',
    source: 'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys',
  },
  {
    name: 'an Azure storage account key',
    marks: ['AccountKey='],
    pattern: /(?<before>(?<!\w)AccountKey=)(?<secret>[A-Za-z0-9+/]{86}==)(?![\w+/=])/g,
    severity: 'critical',
    where: 'in Azure',
    source: 'https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string',
  },
  {
    name: 'a JSON Web Token',
    marks: ['eyJ'],
    pattern: /(?<![\w.-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}(?![\w.-])/g,
    severity: 'medium',
    uncertain: true,
    where: 'where it was issued',
    source: 'https://www.rfc-editor.org/rfc/rfc7519',
  },
  {
    name: 'a private key',
    marks: ['PRIVATE KEY'],
    // The lines of a key can be joined by escapes, and indented.
    pattern:
      /-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY(?: BLOCK)?-----(?:[A-Za-z0-9+/=\s\\"',:]|-(?!-)){60,}/g,
    acrossLines: true,
    severity: 'critical',
    where: 'where it is trusted',
    source: 'https://www.rfc-editor.org/rfc/rfc7468',
  },
  {
    name: 'a URL with a password',
    marks: ['://'],
    ...URL_WITH_PASSWORD,
    severity: 'high',
    where: 'in the system that it gives access to',
    source: 'https://www.rfc-editor.org/rfc/rfc3986',
  },
];

/** The long-term access key IDs of AWS, which other rules report if the value is only the ID. */
export const AWS_KEY_ID: TokenFormat = {
  name: 'an AWS access key ID',
  marks: ['AKIA'],
  pattern: /(?<![A-Za-z0-9])AKIA[A-Z2-7]{9}(?:[A-Z2-7]{7}|EXAMPLE)(?![A-Za-z0-9])/g,
  severity: 'critical',
  where: 'in IAM',
  source: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html',
};

/** The formats with that of access key IDs, which decides first or last where a text has several. */
export const KEY_ID_AND_TOKENS: readonly TokenFormat[] = [AWS_KEY_ID, ...TOKEN_FORMATS];
export const TOKENS_AND_KEY_ID: readonly TokenFormat[] = [...TOKEN_FORMATS, AWS_KEY_ID];

/**
 * A mark of any format, none of which begins with another one. Most texts have none, and one search takes a tenth of
 * the time of one for each mark.
 */
const ANY_MARK = anyOf(() => true);

/**
 * The same in two patterns for whole documents, because V8 skips text by the length of the shortest text that a pattern
 * searches.
 */
const MARKS_OF_DOCUMENTS = [anyOf(({ length }) => length > 3), anyOf(({ length }) => length <= 3)];

/** The marks that are chosen, as a pattern. */
function anyOf(isChosen: (mark: string) => boolean): RegExp {
  const marks = flatMap(KEY_ID_AND_TOKENS, ({ marks }) => marks).filter(isChosen);
  return new RegExp(marks.map((mark) => mark.replaceAll(/[./]/g, String.raw`\$&`)).join('|'), 'g');
}

/** The marks that a text contains. */
function marksIn(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  ANY_MARK.lastIndex = 0;
  for (let match = ANY_MARK.exec(text); match; match = ANY_MARK.exec(text)) {
    found.add(match[0]);
    // Marks can overlap.
    ANY_MARK.lastIndex = match.index + 1;
  }
  return found;
}

/** The length of a text in which any mark fits. */
const LONGEST_MARK = 32;

/** The marks that a document contains. */
function marksOf(matches: LineMatches): ReadonlySet<string> {
  const found = new Set<string>();
  for (const place of flatMap(MARKS_OF_DOCUMENTS, (pattern) => matches.of(pattern)))
    for (const mark of marksIn(matches.text.slice(place, place + LONGEST_MARK))) found.add(mark);
  return found;
}

/** The credentials in a text that have a known format, in the order of the formats. */
export function* tokensIn(text: string, formats: readonly TokenFormat[] = TOKEN_FORMATS): Iterable<FoundToken> {
  const found = marksIn(text);
  if (found.size === 0) return;
  for (const format of formats) {
    if (!format.marks.some((mark) => found.has(mark))) continue;
    for (const match of text.matchAll(format.pattern)) yield foundToken(format, match);
  }
}

function foundToken(format: TokenFormat, { 0: whole, groups, index }: RegExpExecArray): FoundToken {
  const { before = '', secret = whole, host } = groups ?? {};
  const start = index + before.length;
  return { format, start, end: start + secret.length, example: isExample(secret, host) };
}

/** The credentials in the text of a document, which several features ask for. */
export function tokensOf(document: { readonly doc: Uri; readonly text: string }): readonly FoundToken[] {
  return tokensAmong(lineMatches(document));
}

const tokensAmong = memoize((matches: LineMatches): readonly FoundToken[] => {
  const marks = marksOf(matches);
  return flatMap(TOKEN_FORMATS, (format) =>
    format.marks.some((mark) => marks.has(mark)) ? tokensOfFormat(matches, format) : [],
  );
});

function tokensOfFormat(matches: LineMatches, format: TokenFormat): readonly FoundToken[] {
  const { text } = matches;
  const { pattern, acrossLines } = format;
  if (acrossLines) return [...text.matchAll(pattern)].map((match) => foundToken(format, match));
  // A pattern that is shared keeps no index: other searches would begin there.
  const own = new RegExp(pattern);
  return matches.of(pattern).map((place) => {
    own.lastIndex = place;
    return foundToken(format, own.exec(text)!);
  });
}

/** Words that documentation uses in place of a credential. */
const EXAMPLE_WORD =
  /example|x{5}|\.{3}|\*{3}|0123456789|123456789|abcdefgh|place.?holder|change.?me|your[_-]?\w{0,20}(?:key|token|password)/i;

/** Passwords of URLs that documentation and local set-ups use. */
const EXAMPLE_PASSWORD = /^(?:pass|passwd|password|pwd|pw|secret|token|user|username|test|guest|postgres|root|admin)$/i;
const LOCAL_HOST = /^(?:localhost|127\.\d+\.\d+\.\d+|host|hostname|.*\.?example\.(?:com|org|net))$/i;

function isExample(secret: string, host: string | undefined): boolean {
  if (host !== undefined && (LOCAL_HOST.test(host) || EXAMPLE_PASSWORD.test(secret))) return true;
  return EXAMPLE_WORD.test(secret) || new Set(secret.replace(/^\w+?[_-]/, '')).size < 5;
}
