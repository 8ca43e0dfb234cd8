import type { DocumentFilter } from 'vscode';

/**
 * The languages that templates, configurations, plans and policies are opened in. `cloudformation` and `template` are those of the
 * AWS Toolkit.
 */
const LANGUAGES = ['yaml', 'json', 'jsonc', 'cloudformation', 'template'];

/** Languages that are not checked. The server says so, and what to do instead. */
const TERRAFORM_LANGUAGES = ['terraform', 'opentofu', 'hcl'];

/** Files that no extension may have given a language, by the ends of their names. */
const PATTERNS = [
  '**/*.template',
  '**/*.tfstate',
  '**/*.tfstate.backup',
  '**/*.tfstate.*.backup',
  '**/*.tf',
  '**/*.tofu',
];

/**
 * What the server is told of, on disk or not. It sees by itself which of these documents are templates, so this knows nothing of
 * formats.
 */
export const DOCUMENTS: readonly DocumentFilter[] = [
  ...[...LANGUAGES, ...TERRAFORM_LANGUAGES].map((language) => ({ language })),
  ...PATTERNS.map((pattern) => ({ pattern })),
];
