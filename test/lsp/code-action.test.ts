import assert from 'node:assert/strict';
import type { ClientCapabilities, CodeAction, WorkspaceEdit } from 'vscode-languageserver/node';
import { FULL, PLAIN, PUSH, TestClient, type ClientOptions } from './kit/client.ts';
import { ToyWorld } from './kit/toy-world.ts';

const A = 'file:///w/a.yaml';

/** A client that takes code actions and nothing more. */
const SIMPLE: ClientCapabilities = {
  textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } } },
};

/** The extension. */
const OURS: ClientCapabilities = { ...FULL, experimental: { stackwarden: { status: true } } };

const titles = (actions: readonly CodeAction[]): string[] => actions.map(({ title }) => title);

describe('code actions', () => {
  let world: ToyWorld;
  let client: TestClient;
  const start = async (options: Partial<ClientOptions> = {}): Promise<void> => {
    client = await TestClient.inProcess(world, { capabilities: FULL, ...options });
  };
  beforeEach(() => {
    world = new ToyWorld();
  });
  afterEach(() => client.stop());

  describe('quick fixes', () => {
    it('are kept of the last documents, and others are analyzed again only where there is a finding', async () => {
      await start();
      const docs = ['a', 'b', 'c', 'd'].map((name) => `file:///w/${name}.yaml`);
      for (const doc of docs) {
        await client.open(doc, 'toy bad-high\nfine');
        await client.items(doc);
      }
      const offered = async (doc: string, what: string): Promise<string[]> =>
        titles(await client.codeActions(doc, client.range(doc, what), { only: ['quickfix'] }));
      assert.equal(world.analysed.length, 4);
      assert.deepEqual(await offered(docs[3]!, 'bad-high'), ['Be good', 'Do better']);
      assert.deepEqual(await offered(docs[0]!, 'fine'), []);
      assert.equal(world.analysed.length, 4);
      assert.deepEqual(await offered(docs[0]!, 'bad-high'), ['Be good', 'Do better']);
      assert.deepEqual(await offered(docs[0]!, 'bad-high'), ['Be good', 'Do better']);
      assert.deepEqual(world.analysed.slice(4), [[docs[0]]]);
    });

    it('are offered for each finding in the range, the safe one first and preferred, with its diagnostic', async () => {
      await start();
      await client.open(A, 'toy bad-high\nbad-low');
      const [diagnostic] = await client.items(A);
      const actions = await client.codeActions(A, client.range(A, 'bad-high'), {
        diagnostics: [diagnostic!],
        only: ['quickfix'],
      });
      assert.deepEqual(actions, [
        {
          title: 'Be good',
          kind: 'quickfix',
          isPreferred: true,
          diagnostics: [diagnostic],
          edit: {
            documentChanges: [
              {
                textDocument: { uri: A, version: 1 },
                edits: [{ range: client.range(A, 'bad-high'), newText: 'good' }],
              },
            ],
          },
        },
        {
          title: 'Do better',
          kind: 'quickfix',
          diagnostics: [diagnostic],
          edit: {
            documentChanges: [
              {
                textDocument: { uri: A, version: 1 },
                edits: [{ range: client.range(A, 'bad-high'), newText: 'better' }],
              },
            ],
          },
        },
      ]);
      assert.equal(client.after(actions[0]!.edit, A), 'toy good\nbad-low');
    });

    for (const [where, offset, offered] of [
      ['at its start', 4, 2],
      ['inside', 7, 2],
      ['at its end', 12, 2],
      ['before it', 3, 0],
      ['behind it', 13, 0],
    ] as const) {
      it(`${offered ? 'are' : 'are not'} offered with the cursor ${where}`, async () => {
        await start();
        await client.open(A, 'toy bad-high ok');
        const position = { line: 0, character: offset };
        assert.equal(
          (await client.codeActions(A, { start: position, end: position }, { only: ['quickfix'] })).length,
          offered,
        );
      });
    }

    it('are those of the text as it is now', async () => {
      await start();
      await client.open(A, 'toy bad-high');
      const diagnostics = [...(await client.items(A))];
      await client.edit(A, '𝄞 toy\r\n', 'toy ');
      const [action] = await client.codeActions(A, client.range(A, 'bad-high'), { diagnostics });
      assert.equal(client.after(action!.edit, A), '𝄞 toy\r\ngood');
      // The client knows the diagnostic at its old place.
      assert.deepEqual(action!.diagnostics, diagnostics);
    });

    it('know a diagnostic by its place when the client does not keep its data', async () => {
      await start({ capabilities: SIMPLE });
      await client.open(A, 'toy bad-high bad-high');
      const range = client.range(A, 'bad-high');
      const diagnostic = { range, message: 'It was shortened.', source: 'stackwarden', code: 'toy-high' };
      const elsewhere = { ...diagnostic, range: { ...range, end: { line: 0, character: 10 } } };
      const [action] = await client.codeActions(A, range, { diagnostics: [elsewhere, diagnostic] });
      assert.deepEqual(action!.diagnostics, [diagnostic]);
    });

    it('are shown as disabled with the reason if the finding has none that is applicable', async () => {
      world.files.set('file:///w/b.yaml', 'open');
      await start();
      await client.open(A, 'toy uses b.yaml bad-high');
      const diagnostic = (await client.items(A)).find(({ message }) => message === 'It uses something open.');
      const [disabled, ...others] = await client.codeActions(A, client.range(A, 'uses b.yaml'), {
        diagnostics: [diagnostic!],
        only: ['quickfix'],
      });
      assert.deepEqual(disabled, {
        title: 'Be good',
        kind: 'quickfix',
        diagnostics: [diagnostic],
        disabled: { reason: 'It is not a toy.' },
      });
      assert.deepEqual(others, []);
    });

    it('are left out instead for a client that does not support disabled ones', async () => {
      world.files.set('file:///w/b.yaml', 'open');
      await start({ capabilities: SIMPLE });
      await client.open(A, 'toy uses b.yaml');
      assert.deepEqual(await client.codeActions(A, client.range(A, 'uses b.yaml')), []);
    });

    it('come without what the client does not know', async () => {
      await start({ capabilities: SIMPLE });
      await client.open(A, 'toy bad-high');
      const [action] = await client.codeActions(A, client.range(A, 'bad-high'));
      assert.deepEqual(Object.keys(action!).sort(), ['diagnostics', 'edit', 'kind', 'title']);
      assert.deepEqual(action!.edit, { changes: { [A]: [{ range: client.range(A, 'bad-high'), newText: 'good' }] } });
    });

    it('ask before a resource is replaced, where the client can', async () => {
      await start();
      await client.open(A, 'toy bad-critical');
      const range = client.range(A, 'bad-critical');
      const editOf = async (title: string): Promise<WorkspaceEdit | undefined> =>
        (await client.codeActions(A, range)).find((action) => action.title === title)?.edit;
      assert.deepEqual(await editOf('Do better'), {
        documentChanges: [
          { textDocument: { uri: A, version: 1 }, edits: [{ range, newText: 'better', annotationId: 'replace' }] },
        ],
        changeAnnotations: {
          replace: {
            label: 'Can replace the resource',
            needsConfirmation: true,
            description: 'the next deployment can create a new resource and delete this one',
          },
        },
      });
      assert.equal((await editOf('Be good'))?.changeAnnotations, undefined);
    });

    it('do not ask where the client cannot', async () => {
      const { changeAnnotationSupport: _, ...workspaceEdit } = FULL.workspace!.workspaceEdit!;
      await start({ capabilities: { ...FULL, workspace: { ...FULL.workspace, workspaceEdit } } });
      await client.open(A, 'toy bad-critical');
      const range = client.range(A, 'bad-critical');
      for (const { edit } of await client.codeActions(A, range, { only: ['quickfix'] })) {
        assert.equal(edit?.changeAnnotations, undefined);
        assert.ok(!JSON.stringify(edit).includes('annotationId'));
      }
    });

    it('end with the pages of the rules, once for each, in the extension alone', async () => {
      await start({ capabilities: OURS });
      await client.open(A, 'toy bad-high bad-high bad-low');
      const everything = { start: { line: 0, character: 0 }, end: { line: 0, character: 29 } };
      const actions = await client.codeActions(A, everything, { only: ['quickfix'] });
      const shown = actions.filter(({ command }) => command);
      assert.deepEqual(shown, actions.slice(-2));
      assert.deepEqual(
        shown.map(({ title, kind, command, diagnostics, edit }) => [title, kind, command, diagnostics?.length, edit]),
        ['toy-high', 'toy-low'].map((rule) => {
          const title = `Show documentation of ${rule}`;
          return [
            title,
            'quickfix',
            { title, command: 'stackwarden.showRule', arguments: [rule] },
            rule === 'toy-high' ? 2 : 1,
            undefined,
          ];
        }),
      );
    });

    it('leave out the pages beside fixes that are not applicable, whose reasons they would hide', async () => {
      world.files.set('file:///w/b.yaml', 'open');
      await start({ capabilities: OURS });
      await client.open(A, 'toy uses b.yaml');
      const actions = await client.codeActions(A, client.range(A, 'uses b.yaml'), { only: ['quickfix'] });
      assert.deepEqual(
        actions.map(({ title, disabled }) => [title, disabled?.reason]),
        [['Be good', 'It is not a toy.']],
      );
    });

    it('leave alone what others found', async () => {
      await start();
      await client.open(A, 'toy fine');
      const range = client.range(A, 'fine');
      assert.deepEqual(
        await client.codeActions(A, range, {
          diagnostics: [{ range, message: 'Broken.', source: 'yaml', code: 7, data: null }],
        }),
        [],
      );
    });

    it('are offered for documents that are open alone, because what they are made from is kept for those alone', async () => {
      world.files.set(A, 'toy bad-high');
      await start({ folders: [{ uri: 'file:///w', name: 'w' }] });
      await client.pullWorkspace();
      const range = { start: { line: 0, character: 4 }, end: { line: 0, character: 4 } };
      assert.deepEqual(await client.codeActions(A, range, { only: ['quickfix'] }), []);
      await client.open(A, 'toy bad-high');
      assert.equal((await client.codeActions(A, range, { only: ['quickfix'] })).length, 2);
    });

    it('are not offered when something else is asked for', async () => {
      await start();
      await client.open(A, 'toy bad-high');
      assert.deepEqual(await client.codeActions(A, client.range(A, 'bad-high'), { only: ['refactor'] }), []);
    });
  });

  describe('fix-all', () => {
    const everywhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const onSave = (only: string): { only: string[]; triggerKind: 2 } => ({ only: [only], triggerKind: 2 });
    const OPT_IN = { fixAll: { onSourceFixAll: true } };

    it('fixes everything at once, with an edit that is resolved when it is chosen', async () => {
      await start();
      await client.open(A, 'toy\r\nkey: bad-high # one\r\nrest\r\nkey: bad-low # two\r\n');
      const [action, ...others] = await client.codeActions(A, everywhere, onSave('source.fixAll.stackwarden'));
      assert.deepEqual(others, []);
      assert.equal(action!.edit, undefined);
      const { edit, kind } = await client.resolve(action!);
      assert.equal(kind, 'source.fixAll.stackwarden');
      assert.equal(client.after(edit, A), 'toy\r\nkey: good # one\r\nrest\r\nkey: good # two\r\n');
      const [change] = edit!.documentChanges!;
      assert.ok(change && 'edits' in change);
      assert.equal(change.edits.length, 2);
    });

    it('has its edit at once for a client that does not resolve', async () => {
      await start({ capabilities: SIMPLE });
      await client.open(A, 'toy bad-high');
      const [action] = await client.codeActions(A, everywhere, onSave('source.fixAll.stackwarden'));
      assert.equal(client.after(action!.edit, A), 'toy good');
    });

    it('is offered only when there is something that is safe to fix', async () => {
      await start();
      await client.open(A, 'toy fine');
      assert.deepEqual(await client.codeActions(A, everywhere, onSave('source.fixAll.stackwarden')), []);
    });

    for (const { kinds, trigger, settings, offered, when } of [
      {
        when: 'its own kind is asked for',
        kinds: ['source.fixAll.stackwarden'],
        trigger: 2,
        settings: null,
        offered: true,
      },
      {
        when: 'the kind of all tools is requested without the setting',
        kinds: ['source.fixAll'],
        trigger: 2,
        settings: null,
        offered: false,
      },
      {
        when: 'the kind of all tools is asked for from a menu without the setting',
        kinds: ['source.fixAll'],
        trigger: 1,
        settings: null,
        offered: false,
      },
      {
        when: 'the kind of all tools is asked for and the user agreed',
        kinds: ['source.fixAll'],
        trigger: 2,
        settings: OPT_IN,
        offered: true,
      },
      { when: 'the menu of source actions is opened', kinds: ['source'], trigger: 1, settings: null, offered: true },
      {
        when: 'all source actions are asked for on saving without the setting',
        kinds: ['source'],
        trigger: 2,
        settings: null,
        offered: false,
      },
      {
        when: 'the kind of another tool is asked for',
        kinds: ['source.fixAll.eslint'],
        trigger: 2,
        settings: OPT_IN,
        offered: false,
      },
      { when: 'the cursor moves', kinds: undefined, trigger: 2, settings: OPT_IN, offered: false },
      { when: 'everything is requested', kinds: undefined, trigger: 1, settings: null, offered: true },
    ] as const) {
      it(`is ${offered ? '' : 'not '}offered when ${when}`, async () => {
        await start();
        client.settings = () => settings;
        await client.open(A, 'toy bad-high');
        const actions = await client.codeActions(A, everywhere, {
          triggerKind: trigger,
          ...(kinds ? { only: [...kinds] } : {}),
        });
        assert.deepEqual(titles(actions), offered ? ['Apply all safe Stackwarden fixes in this document'] : []);
      });
    }
  });

  it('are answered with nothing, and a line in the log, when the engine fails', async () => {
    await start();
    await client.open(A, 'toy crash');
    assert.deepEqual(await client.codeActions(A, client.range(A, 'crash')), []);
    assert.equal(client.log.length, 1);
  });

  it('are not offered to a client that takes commands alone', async () => {
    await start({ capabilities: PLAIN });
    await assert.rejects(
      client.codeActions(A, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }),
      /Unhandled method/,
    );
  });

  it('work for a client that diagnostics are published to', async () => {
    await start({ capabilities: PUSH });
    await client.open(A, 'toy bad-high');
    const diagnostics = [...(await client.diagnostics(A))];
    const [action] = await client.codeActions(A, client.range(A, 'bad-high'), { diagnostics });
    assert.deepEqual(action!.diagnostics, diagnostics);
  });
});
