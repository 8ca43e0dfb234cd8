/** Credentials in command options whose name does not show it, and in headers. */

/** A string without interpolations, which are in braces, in percent signs or after a dollar sign. */
export const QUOTED_VALUE = String.raw`"(?<double>[^"\\\n$${'`'}{}<>%\s]{3,300})"|'(?<single>[^'\\\n$${'`'}{}<>%\s]{3,300})'`;
/** An unquoted word of a shell, up to the end of the string that the command is in. */
export const WORD_VALUE = String.raw`(?<word>[^\s"'${'`'}$<>(){}[\];&|,\\#%=:-][^\s"'${'`'}$<>(){}[\];&|,\\%]{2,299})(?=[\s;&|"'${'`'}]|$)`;

/** The start of a command. A directory, an image, a container and a user can have its name. */
const COMMAND = String.raw`(?:(?<![\w/.:@-]|--name[ =])|(?<=(?:bin|\.)\/))`;
/**
 * Other commands, which the first one or a container of its name runs. Their `-p` does not take a password: `mkdir -p`,
 * `scp -p`.
 */
const RUNS = String.raw`(?:mkdir|install|cp|scp|rsync|ssh|sftp|tar)[ \t]`;
/** The end of the name of a command, and what is before the option. */
const BEFORE = String.raw`(?:\.exe)?(?![\w.:/-])(?:(?![ \t]${RUNS})[^\n|;&]){0,200}?[ \t]`;

/** Names of commands with what each of these contains, and the password option with the separator before its value. */
const OPTIONS: readonly (readonly [mark: string, command: string, option: string])[] = [
  // The value follows without a space: https://dev.mysql.com/doc/refman/8.4/en/command-line-options.html
  ['mysql', String.raw`mysql(?:admin|dump|import)?`, '-p'],
  // https://docs.docker.com/reference/cli/docker/login/ and tools with the same options
  [
    'login',
    String.raw`(?:docker|podman|nerdctl|buildah|oras|crane|helm[ \t]{1,20}registry)[ \t]{1,20}login`,
    String.raw`-p(?:=|[ \t]{1,20})?`,
  ],
  ['sshpass', 'sshpass', String.raw`-p[ \t]{0,20}`],
  // https://redis.io/docs/latest/develop/tools/cli/
  ['redis-cli', 'redis-cli', String.raw`-a[ \t]{1,20}`],
  // https://www.mongodb.com/docs/mongodb-shell/reference/options/
  ['mongo', String.raw`mongo(?:sh|dump|restore|import|export)?`, String.raw`-p(?:=|[ \t]{1,20})?`],
];

/**
 * Placeholders for the password beside a GitHub token.
 * https://github.blog/security/application-security/easier-builds-and-deployments-using-git-over-https-and-oauth/
 */
const NO_PASSWORD = 'x-oauth-basic(?![\\w-])';

const CURL_USER = String.raw`${COMMAND}(?<name>curl)${BEFORE}(?:-u[ \t]{0,20}|--user(?:=|[ \t]{1,20}))["']?`;

/**
 * `curl -u user:password`: https://curl.se/docs/manpage.html#-u. The user can be a variable of the shell or the
 * template: `${!User}`, `${AWS::StackName}`. Of `[password]` and `@@password@@`, the brackets and signs are a
 * placeholder.
 */
const CURL = new RegExp(
  String.raw`${CURL_USER}(?:[\w.@+-]|\$\w|\$\{!?[\w.:]{0,64}\}){1,64}:(?!\[[\w -]{1,64}\]|@@|${NO_PASSWORD})(?<word>[^\s"'${'`'}$<>:|(){}\\]{3,200})`,
  'g',
);

/** `curl -u token:x-oauth-basic`, where the user is the credential. */
export const CURL_TOKEN = new RegExp(
  String.raw`${CURL_USER}(?=[^\s:\d]{0,200}\d)(?<word>[\w.+-]{8,200}):(?=${NO_PASSWORD})`,
  'g',
);

/** `echo user:password | chpasswd`. */
const CHPASSWD =
  /\becho[ \t]{1,20}["']?[\w.-]{1,64}:(?<word>[^\s"'`$<>:|]{3,200})["']?[ \t]{0,20}\|[ \t]{0,20}(?:sudo[ \t]{1,20})?(?<name>chpasswd)\b/g;

/** The patterns whose name is that of a command, each with a text that every match contains. */
export const COMMAND_PATTERNS: ReadonlyMap<RegExp, string> = new Map([
  ...OPTIONS.map(
    ([mark, command, option]) =>
      [
        new RegExp(String.raw`${COMMAND}(?<name>${command})${BEFORE}${option}(?:${QUOTED_VALUE}|${WORD_VALUE})`, 'g'),
        mark,
      ] as const,
  ),
  [CURL, 'curl'],
  [CURL_TOKEN, 'curl'],
  [CHPASSWD, 'chpasswd'],
]);

/** `Authorization: Bearer token`, as a header or a member of an object. */
export const AUTHORIZATION =
  /(?<![\w-])(?<name>Authorization)["']?\]?[ \t]{0,20}(?:=>|[:=,])[ \t]{0,20}["']?(?<scheme>Bearer|Basic|Token)[ \t]{1,20}(?<word>[\w.~+/-]{12,500}={0,2})(?![\w.~+/=$%{<(-])/gi;

/**
 * Whether the word after a scheme can be its credential rather than prose or a name, such as `Bearer authentication`
 * and `Bearer accessTokenValue`: `Basic` has a user and a password in Base64, and a token has digits.
 * https://datatracker.ietf.org/doc/html/rfc7617#section-2
 */
export function isAuthorization(scheme: string, word: string): boolean {
  if (!/^basic$/i.test(scheme)) return /\d/.test(word);
  try {
    return /^[^:\p{Cc}\u0080-\uffff]+:/u.test(atob(word));
  } catch {
    return false;
  }
}
