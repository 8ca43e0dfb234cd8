/**
 * Writes `schemas/terraform/` from the generated bindings of the provider; `schemas/README.md` describes the form. What
 * is read is the bindings' TypeScript source, which their source maps carry: each attribute has a comment that states
 * whether it is computed, optional or required, and the code below it shows the type.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { header, sorted, writeFolder } from './write.mjs';

const PACKAGE = '@cdktn/provider-aws';
const LIB = fileURLToPath(new URL(`node_modules/${PACKAGE}/lib/`, import.meta.url));

const HEADER = header({
  name: PACKAGE,
  version: '24.1.0',
  published: '2026-08-24',
  licence: 'MPL-2.0',
  provider: 'hashicorp/aws 6.45.0',
  notice:
    'This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of the MPL was not distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/. Copyright IBM Corp. 2021, 2026',
});

/** A body that is written once and referred to: it occurs more than once and is at least as long as this. */
const SHARED_LENGTH = 60;

const MAPS = { StringMap: 'map(string)', NumberMap: 'map(number)', BooleanMap: 'map(bool)' };

const DECLARED = [
  [/^\?: string;/, 'string'],
  [/^\?: number;/, 'number'],
  [/^\?: boolean \|/, 'bool'],
  [/^\?: string\[\];/, 'list(string)'],
  [/^\?: number\[\];/, 'list(number)'],
  [/^\?: string\[\]\[\]/, 'list(list(string))'],
  [/^\?: \{ \[key: string\]: string \};/, 'map(string)'],
  [/^\?: \{ \[key: string\]: number \};/, 'map(number)'],
  [/^\?: \{ \[key: string\]: \(boolean/, 'map(bool)'],
  [/^\?: \{ \[key: string\]: string\[\] \}/, 'map(list(string))'],
  [/^\?: \{ \[key: string\]: \{ \[key: string\]: string \} \}/, 'map(map(string))'],
  [/^\?: \{ \[key: string\]: string \}\[\]/, 'list(map(string))'],
  [/^\?: any;/, 'any'],
];

const READ = [
  [/this\.getStringMapAttribute\(/, 'map(string)'],
  [/this\.getNumberListAttribute\(/, 'list(number)'],
  [/this\.getListAttribute\(/, 'list(string)'],
  [/this\.getNumberAttribute\(/, 'number'],
  [/this\.getStringAttribute\(/, 'string'],
  [/this\.getBooleanAttribute\(/, 'bool'],
  [/this\.interpolationForAttribute\(/, 'any'],
];

const first = (table, text) => table.find(([pattern]) => pattern.test(text))?.[1];

function sourceText(file) {
  const map = /sourceMappingURL=data:application\/json;base64,(.*)/.exec(readFileSync(file, 'utf8'));
  return JSON.parse(Buffer.from(map[1], 'base64').toString()).sourcesContent[0];
}

function moduleText(folder) {
  const structs = `${LIB}${folder}/index-structs/`;
  const parts = existsSync(structs)
    ? readdirSync(structs).filter((file) => file.endsWith('.js') && file !== 'index.js')
    : [];
  return [...parts.map((file) => sourceText(structs + file)), sourceText(`${LIB}${folder}/index.js`)].join('\n');
}

/**
 * Every class with its text, for each struct how the provider nests it, and room for the bodies that are being read and
 * for those that contain themselves.
 */
function parse(text) {
  const classes = new Map();
  for (const part of text.split(/^export (?=class |function |interface )/m)) {
    const named = /^class (\w+) extends cdktn\.(\w+)/.exec(part);
    if (named) classes.set(named[1], { base: named[2], text: part });
  }
  const nesting = new Map(
    [...text.matchAll(/type: "(list|set|map|struct)",\s+storageClassType: "([A-Z]\w*?)(?:List|Map)?",/g)].map(
      ([, type, name]) => [name, type],
    ),
  );
  return { classes, nesting, open: new Set(), recursive: new Map() };
}

/** `!` required, `=` only computed, `~` optional and computed. */
function flag(computed, required) {
  if (required === 'true') return '!';
  return computed === 'false' ? '' : '=';
}

/** The attributes and blocks of a class, or a reference for one that contains itself. */
function body(module, className) {
  if (module.open.has(className)) module.recursive.set(className, undefined);
  if (module.recursive.has(className)) return `#${className}`;
  module.open.add(className);
  const read = members(module, className);
  module.open.delete(className);
  if (!module.recursive.has(className)) return read;
  module.recursive.set(className, read);
  return `#${className}`;
}

function members(module, className) {
  const held = module.classes.get(className);
  if (!held) throw new Error(`no class ${className}`);
  const entries = [
    ...held.text.matchAll(/\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+)\n([\s\S]*?return .*)/g),
  ].map(([, name, computed, optional, required, code]) => [
    name,
    attribute(
      module,
      code,
      computed === 'true' && optional === 'true' ? '~' : flag(computed, required),
      `${className}.${name}`,
    ),
  ]);
  return sorted(entries);
}

function attribute(module, code, flags, where) {
  const declared = /private _\w+(.*)/.exec(code)?.[1];
  const built =
    declared && /= new (cdktn\.)?(\w+?)(OutputReference|List|Map)?\(this, "\w+"(?:, (true|false))?\)/.exec(declared);
  if (built) {
    const [, library, name, ending, fromSet] = built;
    if (library) return known(MAPS[name + ending], where) + flags;
    const nested = body(
      module,
      ending === 'OutputReference' ? `${name}OutputReference` : itemClass(module, name + ending),
    );
    return { [nestingOf(module, name, ending, fromSet) + flags]: nested };
  }
  const struct = declared && /^\?: (\w+)\[\] \|/.exec(declared)?.[1];
  if (struct && module.classes.has(`${struct}OutputReference`))
    return { [`list${flags}`]: body(module, `${struct}OutputReference`) };
  const type = known((declared && first(DECLARED, declared)) ?? first(READ, code), where);
  return (type.startsWith('list(') && /Fn\.tolist\(/.test(code) ? type.replace('list', 'set') : type) + flags;
}

function known(type, where) {
  if (type === undefined) throw new Error(`no type for ${where}`);
  return type;
}

function itemClass(module, listClass) {
  return /\bget\([^)]*\): (\w+)/.exec(module.classes.get(listClass).text)[1];
}

function nestingOf(module, name, ending, fromSet) {
  if (ending === 'Map') return 'map';
  if (ending === 'List') return fromSet === 'true' ? 'set' : 'list';
  const type = module.nesting.get(name);
  return type === 'list' || type === 'set' ? `${type}1` : 'single';
}

/** Replaces bodies that occur several times in a file by a reference to one of them among the blocks. */
function share(sections, recursive) {
  const seen = new Map();
  walk([...sections, recursive], (name, nested) => {
    const text = JSON.stringify(nested);
    if (text.length < SHARED_LENGTH) return;
    const entry = seen.get(text) ?? { count: 0, name };
    seen.set(text, { ...entry, count: entry.count + 1 });
  });
  const taken = new Map();
  const names = new Map();
  for (const [text, { count, name }] of seen) {
    if (count < 2) continue;
    const number = (taken.get(name) ?? 0) + 1;
    taken.set(name, number);
    names.set(text, number === 1 ? name : `${name}${number}`);
  }
  const refer = (entries) =>
    Object.fromEntries(
      Object.entries(entries).map(([name, value]) => {
        if (typeof value === 'string') return [name, value];
        const [[kind, nested]] = Object.entries(value);
        if (typeof nested === 'string') return [name, value];
        const shared = names.get(JSON.stringify(nested));
        return [name, { [kind]: shared ? `#${shared}` : refer(nested) }];
      }),
    );
  const blocks = sorted([
    ...[...names].map(([text, name]) => [name, refer(JSON.parse(text))]),
    ...Object.entries(recursive).map(([name, entries]) => [name, refer(entries)]),
  ]);
  const referred = sections.map((types) =>
    Object.fromEntries(Object.entries(types).map(([type, entries]) => [type, refer(entries)])),
  );
  return { blocks, sections: referred };
}

function walk(sections, visit) {
  const inside = (entries) => {
    for (const [name, value] of Object.entries(entries)) {
      if (typeof value === 'string') continue;
      const [nested] = Object.values(value);
      if (typeof nested === 'string') continue;
      visit(name, nested);
      inside(nested);
    }
  };
  for (const types of sections) for (const entries of Object.values(types)) inside(entries);
}

const services = new Map();
const totals = { TerraformResource: 0, TerraformDataSource: 0 };
for (const folder of readdirSync(LIB).sort()) {
  if (!existsSync(`${LIB}${folder}/index.js`)) continue;
  const module = parse(moduleText(folder));
  for (const [name, { base, text }] of module.classes) {
    const type = /static readonly tfResourceType = "(\w+)"/.exec(text)?.[1];
    if (type === undefined || !(base in totals)) continue;
    totals[base] += 1;
    const service = type.split('_')[1];
    if (!services.has(service)) services.set(service, { resources: [], data: [], recursive: [] });
    services.get(service)[base === 'TerraformResource' ? 'resources' : 'data'].push([type, body(module, name)]);
    services.get(service).recursive.push(...module.recursive);
  }
}
const files = [...services].map(([service, { resources, data, recursive }]) => {
  const { blocks, sections } = share([sorted(resources), sorted(data)], sorted(recursive));
  const content = { $: HEADER, resources: sections[0], data: sections[1], blocks };
  return [
    service,
    Object.fromEntries(Object.entries(content).filter(([, section]) => Object.keys(section).length > 0)),
  ];
});
const written = writeFolder('terraform', sorted(files));
console.log(
  `schemas/terraform: ${totals.TerraformResource} resources, ${totals.TerraformDataSource} data sources, ${written.files} files, ${written.bytes} bytes`,
);
