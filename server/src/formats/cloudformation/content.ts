/** The content of a template by its resources, with which a later version of the template is compared. */
import { flatMap } from '../../base/flat-map.ts';
import { addTo } from '../../base/groups.ts';
import { ownText } from '../../base/own-text.ts';
import { endsStep } from '../../base/steps.ts';
import {
  sameObjects,
  type Content,
  type ResourceContent,
  type StackContent,
  type StackSection,
  type TextPlace,
} from '../../model/content.ts';
import { stableNameOf, type Resource } from '../../model/resource.ts';
import type { ComparedLiterals } from './compared-literals.ts';
import { comparedWithin } from './compared-within.ts';
import { PartReader, reachedFrom, type SectionNames, type ContentPart, type Parts } from './content-parts.ts';
import { contentSections, type ContentSections } from './content-sections.ts';
import type { Tree } from '../../syntax/tree.ts';
import { NO_INPUTS, type TemplateInputs } from './inputs.ts';
import { hasIncludes, hasLoops } from './macros.ts';
import type { TemplateReading } from './reading.ts';
import type { Dependencies } from './transformation.ts';

/** A content with its inputs, so that it is not computed again while these are the same. */
interface Made {
  readonly content: ResourceContent & { text: string };
  readonly from: readonly ContentPart[];
  readonly besides: string;
}

/** What is known of a version of a template. */
interface Version {
  readonly parts: Parts;
  readonly names: SectionNames;
  readonly made: ReadonlyMap<string, Made>;
}

class TemplateContent implements StackContent {
  readonly shared: string;
  readonly resources: ReadonlyMap<string, ResourceContent>;
  readonly sections: ReadonlyMap<StackSection, Content>;
  readonly texts: readonly TextPlace[];
  readonly version: Version;

  constructor(content: Pick<TemplateContent, 'shared' | 'resources' | 'sections' | 'texts' | 'version'>) {
    this.shared = content.shared;
    this.resources = content.resources;
    this.sections = content.sections;
    this.texts = content.texts;
    this.version = content.version;
  }
}

/**
 * The content of a template. A value depends on the text of its resource, on how that is parsed, on which of the names
 * in it are resources, and on the parameters, conditions and mappings that it names, directly or through others.
 * Undefined if it can depend on the text of other resources in a way that is not known: with nested stacks, loops,
 * includes, aliases or repeated names. Made in steps.
 * @param before The content of an earlier version, which saves work.
 */
export function* templateContent(
  reading: TemplateReading,
  before?: StackContent,
): Generator<void, StackContent | undefined, undefined> {
  const { source, resources, dependencies } = reading;
  const { tree, nested, transformation } = source;
  if (nested?.size || hasLoops(tree) || hasIncludes(tree)) return undefined;
  const sections = contentSections(tree);
  if (!sections) return undefined;
  const known = before instanceof TemplateContent ? before.version : undefined;
  const reader = new PartReader(tree, known?.parts);
  const compared = comparedWithin(source);
  const names = yield* collectingNames(reading, sections, reader, compared);
  const written = new Map<string, ContentPart>();
  let count = 0;
  for (const [name, pair] of sections.resources) {
    if (endsStep(count++)) yield;
    written.set(name, reader.read(`Resources ${name}`, pair, transformation?.dependenciesOf(name).facts));
  }
  const earlier = known && sameNames(known.names, names) ? known.made : undefined;
  const made = new Map<string, Made>();
  const make = (name: string, own: ContentPart | undefined, used: readonly Dependencies[]): void => {
    const from = new Set(own ? [own] : []);
    for (const { resources: ids, entries } of used) {
      for (const part of ids.map((id) => written.get(id))) if (part) from.add(part);
      for (const entry of entries) from.add(reader.read(`Globals ${entry.name}`, entry));
    }
    const besides = JSON.stringify(used.map(({ facts, conditions }) => [facts, conditions]));
    const conditions = flatMap(used, (one) => one.conditions);
    const one = madeFrom({ own, from: [...from], besides, conditions }, names, earlier?.get(name));
    made.set(name, one);
    // Neither of them may keep the text of an earlier version.
    one.content.text = own?.text ?? '';
    const old = known?.made.get(name);
    if (old && old !== one) old.content.text = ownText(old.content.text);
  };
  for (const [name] of sections.resources) {
    if (endsStep(count++)) yield;
    make(name, written.get(name), usedBy(transformation?.dependenciesOf(name), reading));
  }
  for (const resource of resources) {
    if (endsStep(count++)) yield;
    const name = stableNameOf(resource);
    const uses = dependencies.get(resource);
    const source = made.get(resource.address);
    if (uses) make(name, undefined, usedBy(uses, reading));
    // A resource of a merged map is not an entry of the section.
    else if (!source) return undefined;
    else made.set(name, source);
  }
  const outputs = sections.outputs ? [reader.read('Outputs', sections.outputs)] : [];
  const others = sections.others.map((pair) => reader.read(pair.name, pair));
  if (reader.isUnclear || resources.some(isRepeated)) return undefined;
  return new TemplateContent({
    shared: sharedIn(reading, sections, { others, names, compared }),
    resources: new Map([...made].map(([name, { content }]) => [name, content])),
    texts: reader.places(),
    sections: new Map<StackSection, Content>([
      ['parameters', { text: '', meaning: '', on: names.parameters }],
      ['outputs', contentFrom(undefined, outputs, [], names)],
    ]),
    version: { parts: reader.parts, names, made },
  });
}

