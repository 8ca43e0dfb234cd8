import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, truncateSync, writeFileSync } from 'node:fs';
import type { FileAnswer } from '../../server/src/base/snapshot.ts';
import { nodeReader } from '../../server/src/host/node.ts';
import { MAX_FILE_BYTES } from '../../server/src/host/too-large.ts';
import { encodeText } from '../../server/src/host/text-encoding.ts';
import { uriOf } from '../../server/src/host/uri.ts';
import { makeFolder, withoutPrivileges } from './workspace.ts';

const TEXT = 'Name: "é 😀"\r\nB: 1\n';

describe('the reader of files', () => {
  const outside = makeFolder({ 'secret.yaml': 'secret' });
  const folder = makeFolder({
    'root/plain.yaml': TEXT,
    'root/bom.yaml': encodeText(TEXT, 'utf-8-bom'),
    'root/little.json': encodeText(TEXT, 'utf-16le'),
    'root/big.json': encodeText(TEXT, 'utf-16be'),
    'root/empty.yaml': '',
    'root/latin1.yaml': Buffer.from('Name: caf\xe9\n', 'latin1'),
    'root/binary.json': Buffer.from([0x7b, 0, 1, 2]),
    'root/folder.yaml/inner.yaml': 'a',
    'root/inside.yaml': { link: 'plain.yaml' },
    'root/escape.yaml': { link: outside.at('secret.yaml') },
    'root/circle.yaml': { link: 'circle.yaml' },
    'root/nowhere.yaml': { link: 'gone.yaml' },
    'root/out': { link: outside.path },
    'beside.yaml': 'beside',
    'schemas/mappings/s3.json': '{"a":[1]}',
    'schemas/top.json': '1',
    'schemas.json': '"above"',
  });
  const reader = nodeReader({ root: folder.at('root'), schemas: folder.at('schemas') });
  const file = (name: string): FileAnswer => reader.file(uriOf(folder.at(name)));
  after(() => {
    folder.remove();
    outside.remove();
  });

  const read: Readonly<Record<string, string>> = {
    'root/plain.yaml': TEXT,
    'root/bom.yaml': TEXT,
    'root/little.json': TEXT,
    'root/big.json': TEXT,
    'root/empty.yaml': '',
    'root/latin1.yaml': 'Name: caf\uFFFD\n',
    'root/inside.yaml': TEXT,
  };
  for (const [name, text] of Object.entries(read)) {
    it(`reads ${name}`, () => {
      const answer = file(name);
      assert.equal(answer.kind, 'text');
      assert.equal(answer.kind === 'text' && answer.text, text);
      assert.deepEqual(reader.head(uriOf(folder.at(name))), answer);
    });
  }

  const refused: Readonly<Record<string, RegExp>> = {
    'root/binary.json': /^is not a text file$/,
    'root/folder.yaml': /^is a directory$/,
    'root/escape.yaml': /^is a symbolic link that leads out of the root folder /,
    'root/out/secret.yaml': /^is a symbolic link that leads out of the root folder /,
    'root/circle.yaml': /^is a symbolic link cycle$/,
    'beside.yaml': /^is outside the root folder /,
    'root/../beside.yaml': /^is outside the root folder /,
  };
  for (const [name, reason] of Object.entries(refused)) {
    it(`refuses ${name}`, () => {
      const answer = file(name);
      assert.equal(answer.kind, 'refused');
      assert.match(answer.kind === 'refused' ? answer.reason : '', reason);
      assert.deepEqual(reader.head(uriOf(folder.at(name))), answer);
    });
  }

  it('refuses what is not a local file', () => {
    for (const uri of [
      'untitled:Untitled-1',
      'https://example.com/a.yaml',
      'file://other-machine/share/a.yaml',
      'rubbish',
      '',
    ]) {
      assert.deepEqual(reader.file(uri), { kind: 'refused', reason: 'is not a local file' }, uri);
    }
  });

  it('refuses a pipe without waiting for its writer', function () {
    if (process.platform === 'win32') this.skip();
    execFileSync('mkfifo', [folder.at('root/pipe.yaml')]);
    assert.deepEqual(file('root/pipe.yaml'), { kind: 'refused', reason: 'is not a regular file' });
  });

  it('refuses what the system does not let it read', function () {
    if (process.platform === 'win32') this.skip();
    const place = makeFolder({ 'locked.yaml': 'a' });
    chmodSync(place.path, 0o755);
    chmodSync(place.at('locked.yaml'), 0);
    const locked = nodeReader({ root: place.path, schemas: place.path });
    assert.deepEqual(
      withoutPrivileges(() => locked.file(uriOf(place.at('locked.yaml')))),
      { kind: 'refused', reason: 'cannot be read: permission denied' },
    );
    place.remove();
  });

  it('says that a file is missing, also behind a dead link and below a file', () => {
    for (const name of ['root/none.yaml', 'root/nowhere.yaml', 'root/plain.yaml/a.yaml'])
      assert.deepEqual(file(name), { kind: 'missing' }, name);
  });

  it('refuses a file that is too large, but reads its head', () => {
    writeFileSync(folder.at('root/large.json'), '{'.padEnd(100_000, ' '));
    truncateSync(folder.at('root/large.json'), MAX_FILE_BYTES + 1);
    assert.deepEqual(file('root/large.json'), { kind: 'refused', reason: 'is too large: 65 MiB, the limit is 64 MiB' });
    const head = reader.head(uriOf(folder.at('root/large.json')));
    assert.equal(head.kind === 'text' && head.text.length, 64 * 1024);
    const small = nodeReader({ root: folder.at('root'), schemas: folder.at('schemas'), largest: 1024 * 1024 });
    assert.deepEqual(small.file(uriOf(folder.at('root/large.json'))), {
      kind: 'refused',
      reason: 'is too large: 65 MiB, the limit is 1 MiB in editors; use "stackwarden lint" for larger files',
    });
  });

  it('does not cut a character in two at the end of a head', () => {
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'] as const) {
      const text = 'x' + '😀'.repeat(40_000);
      writeFileSync(folder.at('root/long.yaml'), encodeText(text, encoding));
      const head = reader.head(uriOf(folder.at('root/long.yaml')));
      assert.ok(
        head.kind === 'text' &&
          head.text.length > 30_000 &&
          text.startsWith(head.text) &&
          !head.text.includes('\uFFFD') &&
          encodeURIComponent(head.text) !== '',
        encoding,
      );
    }
  });

  it('gives a file another version when its text is another one, and only then', () => {
    const version = (text: string): string => {
      writeFileSync(folder.at('root/changing.yaml'), text);
      const answer = file('root/changing.yaml');
      return answer.kind === 'text' ? answer.version : '';
    };
    const first = version('a: 1');
    assert.notEqual(version('a: 2'), first);
    assert.equal(version('a: 1'), first);
  });

  it('puts open buffers before files, wherever they are and however their uri is written', () => {
    const overlays = new Map([
      [uriOf(folder.at('root/plain.yaml')), 'buffer'],
      [`file://${folder.at('root/new%2Dfile.yaml')}`, 'new'],
      ['untitled:Untitled-1', 'x'.repeat(70_000)],
    ]);
    const open = nodeReader({ root: folder.at('root'), schemas: folder.at('schemas'), overlays });
    const text = (uri: string): string | false => {
      const answer = open.file(uri);
      return answer.kind === 'text' && answer.text;
    };
    assert.equal(text(uriOf(folder.at('root/plain.yaml'))), 'buffer');
    assert.equal(text(uriOf(folder.at('root/new-file.yaml'))), 'new');
    assert.equal(text('untitled:Untitled-1'), 'x'.repeat(70_000));
    const head = open.head('untitled:Untitled-1');
    assert.equal(head.kind === 'text' && head.text.length, 64 * 1024);
    const listing = open.folder(uriOf(folder.at('root')));
    assert.ok(Array.isArray(listing) && listing.includes(uriOf(folder.at('root/new-file.yaml'))));
    assert.equal(listing.filter((uri) => uri === uriOf(folder.at('root/plain.yaml'))).length, 1);
  });

  it('lists the files of a folder, sorted, with links to files and without folders', () => {
    const small = makeFolder({
      'b.tf.json': '',
      'a.tf.json': '',
      'c.json': { link: 'a.tf.json' },
      'dead.json': { link: 'gone' },
      'sub/d.json': '',
      'z.json/': '',
    });
    const names = nodeReader({ root: small.path, schemas: small.path }).folder(uriOf(small.path));
    assert.deepEqual(
      names,
      ['a.tf.json', 'b.tf.json', 'c.json'].map((name) => uriOf(small.at(name))),
    );
    small.remove();
  });

  it('lists files by the URIs that editors send', () => {
    const names = ['a b.yaml', 'a#1.yaml', 'a%41.yaml', 'a-1_2.yaml', 'a~.yaml', 'ä.yaml'];
    const small = makeFolder(Object.fromEntries(names.map((name) => [name, ''])));
    const listed = nodeReader({ root: small.path, schemas: small.path }).folder(uriOf(small.path));
    assert.deepEqual(new Set(listed), new Set(names.map((name) => uriOf(small.at(name)))));
    small.remove();
  });

  it('does not list what is missing or outside', () => {
    assert.equal(reader.folder(uriOf(folder.at('root/none'))), 'missing');
    assert.equal(reader.folder(uriOf(folder.at('root/plain.yaml'))), 'missing');
    assert.equal(reader.folder(uriOf(folder.path)), 'outside');
    assert.equal(reader.folder(uriOf(folder.at('root/out'))), 'outside');
    assert.equal(reader.folder('untitled:x'), 'refused');
  });

  it('works when the root itself is named through a link', () => {
    const linked = makeFolder({ link: { link: folder.at('root') } });
    const through = nodeReader({ root: linked.at('link'), schemas: folder.at('schemas') });
    assert.equal(through.file(uriOf(linked.at('link/plain.yaml'))).kind, 'text');
    assert.equal(through.file(uriOf(folder.at('root/plain.yaml'))).kind, 'text');
    linked.remove();
  });

  it('gives the program its data by name, once, and nothing beside it', () => {
    assert.deepEqual(reader.data('mappings/s3'), { a: [1] });
    assert.equal(
      reader.data('mappings/s3'),
      nodeReader({ root: '/', schemas: folder.at('schemas') }).data('mappings/s3'),
    );
    assert.equal(reader.data('top'), 1);
    for (const name of [
      'mappings/none',
      '../schemas',
      'mappings/../top',
      '/top',
      '',
      'top.json',
      'mappings\\s3',
      './top',
    ]) {
      assert.equal(reader.data(name), null, name);
    }
  });
});
