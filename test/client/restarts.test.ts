import assert from 'node:assert/strict';
import { Restarts } from '../../client/src/restarts.ts';

describe('restarts', () => {
  it('are allowed four times within three minutes', () => {
    const restarts = new Restarts();
    assert.deepEqual(
      [0, 1, 2, 3, 4, 179_999].map((now) => restarts.allow(now)),
      [true, true, true, true, false, false],
    );
  });

  it('are allowed again when time has gone by', () => {
    const restarts = new Restarts();
    for (const now of [0, 60_000, 120_000, 170_000]) assert.ok(restarts.allow(now));
    assert.equal(restarts.allow(179_999), false);
    assert.equal(restarts.allow(180_000), true);
    assert.equal(restarts.allow(180_001), false);
  });

  it('are allowed on request', () => {
    const restarts = new Restarts();
    for (const now of [0, 1, 2, 3]) restarts.allow(now);
    restarts.forget();
    assert.equal(restarts.allow(4), true);
  });
});
