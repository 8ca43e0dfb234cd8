/** The manifest of the extension agrees with the client and the server. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DOCUMENTS } from '../../client/src/documents.ts';
import { SCHEME } from '../../client/src/page-archive.ts';
import { isConfigurationFile } from '../../server/src/base/configuration-file.ts';
import { DEFAULT_SETTINGS, settingsOf } from '../../server/src/lsp/settings.ts';
import { FORMATS } from '../../server/src/model/format.ts';
import { profileDescription, PROFILES } from '../../server/src/model/profile.ts';
import { CONFIGURATION_SCHEMA } from '../../tools/configuration-schema.ts';

interface Setting {
  readonly type: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly default: unknown;
  readonly markdownDescription: string;
  readonly scope: string;
}

interface Manifest {
  readonly engines: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly languages: readonly {
      readonly id: string;
      readonly extensions: readonly string[];
      readonly configuration?: string;
    }[];
    readonly grammars: readonly { readonly language: string; readonly scopeName: string; readonly path: string }[];
    readonly yamlValidation: readonly { readonly fileMatch: readonly string[]; readonly url: string }[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
  };
}

/** A rule of a TextMate grammar, as far as it is looked at. */
interface GrammarRule {
  readonly include?: string;
  readonly patterns?: readonly GrammarRule[];
  readonly repository?: Readonly<Record<string, GrammarRule>>;
  readonly scopeName?: string;
}

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const texts = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
/** The manifest as VS Code shows it, with its texts. */
const manifest = localized(JSON.parse(read('package.json'))) as Manifest;

function localized(value: unknown): unknown {
  if (typeof value === 'string') return /^%.+%$/.test(value) ? (texts[value.slice(1, -1)] ?? value) : value;
  if (Array.isArray(value)) return value.map(localized);
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, localized(inner)]))
    : value;
}
const settings = manifest.contributes.configuration[0]!.properties;
const commands = manifest.contributes.commands.map(({ command }) => command);

