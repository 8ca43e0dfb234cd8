/** Which versions of the AWS provider a configuration admits. */

export interface ProviderVersions {
  /** The lowest major version that is admitted; undefined where the configuration does not say. */
  readonly lowest?: number;
  /** The highest major version that is admitted; undefined where there is no limit. */
  readonly highest?: number;
}
