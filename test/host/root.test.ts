import assert from 'node:assert/strict';
import { commonFolder, repositoryOf, rootOf } from '../../server/src/host/root.ts';
import { makeFolder } from './workspace.ts';

describe('the root of a file', () => {
  const folder = makeFolder({
    'outer/.stackwarden.yaml': '',
    'outer/a/.stackwarden.yaml': '',
    'outer/a/b/t.yaml': '',
    'repository/.git/HEAD': '',
    'repository/sub/.git': 'gitdir: elsewhere',
    'repository/sub/c/t.yaml': '',
    'repository/d/t.yaml': '',
    'repository/d/.stackwarden.yaml': '',
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

  const named: readonly (readonly [file: string, named: string, root: string])[] = [
    ['bare/none/t.yaml', 'bare', 'bare'],
    ['repository/d/t.yaml', 'repository/d', 'repository'],
    ['outer/a/b/t.yaml', 'outer/a/b', 'outer'],
    ['outer/a/b/t.yaml', '', ''],
  ];
  for (const [file, name, root] of named) {
    it(`is ${root || 'the folder itself'} for ${file} in ${name || 'the folder'} that was named`, () =>
      assert.equal(rootOf(folder.at(file), { named: folder.at(name) }), folder.at(root)));
  }

  const current: readonly (readonly [file: string, current: string, root: string])[] = [
    ['bare/none/t.yaml', 'bare', 'bare'],
    ['bare/t.yaml', 'outer', 'bare'],
    ['repository/d/t.yaml', 'repository/d', 'repository'],
    ['outer/a/b/t.yaml', 'outer/a', 'outer'],
  ];
  for (const [file, folders, root] of current) {
    it(`is ${root} for ${file} from the current folder ${folders}`, () =>
      assert.equal(rootOf(folder.at(file), { current: folder.at(folders) }), folder.at(root)));
  }

  const common: readonly (readonly [folders: readonly string[], current: string, common: string | undefined])[] = [
    [[], '/a', undefined],
    [['/b/c'], '/a', '/b/c'],
    [['/a/b/c', '/a/b/d'], '/a', '/a/b'],
    [['/a/b', '/a/b/c'], '/a/b', '/a/b'],
    [['/a/bc', '/a/b'], '/a', '/a'],
    [['/a/b', '/c/d'], '/a', undefined],
    [['/b/c', '/b/d'], '/a', undefined],
  ];
  for (const [folders, current, expected] of common) {
    it(`is ${expected ?? 'each its own'} for ${folders.join(' and ') || 'none'} from ${current}`, () =>
      assert.equal(commonFolder(folders, current), expected));
  }

  it('is what the user says, then the workspace folder', () => {
    const file = folder.at('repository/d/t.yaml');
    assert.equal(rootOf(file, { workspace: folder.path }), folder.path);
    assert.equal(rootOf(file, { root: folder.at('repository/d'), workspace: folder.path }), folder.at('repository/d'));
  });

  for (const inside of ['repository', 'repository/d'])
    it(`is in a repository in ${inside}`, () => assert.equal(repositoryOf(folder.at(inside)), folder.at('repository')));
  it('can be in no repository', () => assert.equal(repositoryOf('/'), undefined));
});
