import assert from 'node:assert/strict';
import { rootOf } from '../../server/src/host/root.ts';
import { makeFolder } from './workspace.ts';

describe('the root of a file', () => {
  const folder = makeFolder({
    'outer/.stackwarden.yaml': '', 'outer/a/.stackwarden.yaml': '', 'outer/a/b/t.yaml': '',
    'repository/.git/HEAD': '', 'repository/sub/.git': 'gitdir: elsewhere', 'repository/sub/c/t.yaml': '', 'repository/d/t.yaml': '', 'repository/d/.stackwarden.yaml': '',
    'bare/t.yaml': '',
  });
  after(() => folder.remove());

  const roots: Readonly<Record<string, string>> = {
    'outer/a/b/t.yaml': 'outer',
    'repository/d/t.yaml': 'repository',
    'repository/sub/c/t.yaml': 'repository/sub',
    'bare/t.yaml': 'bare',
    'bare/none/t.yaml': 'bare/none',
  };
  for (const [file, root] of Object.entries(roots)) {
    it(`is ${root} for ${file}`, () => assert.equal(rootOf(folder.at(file)), folder.at(root)));
  }

  it('is what the user says, then the workspace folder', () => {
    const file = folder.at('repository/d/t.yaml');
    assert.equal(rootOf(file, { workspace: folder.path }), folder.path);
    assert.equal(rootOf(file, { root: folder.at('repository/d'), workspace: folder.path }), folder.at('repository/d'));
  });
});
