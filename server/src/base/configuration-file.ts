/** The name of the configuration file, which also marks the root of a project. */
export const CONFIGURATION_FILE = '.stackwarden.yaml';

/** The name of the baseline, unless the configuration has another one. */
export const BASELINE_FILE = '.stackwarden-baseline.json';

/**
 * Whether a file is a configuration: the configuration file, or one that is made to be extended, as
 * `team.stackwarden.yaml`.
 */
export function isConfigurationFile(name: string): boolean {
  return name.endsWith(CONFIGURATION_FILE);
}
