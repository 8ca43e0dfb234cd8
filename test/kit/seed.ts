/**
 * Gives property tests the same examples in every run, so that a failure of `npm test` is one of the change at hand.
 * Fuzzing looks further.
 */
import fc from 'fast-check';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['SEED'] ?? 20_261_124) });
