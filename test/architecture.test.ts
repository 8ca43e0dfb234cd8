/** The allowed imports between folders. A new import direction is a change of this table. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = fileURLToPath(new URL('../server/src', import.meta.url));

/** The folders that the files of a folder may import, their own aside. `rules/index.ts` is that file alone. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  syntax: ['base'],
  model: ['base'],
  policy: ['base', 'model'],
  reachability: ['base', 'model', 'policy'],
  formats: ['base', 'syntax', 'model', 'policy'],
  rules: ['base', 'model', 'policy', 'reachability'],
  fixes: ['base', 'syntax', 'model'],
  hover: [
    'base',
    'syntax',
    'model',
    'policy',
    'reachability',
    'formats',
    'rules/index.ts',
    'rules/rule.ts',
    'rules/sources.ts',
  ],
  completion: ['base', 'syntax', 'model', 'policy'],
  suppression: ['base', 'syntax', 'model', 'fixes'],
  config: ['base', 'syntax', 'model', 'suppression', 'rules/index.ts'],
  baseline: ['base', 'syntax', 'model'],
  engine: [
    'base',
    'syntax',
    'model',
    'policy',
    'reachability',
    'formats',
    'rules',
    'fixes',
    'hover',
    'completion',
    'suppression',
    'config',
  ],
  migration: ['base', 'syntax', 'model', 'rules/rule.ts', 'suppression', 'config', 'engine'],
  host: ['base'],
  lsp: ['*'],
  cli: ['*'],
  main: ['*'],
};

/** The folders of `policy/`, each of which imports only those before it. */
const POLICY_FOLDERS: readonly string[] = [
  'text',
  'data',
  'statement',
  'resource',
  'condition',
  'principal',
  'needs',
  'allowance',
  'escalation',
  'workload',
  'narrowing',
  'access',
];

/** The packages that the files of a folder may import; a name that ends in a star stands for all that begin so. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  syntax: ['js-yaml', 'jsonc-parser'],
  policy: ['fastest-levenshtein'],
  suppression: ['fastest-levenshtein'],
  config: ['fastest-levenshtein', 'ignore'],
  host: ['node:*', 'ignore', 'tinyglobby', 'vscode-uri'],
  lsp: ['node:*', 'vscode-*', 'diff'],
  cli: ['*'],
  main: ['*'],
};

/** What the extension of VS Code imports, besides its own files: the server is at the other end of a wire. */
const CLIENT_PACKAGES: readonly string[] = [
  'node:os',
  'node:util',
  'node:zlib',
  'vscode',
  'vscode-languageclient/node',
];

/** The list of all rules, which is generated. It is no part of its folder, as the rules know the rest of that. */
const LIST = 'rules/index.ts';

/** The start of the extension of VS Code, above all its folders. */
const EXTENSION = 'extension.ts';

/** Files that may be longer, because a table in them is one thing. */
const LONG_FILES: readonly string[] = ['rules/resource-paths.ts'];
const MOST_LINES = 400;

interface Import {
  /** The file that imports, below `server/src`. */
  readonly from: string;
  /** What is imported: a file below `server/src`, or a package. */
  readonly to: string;
  readonly file: boolean;
  /** Whether it imports anything but types. */
  readonly isValue: boolean;
}

/** What reads statements that allow. */
const READS_ALLOW = /\bisAllow\b|'Allow'/;

/**
 * Rules about how an Allow statement is written, or about whom a trust policy or the policy of a resource names: of
 * these a denial takes nothing away.
 */
