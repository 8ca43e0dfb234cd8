const { availableParallelism } = require('node:os');

module.exports = {
  'node-option': ['import=tsx'],
  spec: ['test/**/*.test.ts'],
  // In parallel a test may wait for others.
  timeout: 120_000,
  reporter: 'dot',
  require: ['test/kit/seed.ts'],
  parallel: true,
  jobs: Math.max(2, availableParallelism()),
};
