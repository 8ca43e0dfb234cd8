import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import ownNames from './tools/eslint/own-names.js';

/** Rules see values through judgements alone, so that none of them forgets what is not known. */
const VALUES_THROUGH_JUDGEMENTS = [
  {
    selector:
      'MemberExpression[property.name="state"], MemberExpression[property.value="state"], ObjectPattern > Property[key.name="state"]',
    message: 'A rule does not look at the state of a value: it combines judgements (is, all, any, not, exists, every).',
  },
  {
    selector:
      'MemberExpression[property.name=/^(yes|no)$/], MemberExpression[property.value=/^(yes|no)$/], Property[key.name=/^(yes|no)$/]',
    message:
      'A rule does not take a judgement apart: it combines judgements (all, any, not, among), and the engine drops what is never wrong.',
  },
  {
    selector:
      'MemberExpression[property.name=/^(satisfiable|isAlways|isNever|coveredBy)$/], ImportSpecifier[imported.name="Guard"]',
    message:
      'A rule does not ask a guard: model/quantified.ts has the questions about all scenarios (always, sometimes, never).',
  },
  {
    selector: 'Identifier[name=/certainty/i], Literal[value=/^(certain|possible)$/], Property[key.value="certainty"]',
    message: 'A rule does not decide how certain a finding is: it yields a judgement, and the engine derives it.',
  },
  {
    selector:
      'MemberExpression[object.name="Math"][property.name="random"], Identifier[name="Date"]:not(Property > Identifier.key)',
    message: 'A rule gives the same answer every time: no clock and no chance.',
  },
];

/** What people know a resource by is not always its address. */
const DISPLAY_NAMES = [
  {
    selector: 'TemplateLiteral > MemberExpression[property.name="address"]:not([object.name="parameter"])',
    message: 'A message names a resource by its displayName.',
  },
];

const OUTER_EDGES = ['server/src/{host,lsp,cli}/**', 'server/src/main-*.ts'];

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', '.cache/', 'schemas/', 'server/src/rules/resource-paths.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    rules: {
      // With noUncheckedIndexedAccess, an index that is known to be in range is written as such.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Overloads that are said one by one have their own doc comments and errors.
      '@typescript-eslint/unified-signatures': 'off',
      // Identity and type maps read better as type literals in places.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // A map of maps of its own type has to be an interface, because a type alias cannot contain itself.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-control-regex': 'off',
      'prefer-const': 'error',
      // A loop whose condition does all the work, as in `while (step());`.
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  {
    files: ['server/src/**/*.ts'],
    ignores: OUTER_EDGES,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['node:*', 'fs', 'path', 'os', 'url', 'child_process'],
              message: 'The core is pure: what it needs comes in its snapshot.',
            },
            {
              group: ['vscode-*'],
              message: 'The core knows nothing of editors: offsets become lines in lsp/ and cli/.',
            },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        ...['process', 'Buffer', 'setTimeout', 'setInterval', 'fetch', 'performance'].map((name) => ({
          name,
          message: 'The core is pure and synchronous, and runs in a browser too.',
        })),
      ],
    },
  },
  {
    files: ['server/src/**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    plugins: { local: { rules: { 'own-names': ownNames } } },
    rules: {
      'local/own-names': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/no-unnecessary-type-arguments': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/require-await': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  // Clients leave out what the protocol requires of them.
  { files: ['server/src/lsp/client.ts'], rules: { '@typescript-eslint/no-unnecessary-condition': 'off' } },
  {
    files: ['server/src/rules/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...VALUES_THROUGH_JUDGEMENTS, ...DISPLAY_NAMES] },
  },
  { files: ['server/src/hover/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...DISPLAY_NAMES] } },
  {
    files: ['server/src/cli/**', 'server/src/main-*.ts', 'tools/**', 'test/bench/**', 'test/fuzz/**', 'test/kit/*.cjs'],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.cjs', '**/*.mjs', 'tools/**', '*.js'], languageOptions: { globals: globals.node } },
);
