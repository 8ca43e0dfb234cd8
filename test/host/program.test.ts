import assert from 'node:assert/strict';
import { programOf, webAddressOf } from '../../server/src/host/program.ts';

describe('the address of the repository', () => {
  const cases: readonly (readonly [Parameters<typeof webAddressOf>[0], string | undefined])[] = [
    [undefined, undefined],
    ['https://code.example.com/a/b', 'https://code.example.com/a/b'],
    [{ url: 'git+https://code.example.com/a/b.git' }, 'https://code.example.com/a/b'],
    [{ url: 'https://code.example.com/a/b.git/' }, 'https://code.example.com/a/b'],
    [{ url: 'git@code.example.com:a/b.git' }, undefined],
    [{ url: 'ssh://git@code.example.com/a/b.git' }, undefined],
    ['github:a/b', undefined],
    ['javascript:x', undefined],
  ];
  for (const [repository, address] of cases)
    it(`is ${address ?? 'unknown'} for ${JSON.stringify(repository)}`, () =>
      assert.equal(webAddressOf(repository), address));

  it('is read with the version', () => assert.match(programOf(import.meta.url).version, /^\d+\.\d+\.\d+/));
});
