/** Credentials in options of commands whose name does not say so, and in headers. */

/** A string without interpolations, which are in braces, in percent signs or after a dollar sign. */
export const QUOTED = String.raw`"(?<double>[^"\\\n$${'`'}{}<>%\s]{3,300})"|'(?<single>[^'\\\n$${'`'}{}<>%\s]{3,300})'`;
/** An unquoted word of a shell, up to the end of the string that the command is in. */
export const WORD = String.raw`(?<word>[^\s"'${'`'}$<>(){}[\];&|,\\#%=:-][^\s"'${'`'}$<>(){}[\];&|,\\%]{2,299})(?=[\s;&|"'${'`'}]|$)`;

/** The start of a command. A directory, an image and a user can have its name. */
const COMMAND = String.raw`(?:(?<![\w/.:@-])|(?<=(?:bin|\.)\/))`;
/** The end of the name of a command, and what is before the option. */
const BEFORE = String.raw`(?:\.exe)?(?![\w.:/-])[^\n|;&]{0,200}?[ \t]`;

/** Names of commands, and their option for a password with what is between it and its value. */
const OPTIONS: readonly (readonly [command: string, option: string])[] = [
  // The value follows without a space: https://dev.mysql.com/doc/refman/8.4/en/command-line-options.html
  [String.raw`mysql(?:admin|dump|import)?`, '-p'],
  // https://docs.docker.com/reference/cli/docker/login/ and tools with the same options
  [
    String.raw`(?:docker|podman|nerdctl|buildah|oras|crane|helm[ \t]{1,20}registry)[ \t]{1,20}login`,
    String.raw`-p(?:=|[ \t]{1,20})?`,
  ],
  ['sshpass', String.raw`-p[ \t]{0,20}`],
  // https://redis.io/docs/latest/develop/tools/cli/
  ['redis-cli', String.raw`-a[ \t]{1,20}`],
  // https://www.mongodb.com/docs/mongodb-shell/reference/options/
  [String.raw`mongo(?:sh|dump|restore|import|export)?`, String.raw`-p(?:=|[ \t]{1,20})?`],
];

/** `curl -u user:password`: https://curl.se/docs/manpage.html#-u */
const CURL = new RegExp(
  String.raw`${COMMAND}(?<name>curl)${BEFORE}(?:-u[ \t]{0,20}|--user(?:=|[ \t]{1,20}))["']?[\w.@+-]{1,64}:(?<word>[^\s"'${'`'}$<>:|(){}\\]{3,200})`,
  'g',
);

/** `echo user:password | chpasswd`. */
const CHPASSWD =
  /\becho[ \t]{1,20}["']?[\w.-]{1,64}:(?<word>[^\s"'`$<>:|]{3,200})["']?[ \t]{0,20}\|[ \t]{0,20}(?:sudo[ \t]{1,20})?(?<name>chpasswd)\b/g;

/** The patterns whose name is that of a command. */
export const OF_COMMANDS: ReadonlySet<RegExp> = new Set([
  ...OPTIONS.map(
    ([command, option]) =>
      new RegExp(String.raw`${COMMAND}(?<name>${command})${BEFORE}${option}(?:${QUOTED}|${WORD})`, 'g'),
  ),
  CURL,
  CHPASSWD,
]);

/** `Authorization: Bearer token`, as a header or a member of an object. */
export const AUTHORIZATION =
  /(?<![\w-])(?<name>Authorization)["']?\]?[ \t]{0,20}(?:=>|[:=,])[ \t]{0,20}["']?(?:Bearer|Basic|Token)[ \t]{1,20}(?<word>[\w.~+/-]{12,500}={0,2})(?![\w.~+/=$%{<(-])/gi;
