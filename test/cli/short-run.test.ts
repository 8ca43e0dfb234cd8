import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, prepareShortRun } from '../../server/src/cli/short-run.ts';

describe('a short run', () => {
  it('keeps compiled code in the directory for caches of the user', () => {
    assert.equal(cacheFolder('linux', { XDG_CACHE_HOME: '/caches' }), '/caches');
    assert.equal(cacheFolder('linux', { XDG_CACHE_HOME: '' }), join(homedir(), '.cache'));
    assert.equal(cacheFolder('darwin', { XDG_CACHE_HOME: '/caches' }), join(homedir(), 'Library', 'Caches'));
    assert.equal(cacheFolder('win32', { LOCALAPPDATA: 'C:\\local' }), 'C:\\local');
  });

  it('is prepared in every version of Node.js, and never fails', () => {
    // Flags for another version would end the run, or be printed.
    for (const version of ['v18.0.0', 'v22.8.0', 'v24.0.0', '']) prepareShortRun(version, { CI: 'true' }, true);
    prepareShortRun('v24.0.0', {}, false);
  });
});
