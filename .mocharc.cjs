const { availableParallelism } = require('node:os');
const { pathToFileURL } = require('node:url');
const { globSync } = require('tinyglobby');

/** Tests that collect garbage, again and again, start while little is kept. */
const COLLECTING = ['test/base/memoize.test.ts', 'test/formats/cloudformation-content.test.ts'];

/** Then the files that take longest start, so that none is left over at the end. */
const LONGEST = [
  'test/rules/rules.test.ts',
  'test/bench/adversarial.test.ts',
  'test/cli/workers.test.ts',
  'test/bench/work.test.ts',
  'test/fuzz/increments.test.ts',
  'test/engine/budget.test.ts',
  'test/fuzz/hovers.test.ts',
  'test/formats/terraform-dynamic.test.ts',
  'test/lsp/secrets.test.ts',
  'test/fuzz/fuzz.test.ts',
  'test/engine/explained-stack.test.ts',
  'test/engine/clean-policy-cache.test.ts',
  'test/bench/related.test.ts',
  'test/rules/self-contained.test.ts',
  'test/lsp/process.test.ts',
  'test/formats/relations.test.ts',
  'test/policy/narrowed.test.ts',
  'test/engine/bad-input.test.ts',
  'test/engine/analysis.test.ts',
  'test/bench/counters.test.ts',
  'test/completion/own-resource.test.ts',
  'test/completion/everywhere.test.ts',
  'test/formats/terraform-metamorphic.test.ts',
  'test/cli/process.test.ts',
  'test/tools/npm-package.test.ts',
  'test/cli/changed-since.test.ts',
  'test/rules/policy-needs.test.ts',
  'test/lsp/protocol.test.ts',
  'test/lsp/odd-input.test.ts',
  'test/cli/secrets-everywhere.test.ts',
  'test/hover/rows.test.ts',
  'test/hover/defaults.test.ts',
  'test/robustness/names.test.ts',
  'test/robustness/long-lists.test.ts',
  'test/engine/complex-conditions.test.ts',
  'test/policy/safe-fix-access.test.ts',
  'test/syntax/mutation.test.ts',
  'test/tools/generate.test.ts',
];

/**
 * Most tests are many short analyses, for which optimized code does not repay its compilation, and simple code does at
 * the first call. Later versions of Node.js have other compilers.
 */
const COMPILATION = process.versions.node.startsWith('20.') ? ['interrupt-budget=300000', 'always-sparkplug'] : [];

module.exports = {
  // The processors are busy with other test files, so collecting garbage in further threads gains nothing.
  'node-option': [
    `import=${pathToFileURL(`${__dirname}/test/kit/loader/register.mjs`).href}`,
    'single-threaded-gc',
    'max-semi-space-size=32',
    ...COMPILATION,
  ],
  spec: [...new Set([...COLLECTING, ...LONGEST, ...globSync('test/**/*.test.ts', { cwd: __dirname }).sort()])],
  // In parallel a test may wait for others.
  timeout: 120_000,
  reporter: 'dot',
  require: ['test/kit/seed.ts'],
  parallel: true,
  jobs: Math.max(2, availableParallelism()),
};
