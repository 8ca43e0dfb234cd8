/**
 * Detection of hard-coded credentials in scripts, code and documents within strings: assignments to the name of a
 * credential, options of commands, and credentials of a known format.
 */
import {
  AUTHORIZATION,
  COMMAND_PATTERNS,
  CURL_TOKEN,
  isAuthorization,
  QUOTED_VALUE,
  WORD_VALUE,
} from './command-secrets.ts';
import { isSecretName, isSecretText, literalKind } from './credential.ts';
import { TOKENS_AND_KEY_ID, tokensIn } from './token.ts';

/** `shell`: unquoted words are literals. `code`: unquoted words are expressions. */
export type ScriptLanguage = 'shell' | 'code';

/** A credential in a script. */
export interface ScriptSecret {
  /** The name of the variable or option, or the format of the credential: `DB_PASSWORD`, `a GitHub token`. */
  readonly name: string;
  readonly text: string;
  readonly start: number;
  /** How many times the script has the same text earlier. */
  readonly skip: number;
  readonly example: boolean;
}

type Found = Omit<ScriptSecret, 'skip'>;

const NAME = String.raw`(?<name>[A-Za-z_][\w-]{0,127})`;
/** `NAME="value"`, `name: 'value'`, `"name": "value"`, `name => 'value'`; also `dict["name"] = "value"`. */
const ASSIGNED = new RegExp(
  String.raw`(?<![\w$.@-])["']?${NAME}["']?\]?[ \t]{0,20}(?:=>|:=|=(?!=)|:(?!:))[ \t]{0,20}(?:${QUOTED_VALUE})`,
  'g',
);
/** `NAME=value` of a shell or a property file, and `name: value` on a line of YAML. */
const SHELL_ASSIGNED = new RegExp(String.raw`(?<![\w$.@/-])${NAME}=${WORD_VALUE}`, 'g');
const YAML_ASSIGNED = new RegExp(String.raw`^[ \t-]{0,80}["']?${NAME}["']?:[ \t]{1,20}${WORD_VALUE}[ \t]{0,20}$`, 'gm');
/** `--password value`, `--token=value`. */
const OPTION = new RegExp(String.raw`(?<![\w-])--?${NAME}(?:=|[ \t]{1,20})(?:${QUOTED_VALUE}|${WORD_VALUE})`, 'g');
const PATTERNS: Readonly<Record<ScriptLanguage, readonly RegExp[]>> = {
  shell: [ASSIGNED, SHELL_ASSIGNED, YAML_ASSIGNED, OPTION, ...COMMAND_PATTERNS.keys(), AUTHORIZATION],
  code: [ASSIGNED, AUTHORIZATION],
};

/** Most scripts have no such word. */
const HINT = /pass|pwd|secret|token|key|credential|connection|mysql|login|redis|mongo|curl|authorization/i;

/** The maximum number of credentials of one script. */
const MOST = 100;

/**
 * The credentials in a script, each place once, in the order of the text. With `labels`, also words that more likely
 * name a secret or token than are one, for text that is hidden.
 */
export function secretsInScript(text: string, language: ScriptLanguage, labels = false): readonly ScriptSecret[] {
  const found = new Map<number, Found>();
  for (const { format, start, end, example } of tokensIn(text, TOKENS_AND_KEY_ID))
    found.set(start, { name: format.name, text: text.slice(start, end), start, example });
  for (const pattern of HINT.test(text) ? PATTERNS[language] : []) {
    // V8 compiles a pattern when it is first used, and most scripts call none of the commands.
    if (!text.includes(COMMAND_PATTERNS.get(pattern) ?? '')) continue;
    for (const { 0: whole, groups, index } of text.matchAll(pattern)) {
      if (found.size >= MOST) break;
      const { name = '', double, single, word, scheme } = groups!;
      const value = double ?? single ?? word!;
      // The value is at the end, or before the name of the command.
      const start = index + whole.lastIndexOf(value);
      const end = start + value.length;
      const isHeader = pattern === AUTHORIZATION;
      const isMeant = isHeader || COMMAND_PATTERNS.has(pattern) || isSecretName(name.replaceAll('-', '_'));
      if (isOverlapped(found, start, end) || !isMeant) continue;
      if (isHeader && !isPlaceholder(value) && !isAuthorization(scheme!, value)) continue;
      if (
        !isLiteralSecret(isHeader || pattern === CURL_TOKEN ? 'token' : name, value) &&
        !(labels && LABEL.test(value))
      )
        continue;
      found.set(start, { name, text: value, start, example: isPlaceholder(value) });
    }
  }
  return [...found.values()]
    .sort((a, b) => a.start - b.start)
    .map((secret) => ({ ...secret, skip: earlier(text, secret) }));
}

/** How many times a script has the text of a credential before it. */
function earlier(script: string, { text, start }: Found): number {
  return script.slice(0, start).split(text).length - 1;
}

function isOverlapped(found: ReadonlyMap<number, Found>, start: number, end: number): boolean {
  return [...found.values()].some((other) => start < other.start + other.text.length && other.start < end);
}

/**
 * Values with the name of a credential that are not credentials: a small number, published ports of a container, a
 * word, a place where the credential is stored.
 */
const OTHER: readonly RegExp[] = [
  /^(?:[\d.]{7,15}:)?\d{1,5}(?:-\d{1,5})?:\d{1,5}(?:-\d{1,5})?(?:\/(?:tcp|udp|sctp))?$/,
  /^-?\d{1,5}$|^(?:yes|on|off|enabled|required|optional|default|auto|string|str|secret|token|value)$/i,
  /^(?:arn:|https?:\/\/|s3:\/\/|file:|ssm:|vault:|secretsmanager:|alias\/|[./~]|\$|%)/i,
  // The name of another variable, and the name of a secret: `DB_PASSWORD`, `prod/db/password`.
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]*)+$/,
  /^[a-z][a-z0-9_.-]*(?:\/[a-z0-9_.-]+)+$/,
];

/** A mark that the script or its deployment replaces: `__REPLACED_AT_START__`. */
const MARK = /^__\w+__$/;

/** Words joined by hyphens, which name a secret or a token rather than being it: `my-app-secret`. */
const LABEL = /^[a-z]+(?:[-_.][a-z0-9]+)+$/;

/** Words joined by hyphens, which name a key rather than being it. Unlike labels, keys can have digits. */
const WORDS = /^[a-z]+(?:[-_.][a-z]+)+$/;

/** The name of another value: `accessKeyId`. */
const FIELD = /^[a-z]+(?:[A-Z][a-z]+)*(?:Id|Name|Arn|Header|Path)$/;

/** Whether a literal with the name of a credential is one, or a placeholder for one. */
export function isLiteralSecret(name: string, text: string): boolean {
  const raw = text.trim();
  if (MARK.test(raw)) return false;
  if (isPlaceholder(raw)) return true;
  if (!isSecretText(raw) || OTHER.some((pattern) => pattern.test(raw))) return false;
  if (/(?:secret|token)$/i.test(name) && LABEL.test(raw)) return false;
  return !/(?:secret|token|key)$/i.test(name) || !(WORDS.test(raw) || FIELD.test(raw));
}

/** Whether a literal is a placeholder, which must be replaced, rather than a credential. */
export function isPlaceholder(text: string): boolean {
  return /^<[^<>]{1,100}>$/.test(text.trim()) || literalKind(text) === 'example';
}
