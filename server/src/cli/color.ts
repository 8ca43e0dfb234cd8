/**
 * Whether to use colors: on a terminal, unless NO_COLOR is set. FORCE_COLOR has priority; `0` and `false` disable
 * colors.
 * https://no-color.org, https://force-color.org
 */
export function colorWanted(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return isTerminal && env['TERM'] !== 'dumb';
}

/**
 * Whether to write hyperlinks: on a terminal, unless colors are disabled. Terminals without hyperlinks show only their
 * text. https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
 */
export function linksWanted(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  return isTerminal && env['TERM'] !== 'dumb' && (env['NO_COLOR'] ?? '') === '' && colorWanted(env, isTerminal);
}
