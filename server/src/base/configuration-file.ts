/** The name of the configuration file, which also marks the root of a project. */
export const CONFIGURATION_FILE = '.stackwarden.yaml';
