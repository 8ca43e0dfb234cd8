/**
 * Whether to use colors: on a terminal, unless NO_COLOR is set. FORCE_COLOR has priority; `0` and `false` disable
 * colors.
 * https://no-color.org, https://force-color.org
 */
export function colourWanted(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return isTerminal && env['TERM'] !== 'dumb';
}
