import { prepareShortRun } from '../../server/src/cli/short-run.ts';

describe('a short run', () => {
  it('is prepared in every version of Node.js, and never fails', () => {
    // Flags for another version would end the run, or be printed.
    for (const version of ['v18.0.0', 'v22.8.0', 'v24.0.0', ''])
      for (const isSmall of [false, true]) prepareShortRun(version, isSmall);
  });
});
