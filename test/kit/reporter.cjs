/**
 * A mocha reporter for machines and people: failures in full, and as the very last line `N passed, N failed`. A test
 * that is skipped is neither. The number of steps that failed before the tests (type check, lint, build) is read from
 * the environment variable FAILED_STEPS and counted as failed.
 */
const { reporters } = require('mocha');

class LastLineReporter extends reporters.Base {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      if (this.failures.length > 0) {
        console.log();
        reporters.Base.list(this.failures);
      }
    });
  }

  /** Called by mocha once everything has ended. */
  done(failures, exit) {
    const before = Number(process.env.FAILED_STEPS ?? 0);
    console.log(`${this.stats.passes} passed, ${this.stats.failures + before} failed`);
    exit(failures);
  }
}

module.exports = LastLineReporter;
