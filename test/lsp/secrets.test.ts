/**
 * Nothing that the server tells an editor shows a secret: findings, fixes by name, hovers, explanations, completions,
 * choices of scenarios.
 */
import assert from 'node:assert/strict';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import { SCENARIOS } from '../../server/src/lsp/scenarios.ts';
import { uriOf } from '../../server/src/host/uri.ts';
import { makeFolder } from '../host/workspace.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { SECRET_FILES } from '../kit/secret-files.ts';
import { FULL, TestClient } from './kit/client.ts';

/** Something is asked at so many places of a document, and in each line. */
const PLACES = 40;

const REQUESTS = ['textDocument/hover', 'stackwarden/paths', 'textDocument/completion'];

/** Asked once in a line, most of which are of one resource, whose page is the same at each place. */
const PAGE = 'stackwarden/ownership';

/** Asked at every so manieth place: `cli/secrets-everywhere.test.ts` makes the page of each secret. */
const EXPLANATION = 'stackwarden/explainValue';
const NTH_EXPLANATION = 3;

describe('an editor', () => {
  for (const name of ['a.yaml', 'tf/main.tf.json', 'plan.json', 'terraform.tfstate'])
    it(`is shown no secret of ${name}`, async function () {
      this.timeout(300_000);
      const folder = makeFolder(SECRET_FILES);
      const client = await TestClient.inProcess(nodeWorld(SCHEMAS), {
        capabilities: { ...FULL, experimental: { stackwarden: { status: true } } },
        folders: [{ uri: uriOf(folder.path), name: 'w' }],
      });
      client.settings = () => ({ profile: 'strict', certainty: 'possible', hover: { ownership: 'all', values: true } });
      const uri = uriOf(folder.at(name));
      const text = SECRET_FILES[name]!;
      const lines = text.split('\n');
      const shows = (answer: unknown, what: string): void => {
        const text = JSON.stringify(answer) ?? '';
        const at = text.indexOf('hush');
        assert.equal(at < 0 ? '' : text.slice(Math.max(0, at - 200), at + 40), '', what);
      };
      try {
        await client.open(uri, text, name.endsWith('yaml') ? 'yaml' : 'json');
        shows(await client.items(uri), 'diagnostics');
        const whole = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
        shows(
          (await client.codeActions(uri, whole)).map(({ title, diagnostics }) => [title, diagnostics]),
          'code actions',
        );
        shows(await client.connection.sendRequest(SCENARIOS, { textDocument: { uri } }), 'scenarios');
        shows(client.statuses, 'status');
        let answers = 0;
        let places = 0;
        for (const [line, written] of lines.entries())
          for (
            let character = line % 7;
            character < written.length;
            character += Math.max(7, Math.floor(text.length / PLACES))
          ) {
            const at = { textDocument: { uri }, position: { line, character } };
            const requests = [
              ...REQUESTS,
              ...(character === line % 7 || lines.length <= 2 ? [PAGE] : []),
              ...(places++ % NTH_EXPLANATION === 0 ? [EXPLANATION] : []),
            ];
            for (const request of requests) {
              const answer = await client.connection.sendRequest(request, at);
              if (answer) answers++;
              shows(answer, `${request} at ${line}:${character}`);
            }
          }
        assert.ok(answers > 0, String(answers));
        shows(client.log, 'log');
      } finally {
        await client.stop();
        folder.remove();
      }
    });
});
