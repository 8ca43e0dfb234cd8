/** What `.stackwarden.yaml` says. */
export interface Configuration {
  /** Facts about the account that documents do not show, by name: `s3.accountBlock`. */
  readonly assume: Readonly<Record<string, boolean>>;
}

export const DEFAULT_CONFIGURATION: Configuration = { assume: {} };
