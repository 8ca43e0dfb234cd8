const { availableParallelism } = require('node:os');
const { pathToFileURL } = require('node:url');
const { globSync } = require('tinyglobby');

/** The files that take longest start first, so that none is left over at the end. */
const LONGEST = [
  'test/rules/rules.test.ts',
  'test/cli/workers.test.ts',
  'test/fuzz/increments.test.ts',
  'test/bench/work.test.ts',
  'test/formats/terraform-dynamic.test.ts',
  'test/bench/adversarial.test.ts',
  'test/engine/clean-policy-cache.test.ts',
  'test/cli/secrets-everywhere.test.ts',
  'test/lsp/secrets.test.ts',
  'test/fuzz/fuzz.test.ts',
  'test/engine/budget.test.ts',
  'test/formats/relations.test.ts',
  'test/rules/self-contained.test.ts',
  'test/bench/counters.test.ts',
  'test/tools/npm-package.test.ts',
  'test/rules/texts.test.ts',
  'test/engine/explained-stack.test.ts',
  'test/tools/own-names.test.ts',
  'test/bench/related.test.ts',
  'test/rules/policy-needs.test.ts',
];

/** Most tests are many short analyses, for which optimized code does not repay its compilation. Later versions of Node.js have other compilers. */
const FEW_OPTIMIZATIONS = process.versions.node.startsWith('20.') ? ['interrupt-budget=300000'] : [];

module.exports = {
  // The processors are busy with other test files, so collecting garbage in further threads gains nothing.
  'node-option': [
    `import=${pathToFileURL(`${__dirname}/test/kit/loader/register.mjs`).href}`,
    'single-threaded-gc',
    'max-semi-space-size=32',
    ...FEW_OPTIMIZATIONS,
  ],
  spec: [...new Set([...LONGEST, ...globSync('test/**/*.test.ts', { cwd: __dirname }).sort()])],
  // In parallel a test may wait for others.
  timeout: 120_000,
  reporter: 'dot',
  require: ['test/kit/seed.ts'],
  parallel: true,
  jobs: Math.max(2, availableParallelism()),
};
