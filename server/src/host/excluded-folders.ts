/** Folders that other tools create. They are searched only if they are named themselves. */
export const EXCLUDED_FOLDERS: readonly string[] = [
  'node_modules',
  '.git',
  '.terraform',
  '.aws-sam',
  'cdk.out',
  'cdktf.out',
  '.terragrunt-cache',
  // Third-party modules and packages in the repository.
  'vendor',
  '.external_modules',
  'site-packages',
];