const WRITTEN: ReadonlySet<string> = new Set([
  ...[
    'condition/iam-policy-condition-broad-value',
    'condition/iam-policy-condition-key-support',
    'condition/iam-policy-condition-missing-key',
    'condition/iam-policy-condition-paired-key',
    'condition/iam-policy-condition-qualifier',
    'condition/iam-policy-condition-resource-tag',
    'condition/iam-policy-condition-s3-prefix',
    'condition/iam-policy-condition-untrustworthy-key',
    'condition/iam-policy-mfa-condition',
    'condition/iam-policy-secure-transport-condition',
    'condition/mfa-direction',
    'element/iam-policy-action-resource-mismatch',
    'element/iam-policy-invalid-effect',
    'element/iam-policy-missing-element',
    'identity/iam-identity-managed-policy-wide',
    'permission/iam-policy-excludes-everything',
    'permission/iam-role-permission-unused',
    'resource-policy/iam-policy-confused-deputy',
    'resource-policy/iam-policy-not-principal',
    'resource-policy/iam-resource-policy-wildcard-action',
    'resource-policy/iam-rcp-syntax',
    'trust/iam-role-federated-audience',
    'trust/iam-role-oidc-unsafe-subject',
    'trust/iam-role-trust-action-mismatch',
    'trust/iam-role-trust-cross-account',
    'trust/iam-role-trust-redundant-principal',
    'trust/iam-role-trust-wildcard-external-id',
    'trust/oidc-providers',
  ].map((name) => `rules/iam/${name}.ts`),
  'rules/ec2/vpc-endpoint-policy-open.ts',
  'rules/kms/kms-key-policy-unconstrained-grant.ts',
  'rules/s3/public-access-cost.ts',
]);

/** The files of `policy/` that read statements which allow. */
const EVALUATION: readonly string[] = [
  'access/identity-side',
  'allowance/admits',
  'allowance/allowance',
  'allowance/boundary',
  'allowance/grant',
  'allowance/granted',
  'allowance/holder-tags',
  'condition/in-force',
  'escalation/role-trust',
  'needs/policy-digest',
  'principal/principal',
  'principal/public-grant',
  'statement/statement-edits',
].map((name) => `policy/${name}.ts`);

const CLIENT = fileURLToPath(new URL('../client/src', import.meta.url));
const TOOLS = fileURLToPath(new URL('../tools', import.meta.url));

const files = sourcesIn(SOURCES);
const texts = textsOf(SOURCES, files);
const imports = files.flatMap((file) => importsOf(file, texts.get(file)!));
const clientImports = importsIn(CLIENT);

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.m?ts$|\.mjs$/.test(file) && !file.includes('node_modules'))
    .sort();
}

function importsIn(folder: string): readonly Import[] {
  return [...textsOf(folder, sourcesIn(folder))].flatMap(([file, text]) => importsOf(file, text));
}

