import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { relative } from 'node:path';
import { discover } from '../../server/src/host/discover.ts';
import { EXCLUDED_FOLDERS } from '../../server/src/host/excluded-folders.ts';
import { CANDIDATE_FILES } from '../../server/src/model/format.ts';
import { makeFolder, withoutPrivileges } from './workspace.ts';

describe('discovery of files', () => {
  const folder = makeFolder({
    'b/template.yaml': '',
    'b/net.yml': '',
    'b/UPPER.YAML': '',
    'b/old.template': '',
    'b/main.tf.json': '',
    'b/main.tofu.json': '',
    'b/readme.md': '',
    'b/main.tf': '',
    'b/.stackwarden.yaml': '',
    'b/.hidden/x.json': '',
    'b/folder.yaml/inner.json': '',
    'b/dead.yaml': { link: 'gone' },
    'b/again.yaml': { link: 'template.yaml' },
    'b/loop': { link: '.' },
    'b/odd (1) #%é.json': '',
    'b/terraform.tfstate': '',
    'b/terraform.tfstate.backup': '',
    'b/terraform.tfstate.1712345678.backup': '',
    'b/other.backup': '',
    'self.json': { link: 'self.json' },
    ...Object.fromEntries(EXCLUDED_FOLDERS.map((name) => [`b/deep/${name}/inside/x.yaml`, ''])),
    'node_modules/kept/x.yaml': '',
  });
  after(() => folder.remove());
  const found = (...names: string[]): string[] =>
    discover(names, folder.path, CANDIDATE_FILES).files.map(
      ({ path, explicit }) => `${relative(folder.path, path)}${explicit ? ' named' : ''}`,
    );

  const WALKED = [
    'b/.hidden/x.json',
    'b/UPPER.YAML',
    'b/folder.yaml/inner.json',
    'b/main.tf',
    'b/main.tf.json',
    'b/main.tofu.json',
    'b/net.yml',
    'b/odd (1) #%é.json',
    'b/old.template',
    'b/template.yaml',
    'b/terraform.tfstate',
    'b/terraform.tfstate.1712345678.backup',
    'b/terraform.tfstate.backup',
  ];

  it('walks folders for what may be ours, sorted, and leaves out links and what tools make', () => {
    assert.deepEqual(found('b'), WALKED);
    assert.deepEqual(found('.'), WALKED);
  });

  it('walks a folder that has the name of a file', () =>
    assert.deepEqual(found('b/folder.yaml'), ['b/folder.yaml/inner.json']));

  it('takes every file that is named, whatever it is called', () => {
    assert.deepEqual(found('b/readme.md', 'b/.stackwarden.yaml', 'b/again.yaml'), [
      'b/.stackwarden.yaml named',
      'b/again.yaml named',
      'b/readme.md named',
    ]);
  });

  it('looks into excluded folders that are named themselves', () => {
    assert.deepEqual(found('b/deep/cdk.out'), ['b/deep/cdk.out/inside/x.yaml']);
    assert.deepEqual(found('node_modules/kept/x.yaml'), ['node_modules/kept/x.yaml named']);
  });

  it('names a file once, in one order, and remembers that it was named', () => {
    const names = ['b/template.yaml', 'b', './b/../b/net.yml'];
    const expected = WALKED.map((name) =>
      name === 'b/template.yaml' || name === 'b/net.yml' ? `${name} named` : name,
    );
    assert.deepEqual(found(...names), expected);
    assert.deepEqual(found(...names.reverse()), expected);
  });

  it('expands a pattern that the shell left alone', () =>
    assert.deepEqual(found('b/*.y?ml'), ['b/UPPER.YAML named', 'b/template.yaml named']));

  it('says of each name that leads nowhere why', () => {
    assert.deepEqual(
      discover(
        ['none.yaml', 'self.json', 'b/dead.yaml', 'b/template.yaml/x', '*.tpl', 'b/net.yml'],
        folder.path,
        CANDIDATE_FILES,
      ).failures,
      [
        { path: 'none.yaml', reason: 'does not exist' },
        { path: 'self.json', reason: 'is a symbolic link cycle' },
        { path: 'b/dead.yaml', reason: 'does not exist' },
        { path: 'b/template.yaml/x', reason: 'does not exist' },
        { path: '*.tpl', reason: 'matches no file' },
      ],
    );
  });

  it('names folders that it cannot look into, and finds the rest', function () {
    if (process.platform === 'win32') this.skip();
    const place = makeFolder({ 'open/a.yaml': '', 'open/locked/b.yaml': '' });
    chmodSync(place.path, 0o755);
    chmodSync(place.at('open/locked'), 0);
    const { files, failures } = withoutPrivileges(() => discover(['open', 'open/locked'], place.path, CANDIDATE_FILES));
    const locked = { path: place.at('open/locked'), reason: 'cannot be read: permission denied' };
    assert.deepEqual(files, [{ path: place.at('open/a.yaml'), explicit: false, folder: place.at('open') }]);
    assert.deepEqual(failures, [locked]);
    place.remove();
  });

  it('knows the outermost folder that each file was found in', () => {
    const place = makeFolder({ 'a/b/c.yaml': '', 'a/d.yaml': '' });
    const folders = (...names: string[]): readonly (string | undefined)[] =>
      discover(names, place.path, CANDIDATE_FILES).files.map(
        ({ folder: within }) => within && relative(place.path, within),
      );
    assert.deepEqual(folders('a/b', 'a'), ['a', 'a']);
    assert.deepEqual(folders('a/b', 'a/d.yaml'), ['a/b', undefined]);
    place.remove();
  });
});