/** The names in a template. A parameter depends on what it is compared with anywhere in the template. */
function* collectingNames(
  { source, template }: TemplateReading,
  { resources, entries }: ContentSections,
  reader: PartReader,
  compared: ComparedLiterals,
): Generator<void, SectionNames, undefined> {
  const byName = new Map<string, ContentPart[]>();
  const of = { Parameters: [] as ContentPart[], Conditions: [] as ContentPart[], Mappings: [] as ContentPart[] };
  const always: ContentPart[] = [];
  const counts = new Map<string, number>();
  for (const [index, { section, pair }] of entries.entries()) {
    if (endsStep(index)) yield;
    const { name } = pair;
    const key = `${section} ${name}`;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    const besides = section === 'Parameters' ? textsOf(compared, name) : '';
    const part = reader.read(count === 0 ? key : `${key} ${count}`, pair, besides);
    of[section].push(part);
    addTo(byName, name, part);
    if (!isWord(name)) always.push(part);
  }
  const generated = source.transformation ? yield* source.transformation.naming() : [];
  yield;
  const named = new Map([...generated, ...[...resources.keys()].map((name) => [name, ''] as const)]);
  const words = [...named].filter(([name]) => isWord(name));
  return {
    entries: byName,
    always,
    parameters: of.Parameters,
    mappings: of.Mappings,
    all: [...of.Parameters, ...of.Conditions, ...of.Mappings],
    resources: new Map(words),
    odd: flatMap([...named], ([name, address]) =>
      isWord(name) ? [] : { name, address, words: /^\w+(?:\.\w+)+$/.test(name) ? name.split('.') : [] },
    ),
    key: JSON.stringify([...named, ...template.modules]),
  };
}

function isWord(name: string): boolean {
  return /^\w+$/.test(name);
}

function textsOf(compared: ComparedLiterals, name: string): string {
  return JSON.stringify(compared.get(name)?.map(({ text }) => text) ?? []);
}

function sameNames(one: SectionNames, other: SectionNames): boolean {
  return one.key === other.key && sameObjects(one.all, other.all);
}

/** The direct and indirect dependencies of a resource. */
function usedBy(
  uses: Dependencies | undefined,
  { source: { transformation } }: TemplateReading,
): readonly Dependencies[] {
  if (!uses) return [];
  const seen = new Set(uses.resources);
  const all = [uses];
  for (const id of seen) {
    const more = transformation!.dependenciesOf(id);
    all.push(more);
    for (const other of more.resources) seen.add(other);
  }
  return all;
}

interface Making extends Pick<Made, 'from' | 'besides'> {
  readonly own: ContentPart | undefined;
  readonly conditions: readonly string[];
}

/** @param old What was made before, if the names in the template are the same. */
function madeFrom({ own, from, besides, conditions }: Making, names: SectionNames, old: Made | undefined): Made {
  if (old && old.besides === besides && sameObjects(old.from, from)) return old;
  const content = contentFrom(own, from, conditions, names);
  return { content: { ...content, meaning: `${besides} ${content.meaning}`, words: own?.words }, from, besides };
}

function contentFrom(
  own: ContentPart | undefined,
  from: readonly ContentPart[],
  conditions: readonly string[],
  names: SectionNames,
): Content {
  const { parts, resources } = reachedFrom(from, conditions, names);
  return {
    text: own?.text ?? '',
    meaning: `${own?.meaning ?? ''} ${resources.join()}`,
    on: parts.filter((part) => part !== own),
  };
}

/** What all resources depend on. A chosen scenario can depend on all conditions and parameters. */
function sharedIn(
  { source, template, closed, within, isMadeByCdk }: TemplateReading,
  { globals, entries }: ContentSections,
  {
    others,
    names,
    compared,
  }: { readonly others: readonly ContentPart[]; readonly names: SectionNames; readonly compared: ComparedLiterals },
): string {
  const { tree, transformation, inputs = NO_INPUTS, generated } = source;
  const { parts, resources } = reachedFrom(inputs.scenario ? [...others, ...names.all] : others, [], names);
  const parameters = new Set(flatMap(entries, ({ section, pair }) => (section === 'Parameters' ? pair.name : [])));
  return JSON.stringify([
    tree.doc,
    tree.language,
    directivesOf(tree),
    [generated, closed, isMadeByCdk, transformation !== undefined, globals !== undefined],
    [...template.modules],
    [within.yes.key(), within.no.key()],
    keyOfInputs(inputs),
    [...compared.keys()].filter((name) => !parameters.has(name)).map((name) => [name, textsOf(compared, name)]),
    parts.map(({ text, meaning }) => [text, meaning]),
    resources,
  ]);
}

/** The text before the template, unless it consists of comments. */
function directivesOf({ text, roots: [root] }: Tree): string {
  const head = text.slice(0, root!.start);
  return /^\uFEFF?(?:[ \t]*(?:#.*)?\r?\n)*$/.test(head) ? '' : head;
}

function keyOfInputs({ deployments, scenario }: TemplateInputs): unknown {
  return [
    deployments.map(({ name, parameters, open = [] }) => [
      name,
      [...parameters].map(([parameter, { text }]) => [parameter, text]),
      [...open],
    ]),
    scenario && [[...scenario.conditions], [...scenario.parameters]],
  ];
}

/** Whether a written resource has the logical ID of an earlier one. */
function isRepeated({ uniqueName, family, address }: Resource): boolean {
  return uniqueName !== undefined && family === address;
}