function textsOf(folder: string, files: readonly string[]): ReadonlyMap<string, string> {
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

function importsOf(from: string, text: string): readonly Import[] {
  const specifiers = [
    ...text.matchAll(
      /^(?:import|export)\b([^'";]*?)\bfrom\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm,
    ),
  ];
  return specifiers.map(([, clause = '', a, b, c]) => {
    const specifier = (a ?? b ?? c)!;
    const isValue = !isOfTypes(clause);
    return specifier.startsWith('.')
      ? { from, to: relative(SOURCES, join(SOURCES, dirname(from), specifier)), file: true, isValue }
      : { from, to: specifier, file: false, isValue };
  });
}

/** Whether an import names only types: `type { A }`, `{ type A, type B }`. */
function isOfTypes(clause: string): boolean {
  const names = /^\s*\{(.*)\}\s*$/s
    .exec(clause)?.[1]
    ?.split(',')
    .filter((name) => name.trim() !== '');
  return /^\s*type\s/.test(clause) || (names?.every((name) => /^\s*type\s/.test(name)) ?? false);
}

/**
 * The imports between a folder and folders in it that go in both directions, those of types too: the rarer direction of
 * each pair, which is the one to change.
 */
function mutualImports(all: readonly Import[], apart: string): readonly string[] {
  const pairs = new Map<string, { readonly down: string[]; readonly up: string[] }>();
  for (const { from, to, file } of all) {
    const [own, other] = [dirname(from), dirname(to)];
    if (!file || own === other || [from, to].includes(apart)) continue;
    const isDown = own === '.' || other.startsWith(`${own}/`);
    if (!isDown && other !== '.' && !own.startsWith(`${other}/`)) continue;
    const pair = isDown ? `${own} ${other}` : `${other} ${own}`;
    const found = pairs.get(pair) ?? { down: [], up: [] };
    pairs.set(pair, found);
    found[isDown ? 'down' : 'up'].push(`${from} -> ${to}`);
  }
  return [...pairs.values()].flatMap(({ down, up }) => (down.length < up.length ? down : up));
}

/**
 * The cycles of a graph, each as the path that leads back to its first file: one for each import that closes a cycle.
 */
function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const cycles: string[] = [];
  const path: string[] = [];
  const done = new Set<string>();
  const visit = (file: string): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (done.has(file)) return;
    done.add(file);
    path.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    path.pop();
  };
  for (const file of graph.keys()) visit(file);
  return cycles;
}

/** The folder of a file that the tables know it by. */
function layer(file: string): string {
  return /^main-\w+\.ts$/.test(file) ? 'main' : file.split('/')[0]!;
}

function isAllowed(names: readonly string[], name: string): boolean {
  return names.some((allowed) => (allowed.endsWith('*') ? name.startsWith(allowed.slice(0, -1)) : name === allowed));
}

function say(arrows: readonly Import[]): readonly string[] {
  return arrows.map(({ from, to }) => `${from} -> ${to}`);
}

describe('architecture', () => {
  it('has a row in the table for every folder', () => {
    assert.deepEqual(
      [...new Set(files.map(layer))].filter((name) => !(name in ARROWS)),
      [],
    );
  });

  it('has arrows that go down only', () => {
    const wrong = imports.filter(
      ({ from, to, file }) =>
        file &&
        layer(from) !== layer(to) &&
        !isAllowed(ARROWS[layer(from)] ?? [], layer(to)) &&
        !isAllowed(ARROWS[layer(from)] ?? [], to),
    );
    assert.deepEqual(say(wrong), []);
  });

  it('has no arrow that nothing uses', () => {
    const used = new Set(
      imports.flatMap(({ from, to, file }) => (file ? [`${layer(from)} ${layer(to)}`, `${layer(from)} ${to}`] : [])),
    );
    const unused = Object.entries(ARROWS).flatMap(([from, names]) =>
      names.filter((to) => to !== '*' && !used.has(`${from} ${to}`)).map((to) => `${from}: ${to}`),
    );
    assert.deepEqual(unused, []);
  });

  it('has folders of policy/ that import only those before them', () => {
    const folder = (file: string): number => POLICY_FOLDERS.indexOf(/^policy\/([^/]+)\//.exec(file)?.[1] ?? '');
    const within = imports.filter(({ from, to }) => layer(from) === 'policy' && layer(to) === 'policy');
    assert.deepEqual(say(within.filter(({ from, to }) => folder(from) < folder(to) || folder(to) < 0)), []);
  });

  it('uses each package where it belongs', () => {
    const wrong = imports.filter(({ from, to, file }) => !file && !isAllowed(PACKAGES[layer(from)] ?? [], to));
    assert.deepEqual(say(wrong), []);
  });

  it('imports what it runs of the protocol library in one file, because each has a copy in the bundle', () => {
    const running = imports.filter(({ to, isValue }) => isValue && /^vscode-languageserver(\/|$)/.test(to));
    assert.deepEqual(say(running), ['lsp/protocol.ts -> vscode-languageserver/node']);
  });

  it('has rules that know no other rule and not their list', () => {
    const isRule = (file: string): boolean =>
      /^rules\/.+\/[^/]+\.ts$/.test(file) && /^export default\b/m.test(texts.get(file) ?? '');
    const wrong = imports.filter(
      ({ from, to }) =>
        from.startsWith('rules/') && from !== 'rules/index.ts' && (to === 'rules/index.ts' || isRule(to)),
    );
    assert.deepEqual(say(wrong), []);
  });

  it('has rules that name formats by what these are, so that a new format does not change them', () => {
    const named = files.filter((file) => file.startsWith('rules/') && /^ *formats: \[/m.test(texts.get(file)!));
    assert.deepEqual(named, []);
  });

  it('asks what an identity is allowed in one place, which knows what is denied', () => {
    const asks = (file: string, wanted: RegExp): boolean =>
      imports.some(({ from, to }) => from === file && wanted.test(to));
    const rules = files.filter((file) => file.startsWith('rules/'));
    const reading = rules.filter((file) => READS_ALLOW.test(texts.get(file)!));
    assert.deepEqual(
      reading.filter((file) => !WRITTEN.has(file)),
      [],
      'rules that read Allow statements ask policy/allowance/allowance.ts or policy/allowance/identity-access.ts, or are about how these are written',
    );
    assert.deepEqual(
      [...WRITTEN].filter((file) => !reading.includes(file)),
      [],
    );
    const asking = rules.filter(
      (file) =>
        asks(
          file,
          /^policy\/(?:allowance\/(?:allowance|identity-access|may-do)|escalation\/(?:escalation|aimed-escalation))\.ts$/,
        ) && !WRITTEN.has(file),
    );
    assert.ok(asking.length > 12, asking.join());
    // Who else knows the statements of a policy by their effect is a part of that evaluation, or asks about others than
    // the holder.
    assert.deepEqual(
      files.filter((file) => file.startsWith('policy/') && READS_ALLOW.test(texts.get(file)!)),
      EVALUATION,
    );
  });

  it('has a client that knows the server by the wire alone', () => {
    const clientFiles = new Set(sourcesIn(CLIENT));
    const wrong = clientImports.filter(({ to, file }) =>
      file ? !clientFiles.has(to) : !isAllowed(CLIENT_PACKAGES, to),
    );
    assert.deepEqual(say(wrong), []);
  });

  it('has no cycles of imports, those of types aside', () => {
    const arrows = imports.filter(({ file, isValue }) => file && isValue);
    const graph = new Map(files.map((file) => [file, arrows.filter(({ from }) => from === file).map(({ to }) => to)]));
    assert.deepEqual(cyclesIn(graph), []);
  });

  it('has no cycles of imports between folders, those of types included', () => {
    for (const [all, apart] of [
      [imports, LIST],
      [clientImports, EXTENSION],
    ] as const) {
      const graph = new Map<string, Set<string>>();
      for (const { from, to, file } of all)
        if (file && dirname(from) !== dirname(to) && ![from, to].includes(apart))
          graph.set(dirname(from), (graph.get(dirname(from)) ?? new Set()).add(dirname(to)));
      assert.deepEqual(cyclesIn(new Map([...graph].map(([from, to]) => [from, [...to].sort()]))), []);
    }
  });

  it('has folders and folders in them that import each other in one direction', () => {
    for (const [all, apart] of [
      [imports, LIST],
      [clientImports, EXTENSION],
      [importsIn(TOOLS), ''],
    ] as const)
      assert.deepEqual(
        mutualImports(all, apart),
        [],
        'most imports between these folders go the other way: move what these need to the folder that imports them',
      );
  });

  for (const { what, arrows, found } of [
    { what: 'down', arrows: ['a/x.ts -> a/b/y.ts', 'main.ts -> a/x.ts'], found: [] },
    { what: 'up', arrows: ['a/b/y.ts -> a/x.ts', 'a/x.ts -> main.ts'], found: [] },
    {
      what: 'between siblings',
      arrows: ['a/b/y.ts -> a/c/z.ts', 'a/c/z.ts -> a/b/y.ts', 'a/x.ts -> ab/x.ts', 'ab/x.ts -> a/x.ts'],
      found: [],
    },
    {
      what: 'in both directions',
      arrows: ['a/x.ts -> a/b/y.ts', 'a/z.ts -> a/b/y.ts', 'a/b/y.ts -> a/x.ts'],
      found: ['a/b/y.ts -> a/x.ts'],
    },
    {
      what: 'in both directions over a folder',
      arrows: ['a/x.ts -> a/b/c/y.ts', 'a/b/c/z.ts -> a/x.ts', 'a/b/c/y.ts -> a/x.ts'],
      found: ['a/x.ts -> a/b/c/y.ts'],
    },
    { what: 'to and from what stands apart', arrows: ['a/x.ts -> list.ts', 'list.ts -> a/x.ts'], found: [] },
  ])
    it(`tells imports ${what}`, () => {
      const all = arrows.map((arrow): Import => {
        const [from, to] = arrow.split(' -> ') as [string, string];
        return { from, to, file: true, isValue: true };
      });
      assert.deepEqual(mutualImports(all, 'list.ts'), found);
    });

  it('imports files by their whole name', () => {
    assert.deepEqual(say(imports.filter(({ to, file }) => file && !texts.has(to))), []);
  });

  it('has files that can be read in one sitting', () => {
    const long = files.filter(
      (file) =>
        !LONG_FILES.includes(file) &&
        !/^(?:\/\/|\/\*\*?)\s*Generated by /.test(texts.get(file)!) &&
        texts.get(file)!.split('\n').length > MOST_LINES + 1,
    );
    assert.deepEqual(long, []);
  });
});
