/** The task that checks files with the command line of the extension, without VS Code. */

/** The type of the tasks in `tasks.json`. */
export const TASK_TYPE = 'stackwarden';

/** The problem matchers of its output. The first that matches a line decides the severity. */
export const MATCHERS: readonly string[] = ['$stackwarden-critical', '$stackwarden-low', '$stackwarden'];

/** A task, as users write it in `tasks.json`. It states what is checked, and not what is executed. */
export interface LintDefinition {
  readonly type: string;
  readonly task?: unknown;
  readonly paths?: unknown;
  readonly profile?: unknown;
  readonly certainty?: unknown;
}

/**
 * The arguments of the command line; undefined for a definition of another task or with invalid values. Paths can come
 * from an untrusted workspace, so they follow `--` and are never read as options.
 */
export function lintArguments({ task, paths = [], profile, certainty }: LintDefinition): readonly string[] | undefined {
  if (task !== 'lint' || !Array.isArray(paths) || !paths.every((path) => typeof path === 'string')) return undefined;
  const options = Object.entries({ profile, certainty }).filter(([, value]) => value !== undefined);
  if (!options.every(([, value]) => typeof value === 'string' && /^[a-z]+$/.test(value))) return undefined;
  return [
    'lint',
    '--quiet',
    ...options.flatMap(([name, value]) => [`--${name}`, String(value)]),
    '--',
    ...(paths.length > 0 ? (paths as readonly string[]) : ['.']),
  ];
}