describe('the manifest', () => {
  it('starts the extension for the languages that the server is told of and for pages, and for nothing else', () => {
    assert.deepEqual(manifest.activationEvents, [
      ...DOCUMENTS.flatMap(({ language }) => (language === undefined ? [] : [`onLanguage:${language}`])),
      `onFileSystem:${SCHEME}`,
    ]);
  });

  it('tells the server of the documents of every format', () => {
    const languages = new Set(DOCUMENTS.flatMap(({ language }) => language ?? []));
    const patterns = new Set(DOCUMENTS.flatMap(({ pattern }) => (typeof pattern === 'string' ? [pattern] : [])));
    for (const [format, { languageIds, endings }] of FORMATS) {
      assert.deepEqual(
        languageIds.filter((id) => !languages.has(id)),
        [],
        format,
      );
      // The files of these languages need no pattern.
      assert.deepEqual(
        endings.filter((ending) => !/^(?:ya?ml|json)$/.test(ending) && !patterns.has(`**/*.${ending}`)),
        [],
        format,
      );
    }
  });

  // https://github.com/hashicorp/vscode-terraform/blob/main/package.json,
  // https://github.com/hashicorp/vscode-hcl/blob/main/package.json,
  // https://github.com/opentofu/vscode-opentofu/blob/main/package.json
  it('contributes the languages of Terraform as the extensions of their makers do', () => {
    const { languages, grammars } = manifest.contributes;
    assert.deepEqual(
      languages.flatMap(({ id, extensions }) =>
        id === 'json'
          ? []
          : [[id, extensions.join(' '), grammars.find(({ language }) => language === id)?.scopeName ?? 'none']],
      ),
      [
        ['terraform', '.tf', 'source.hcl.terraform'],
        ['terraform-vars', '.tfvars', 'source.hcl.terraform'],
        ['opentofu', '.tofu', 'source.hcl.terraform'],
        ['hcl', '.hcl', 'source.hcl'],
      ],
    );
  });

  it('has grammars whose parts are all there', () => {
    const { languages, grammars } = manifest.contributes;
    for (const { configuration } of languages) if (configuration) JSON.parse(read(configuration));
    for (const { path, scopeName } of grammars) {
      const grammar = JSON.parse(read(path)) as GrammarRule;
      assert.equal(grammar.scopeName, scopeName);
      const open: GrammarRule[] = [grammar];
      for (let rule = open.pop(); rule; rule = open.pop()) {
        open.push(...Object.values(rule).filter((part): part is GrammarRule => typeof part === 'object'));
        const { include } = rule;
        if (include === undefined) continue;
        assert.ok(
          include.startsWith('#')
            ? grammar.repository?.[include.slice(1)]
            : grammars.some((other) => other.scopeName === include),
          include,
        );
      }
    }
  });

  it('gives the YAML extension the schema of the configuration', () => {
    const [{ fileMatch, url }, ...others] = manifest.contributes.yamlValidation as [
      Manifest['contributes']['yamlValidation'][number],
    ];
    assert.deepEqual(others, []);
    assert.equal(url, `./${CONFIGURATION_SCHEMA}`);
    assert.equal((JSON.parse(read(url)) as { readonly title: string }).title, 'Configuration of Stackwarden');
    assert.ok(fileMatch.every((pattern) => isConfigurationFile(pattern.replace('*', 'team'))));
  });

  it('has the commands that are there', () => {
    const registered = [...read('client/src/extension.ts').matchAll(/registerCommand\('([^']+)'/g)].map(
      ([, command]) => command,
    );
    assert.deepEqual(registered, commands);
    assert.deepEqual(
      manifest.contributes.commands.filter(({ category }) => category !== 'Stackwarden'),
      [],
    );
    assert.deepEqual(
      Object.values(manifest.contributes.menus)
        .flat()
        .filter(({ command }) => !commands.includes(command)),
      [],
    );
  });

  it('gives settings the defaults that the server has without them', () => {
    const defaults = Object.fromEntries(
      Object.entries(settings).map(([name, setting]) => [name.replace('stackwarden.', ''), setting.default]),
    );
    assert.deepEqual(
      settingsOf({ ...defaults, fixAll: { onSourceFixAll: defaults['fixAll.onSourceFixAll'] } }),
      DEFAULT_SETTINGS,
    );
  });

  it('offers the values that the server knows, and explains each', () => {
    assert.deepEqual(settings['stackwarden.profile']?.enum, PROFILES);
    assert.deepEqual(settings['stackwarden.profile'].enumDescriptions, PROFILES.map(profileDescription));
    for (const [name, { enum: values, enumDescriptions, markdownDescription }] of Object.entries(settings)) {
      assert.ok(markdownDescription.length > 0, name);
      assert.equal(enumDescriptions?.length, values?.length, name);
      const key = name.replace('stackwarden.', '') as keyof typeof DEFAULT_SETTINGS;
      if (!values || !(key in DEFAULT_SETTINGS) || typeof DEFAULT_SETTINGS[key] === 'boolean') continue;
      assert.deepEqual(
        values.map((value) => settingsOf({ [key]: value })[key]),
        values,
        name,
      );
    }
  });

  it('has the settings that the server reads for each document in the scope of resources', () => {
    const ofWindow = Object.keys(settings).filter((name) => settings[name]!.scope !== 'resource');
    assert.deepEqual(ofWindow, ['stackwarden.workspaceDiagnostics', 'stackwarden.trace.server']);
  });

  it('is for the version of VS Code whose API the client is checked against', () => {
    assert.equal(manifest.engines['vscode'], `^${manifest.devDependencies['@types/vscode']}`);
  });

  it('has every setting and command in the page for users', () => {
    const page = read('docs/editors.md');
    assert.deepEqual(
      Object.keys(settings).filter((name) => !page.includes(`\`${name}\``)),
      [],
    );
    assert.deepEqual(
      manifest.contributes.commands.filter(({ title }) => !page.includes(`Stackwarden: ${title}`)),
      [],
    );
  });
});
