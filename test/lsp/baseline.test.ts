/** Suppressed findings and the baseline in an editor, over the wire and with the real engine. */
import assert from 'node:assert/strict';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from 'vscode-languageserver';
import { uriOf } from '../../server/src/host/uri.ts';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import { call } from '../cli/call.ts';
import { makeFolder } from '../host/workspace.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { FULL, TestClient } from './kit/client.ts';

const volume = (name: string, comment = ''): string =>
  `  ${name}:\n    Type: AWS::EC2::Volume\n    Properties:\n      AvailabilityZone: a\n      Encrypted: false${comment}\n      Size: 1\n`;
const KNOWN = `Resources:\n${volume('Disk')}`;
const RULE = 'ebs-volume-encryption';

describe('a baseline, in an editor', () => {
  let client: TestClient;
  let folder: ReturnType<typeof makeFolder>;
  let [a, baseline] = ['', ''];
  let fade = false;

  beforeEach(async () => {
    fade = false;
    folder = makeFolder({
      '.git/HEAD': '',
      '.stackwarden.yaml': 'baseline: .stackwarden-baseline.json\n',
      'a.yaml': KNOWN,
    });
    [a, baseline] = [uriOf(folder.at('a.yaml')), uriOf(folder.at('.stackwarden-baseline.json'))];
    assert.equal(call(['baseline'], { cwd: folder.path }).code, 0);
    client = await TestClient.inProcess(nodeWorld(SCHEMAS), {
      capabilities: {
        ...FULL,
        textDocument: {
          ...FULL.textDocument,
          publishDiagnostics: {
            ...FULL.textDocument?.publishDiagnostics,
            tagSupport: { valueSet: [DiagnosticTag.Unnecessary] },
          },
        },
      },
      folders: [{ uri: uriOf(folder.path), name: 'w' }],
    });
    client.settings = () => (fade ? { suppressedFindings: 'fade' } : null);
  });
  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  const found = async (uri = a): Promise<readonly Diagnostic[]> =>
    (await client.items(uri)).filter(({ code }) => code === RULE);
  const changed = (uri: string): Promise<void> =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });

  it('hides the findings that it has, and no others', async () => {
    await client.open(a, KNOWN);
    assert.deepEqual(await found(), []);
    await client.edit(a, KNOWN + volume('More'));
    assert.deepEqual(
      (await found()).map(({ range }) => range.start.line),
      [11],
    );
  });

  it('is read again when it changes', async () => {
    await client.open(a, KNOWN);
    assert.equal((await found()).length, 0);
    const text = readFileSync(folder.at('.stackwarden-baseline.json'), 'utf8');
    writeFileSync(folder.at('.stackwarden-baseline.json'), text.replaceAll(RULE, 'other'));
    await changed(baseline);
    assert.equal((await found()).length, 1);
    writeFileSync(folder.at('.stackwarden-baseline.json'), text);
    await changed(baseline);
    assert.equal((await found()).length, 0);
  });

  it('follows a renamed file, and not a copy', async () => {
    const b = uriOf(folder.at('b.yaml'));
    writeFileSync(folder.at('b.yaml'), KNOWN);
    await client.open(b, KNOWN);
    assert.equal((await found(b)).length, 1);
    renameSync(folder.at('a.yaml'), folder.at('old.txt'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: a, type: 3 }] });
    assert.equal((await found(b)).length, 0);
  });

  it('shows them faded, with their fixes, and does not count them', async () => {
    fade = true;
    const text = KNOWN + volume('More', ` # stackwarden-disable-line ${RULE} -- It is empty.`) + volume('Third');
    await client.open(a, text);
    const shown = await found();
    assert.deepEqual(
      shown.map(({ range, severity, tags }) => [range.start.line, severity, tags]),
      [
        [5, DiagnosticSeverity.Hint, [DiagnosticTag.Unnecessary]],
        [11, DiagnosticSeverity.Hint, [DiagnosticTag.Unnecessary]],
        [17, DiagnosticSeverity.Warning, undefined],
      ],
    );
    const actions = await client.codeActions(a, shown[0]!.range, { diagnostics: [shown[0]!] });
    assert.ok(actions.some(({ title, edit }) => title.includes('Encrypted') && edit));
    const isSuppression = ({ title }: { readonly title: string }): boolean => /^(?:Suppress|Ignore)/.test(title);
    assert.ok(actions.some(isSuppression));
    assert.ok(!(await client.codeActions(a, shown[1]!.range)).some(isSuppression));
    fade = false;
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(
      (await found()).map(({ range }) => range.start.line),
      [17],
    );
  });

  it('reports errors in it', async () => {
    const text = '{"version": 1, "findings": [{"rule": "x"}]}';
    writeFileSync(folder.at('.stackwarden-baseline.json'), text);
    await client.open(baseline, text, 'json');
    assert.deepEqual(
      (await client.items(baseline)).map(({ message, severity }) => [message, severity]),
      [['Expected "path" to be a string. The entry is ignored.', DiagnosticSeverity.Warning]],
    );
    await client.open(a, KNOWN);
    assert.equal((await found()).length, 1);
  });
});
