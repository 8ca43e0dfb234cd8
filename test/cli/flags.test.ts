/** The types of the flags of commands have the options that `cli/options.ts` declares. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { COMMANDS } from '../../server/src/cli/options.ts';

const CLI = fileURLToPath(new URL('../../server/src/cli/', import.meta.url));

interface Declared {
  readonly names: readonly string[];
  readonly above: string | undefined;
}

/** The interfaces of the command line by name, with their fields. */
const interfaces: ReadonlyMap<string, Declared> = new Map(
  readdirSync(CLI, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => [
      ...readFileSync(CLI + path, 'utf8').matchAll(/^(?:export )?interface (\w+)(?: extends (\w+))? \{\n([^]*?)^\}$/gm),
    ])
    .map(([, name, above, body]) => [
      name!,
      { names: [...body!.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, field]) => field!), above },
    ]),
);

function fieldsOf(name: string): readonly string[] {
  const { names, above } = interfaces.get(name) ?? assert.fail(`There is no interface ${name}.`);
  return above === undefined ? names : [...names, ...fieldsOf(above)];
}

/** `--no-color <when>` is `color`. */
function fieldOf(flags: string): string {
  return /^(?:-\w, )?--(?:no-)?([\w-]+)/
    .exec(flags)![1]!
    .replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

describe('the flags of commands', () => {
  const commands = COMMANDS.map(({ name, options }) => ({
    name,
    type: `${name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Flags`,
    options: options.map(({ flags }) => fieldOf(flags)),
  }));
  for (const { name, type, options } of commands)
    if (interfaces.has(type))
      it(`of ${name} are in ${type}`, () => {
        const fields = new Set(fieldsOf(type));
        assert.deepEqual(
          options.filter((option) => !fields.has(option)),
          [],
        );
      });

  it('have a type where a command has options', () =>
    assert.deepEqual(
      commands.filter(({ type, options }) => options.length > 0 && !interfaces.has(type)).map(({ name }) => name),
      ['lsp'],
    ));
});
