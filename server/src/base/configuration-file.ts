/** The name of the file that configures the analysis; it also marks the folders that belong together. */
export const CONFIGURATION_FILE = '.stackwarden.yaml';
