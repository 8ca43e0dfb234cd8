import assert from 'node:assert/strict';
import { call } from './call.ts';

describe('stackwarden lsp', () => {
  for (const args of [
    [],
    ['--stdio'],
    ['--socket', '6001'],
    ['--socket=6001'],
    ['--pipe=/tmp/x'],
    ['--node-ipc', '--clientProcessId=7'],
  ]) {
    it(`serves with ${args.join(' ') || 'no options'}`, () => {
      assert.deepEqual(call(['lsp', ...args], { cwd: '/' }), { code: 0, out: 'serving\n', err: '' });
    });
  }

  it('refuses what it does not know', () => {
    const { code, out, err } = call(['lsp', '--studio'], { cwd: '/' });
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /unknown option '--studio'/);
  });
});
