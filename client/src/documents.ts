import type { DocumentFilter } from 'vscode';

/**
 * The languages of templates, configurations, plans and policies. `cloudformation` and `template` are those of the
 * AWS Toolkit.
 */
const LANGUAGES = ['yaml', 'json', 'jsonc', 'cloudformation', 'template'];

/**
 * The languages of Terraform, whether this extension or another one contributes them. Variable files change findings of
 * the configuration; for other HCL, the server reports why it is not checked.
 */
const TERRAFORM_LANGUAGES = ['terraform', 'terraform-vars', 'opentofu', 'opentofu-vars', 'hcl'];

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
