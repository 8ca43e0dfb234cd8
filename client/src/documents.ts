import type { DocumentFilter } from 'vscode';

/**
 * The languages of templates, configurations, plans and policies. `cloudformation` and `template` are those of the
 * AWS Toolkit.
 */
const LANGUAGES = ['yaml', 'json', 'jsonc', 'cloudformation', 'template'];

/** Languages that are not supported. The server shows what to do instead. */
const TERRAFORM_LANGUAGES = ['terraform', 'opentofu', 'hcl'];

/** File patterns for files without a language. */
const PATTERNS = [
  '**/*.template',
  '**/*.tfstate',
  '**/*.tfstate.backup',
  '**/*.tfstate.*.backup',
  '**/*.tf',
  '**/*.tofu',
];

/** The documents that are synchronized with the server, on disk or not. The server detects formats. */
export const DOCUMENTS: readonly DocumentFilter[] = [
  ...[...LANGUAGES, ...TERRAFORM_LANGUAGES].map((language) => ({ language })),
  ...PATTERNS.map((pattern) => ({ pattern })),
];
