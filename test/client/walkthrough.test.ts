/** The walkthrough leads to files and commands that exist. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EXAMPLES } from '../../client/src/examples.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import { traitsOf } from '../../server/src/model/format.ts';
import { analysed } from '../engine/analysis.ts';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly when?: string;
  readonly media: { readonly svg?: string; readonly markdown?: string; readonly altText?: string };
  readonly completionEvents: readonly string[];
}

interface Contributes {
  readonly commands: readonly { readonly command: string; readonly enablement?: string }[];
  readonly configuration: readonly { readonly properties: object }[];
  readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
}

const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, ROOT)), 'utf8');
const { contributes } = JSON.parse(read('package.json')) as { readonly contributes: Contributes };
const texts = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const packed = read('tools/package/package.mjs');
const [{ steps } = { steps: [] }] = contributes.walkthroughs;

/** The commands of VS Code that steps name. */
const OF_VSCODE = [
  'editor.action.quickFix',
  'editor.action.showHover',
  'problems.action.showQuickFixes',
  'workbench.action.openSettings',
  'workbench.actions.view.problems',
];

const commands = new Map(contributes.commands.map((each) => [each.command, each.enablement]));
const isKnown = (command: string): boolean => commands.has(command) || OF_VSCODE.includes(command);

/** The commands of the links in the description of a step, with their arguments. */
function linksOf({ description }: Step): readonly (readonly [command: string, args: unknown])[] {
  return [...texts[description.slice(1, -1)]!.matchAll(/\]\(command:([\w.]+)(?:\?([^)]+))?\)/g)].map(
    ([, command, args]) => [command!, args === undefined ? [] : JSON.parse(decodeURIComponent(args))],
  );
}

describe('the walkthrough', () => {
  it('has five steps, in the order in which people start', () =>
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['open', 'fix', 'hover', 'configure', 'ci'],
    ));

  for (const step of steps) {
    it(`has media for "${step.id}", which is packed`, () => {
      const file = step.media.svg ?? step.media.markdown!;
      assert.ok(existsSync(fileURLToPath(new URL(file, ROOT))), file);
      assert.ok(packed.includes("'client/walkthrough'"));
      // VS Code embeds the picture, so it cannot load anything.
      if (step.media.svg) {
        assert.doesNotMatch(read(file), /<(?:script|image|style|foreignObject)|href=/);
        assert.ok(texts[step.media.altText!.slice(1, -1)]);
      }
    });

    it(`has commands for "${step.id}" that exist, and can run where it is shown`, () => {
      const links = linksOf(step);
      assert.ok(links.length > 0);
      for (const [command] of links) {
        assert.ok(isKnown(command), command);
        const enablement = commands.get(command);
        assert.ok(enablement === undefined || enablement === step.when, `${command} needs ${enablement}`);
      }
    });

    it(`has events for "${step.id}" that can happen`, () => {
      assert.ok(step.completionEvents.length > 0);
      for (const event of step.completionEvents) {
        const [, kind, name] = /^(onCommand|onContext|onSettingChanged):(.+)$/.exec(event) ?? [];
        assert.ok(
          kind === 'onCommand'
            ? isKnown(name!)
            : kind === 'onSettingChanged'
              ? Object.hasOwn(contributes.configuration[0]!.properties, name!)
              : name !== undefined && read('client/src/status-item.ts').includes(`'${name}'`),
          event,
        );
      }
    });
  }

  it('opens settings and examples that exist', () => {
    const args = (command: string): readonly unknown[] =>
      steps.flatMap(linksOf).flatMap(([name, given]) => (name === command ? (given as unknown[]) : []));
    for (const setting of args('workbench.action.openSettings'))
      assert.ok(Object.hasOwn(contributes.configuration[0]!.properties, String(setting)));
    for (const id of args('stackwarden.openExample')) assert.ok(EXAMPLES.some((example) => example.id === id));
  });
});

describe('the examples of the extension', () => {
  for (const { id, path } of EXAMPLES)
    it(`has ${id}, which is packed, recognized and has findings`, () => {
      assert.ok(packed.includes(`'${path}'`), path);
      const name = path.slice(path.lastIndexOf('/') + 1);
      const [document] = analysed({ [name]: read(path) }, { profile: 'recommended', certainty: 'certain' }).documents;
      assert.ok(traitsOf(document!.format), document!.reason);
      assert.ok(document!.findings.length > 0);
    });
});

function withoutEffect(text: string): object {
  const { configuration, problems } = readConfiguration('file:///w/.stackwarden.yaml', text);
  return { configuration, problems };
}

describe('a new configuration file', () => {
  it('changes nothing', () =>
    assert.deepEqual(withoutEffect(read('client/walkthrough/configuration.yaml')), {
      configuration: DEFAULT_CONFIGURATION,
      problems: [],
    }));
});
