/** Editor and command line report the same for the same documents and configuration. */
import assert from 'node:assert/strict';
import { uriOf } from '../../server/src/host/uri.ts';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import { call } from '../cli/call.ts';
import { makeFolder } from '../host/workspace.ts';
import { fixturePaths, readFixture } from '../kit/fixtures.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { FULL, TestClient } from './kit/client.ts';

/** The number of documents. */
const DOCUMENTS = 50;

const CONFIGURATION = `
profile: strict
certainty: possible
exclude: [d4.*]
rules:
  s3-bucket-versioning: off
  ebs-volume-encryption: critical
  's3-*-logging': info
overrides:
  - {paths: ['d1*'], profile: essential, rules: {s3-bucket-versioning: low}}
  - {paths: ['d2*'], certainty: certain}
suppressions:
  - {rule: ebs-volume-encryption, paths: ['d3*'], reason: scratch disks}
  - {rules: ['iam-*'], resources: ['*Role*'], reason: reviewed, until: 2099-12-31}
`;

/** Single documents of fixtures, spread evenly, some with a suppression of everything in the file. */
function documents(): Readonly<Record<string, string>> {
  const all = fixturePaths()
    .map(readFixture)
    .flatMap(({ cases }) =>
      cases.flatMap(({ files }) => (files.length === 1 && /^bad[^/]*\.(yaml|json)$/.test(files[0]!.path) ? files : [])),
    );
  return Object.fromEntries(
    Array.from({ length: DOCUMENTS }, (_, index) => {
      const { path, text } = all[Math.floor((index * all.length) / DOCUMENTS)]!;
      const comment = index % 5 === 0 && path.endsWith('.yaml') ? '# stackwarden-disable s3-*, ec2-* -- example\n' : '';
      return [`d${index}${path.slice(path.lastIndexOf('.'))}`, comment + text];
    }),
  );
}

interface Reported {
  readonly rule: string;
  readonly range: object;
}

describe('editor and command line', () => {
  let client: TestClient;
  let folder: ReturnType<typeof makeFolder>;
  const files = documents();

  beforeEach(async () => {
    folder = makeFolder({ '.git/HEAD': '', '.stackwarden.yaml': CONFIGURATION, ...files });
    client = await TestClient.inProcess(nodeWorld(SCHEMAS), {
      capabilities: FULL,
      folders: [{ uri: uriOf(folder.path), name: 'w' }],
    });
    // Settings of the editor that the configuration overrides.
    client.settings = () => ({ profile: 'essential', certainty: 'certain' });
  });
  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  it(`report the same in ${DOCUMENTS} documents`, async () => {
    const { out } = call(['lint', '--format', 'json'], { cwd: folder.path });
    const report = JSON.parse(out) as {
      readonly files: readonly {
        readonly path: string;
        readonly findings: readonly (Reported & { readonly suppressed: object | null })[];
      }[];
    };
    let [shown, suppressed] = [0, 0];
    for (const [name, text] of Object.entries(files)) {
      const uri = uriOf(folder.at(name));
      await client.open(uri, text, name.endsWith('.json') ? 'json' : 'yaml');
      const inEditor = (await client.items(uri))
        .filter(({ code }) => code !== 'document' && code !== 'syntax')
        .map(({ code, range }): Reported => ({ rule: String(code), range }));
      const all = report.files.find(({ path }) => path === name)?.findings ?? [];
      const open = all.filter((finding) => finding.suppressed === null);
      assert.deepEqual(
        inEditor,
        open.map(({ rule, range }): Reported => ({ rule, range })),
        name,
      );
      shown += open.length;
      suppressed += all.length - open.length;
    }
    assert.ok(shown > 50 && suppressed > 0, `${shown} findings, ${suppressed} suppressed`);
  });
});
