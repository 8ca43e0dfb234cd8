import type { Uri } from '../base/span.ts';
import { configuredPolicy } from '../config/policy-kinds.ts';
import { scenarioWithin } from '../formats/cloudformation/scenario.ts';
import { templateStack } from '../formats/cloudformation/stack.ts';
import { nameOf, type Detection } from '../formats/detect.ts';
import { policyStack } from '../formats/iam/stack.ts';
import type { SamConnectors } from '../formats/sam/connectors.ts';
import type { SamMapping, SamPolicies } from '../formats/sam/mapping.ts';
import { servicesNamedIn } from '../formats/sam/named-services.ts';
import { samTransformation, type SamData } from '../formats/sam/transform.ts';
import { labelledBlocks } from '../formats/terraform/bodies.ts';
import { Configuration } from '../formats/terraform/configuration.ts';
import { asMapping, asMappingIndex, type Mapping } from '../formats/terraform/mapping.ts';
import { isOverride } from '../formats/terraform/overrides.ts';
import { terraformStack } from '../formats/terraform/stack.ts';
import { planResources, planTypes } from '../formats/terraform-plan/plan.ts';
import { carriersByType, type PolicyLocations } from '../formats/policy-locations.ts';
import type { Problem } from '../model/finding.ts';
import type { Stack } from '../model/resource.ts';
import type { Tree } from '../syntax/tree.ts';
import type { Incomplete, ReadingOptions, SeenInputs } from './analysis.ts';
import type { Documents } from './documents.ts';
import { loadNested, type ReadTemplate } from './nested-templates.ts';
import { loadInputs } from './template-inputs.ts';

/** A stack of which everything has been read. It is built when its rules are to run. */
export interface LoadedStack {
  /** The documents that it is made of. */
  readonly documents: readonly Uri[];
  /** Documents and folders whose content the findings may depend on. */
  readonly dependencies: readonly Uri[];
  /** What belongs to it and was not read. */
  readonly incomplete: readonly Incomplete[];
  /** Whether it is a template, with those within it after it. */
  readonly isTemplate?: true;
  /** What was seen from outside of a template and of those within it. */
  readonly inputs?: ReadonlyMap<Uri, SeenInputs>;
  /** The prefixes of the services whose actions it may allow without naming them. */
  services?(): ReadonlySet<string>;
  build(): BuiltStack;
}

export interface BuiltStack {
  readonly stack: Stack;
  readonly problems: readonly Problem[];
  /** How many nodes and expressions were worked out to values so far. */
  evaluations(): number;
  /** Whether something was not worked out so far because it is too much. */
  exhausted(): boolean;
}

/** The stacks that the named documents belong to; undefined while something has yet to be read, which is then wanted. */
export function loadStacks(documents: Documents, detections: ReadonlyMap<Uri, Detection>, options: ReadingOptions): readonly LoadedStack[] | undefined {
  const stacks: LoadedStack[] = [];
  const folders = new Set<Uri>();
  let lacking = false;
  for (const [doc, detection] of detections) {
    switch (detection.format) {
      case 'cloudformation': case 'sam': {
        const loaded = loadTemplate(documents, doc, detection, options);
        if (loaded === undefined) lacking = true;
        else if (loaded) stacks.push(loaded);
        break;
      }
      case 'terraform-json': {
        const folder = folderOf(doc);
        if (folders.has(folder)) break;
        folders.add(folder);
        const loaded = loadDirectory(documents, folder, [...detections].flatMap(([other, { format }]) => format === 'terraform-json' && folderOf(other) === folder ? [other] : []));
        if (loaded) stacks.push(loaded);
        else lacking = true;
        break;
      }
      case 'terraform-plan': {
        const loaded = loadPlan(documents, doc);
        if (loaded === undefined) lacking = true;
        else if (loaded) stacks.push(loaded);
        break;
      }
      case 'iam-policy': {
        const loaded = loadPolicy(documents, doc, detection, options);
        if (loaded === undefined) lacking = true;
        else if (loaded) stacks.push(loaded);
        break;
      }
      default: break;
    }
  }
  return lacking ? undefined : withoutNested(stacks).filter((stack) => stack.documents.some((doc) => documents.snapshot.named.includes(doc)));
}

/**
 * A template that lies within another one which is looked at too is judged there, with what it is given there. Where templates include
 * each other in a circle none of them is within the others.
 */
function withoutNested(stacks: readonly LoadedStack[]): readonly LoadedStack[] {
  const templates = new Map(stacks.filter(({ isTemplate }) => isTemplate).map((stack) => [stack.documents[0]!, stack]));
  const within = new Map<Uri, LoadedStack[]>();
  for (const stack of templates.values()) for (const doc of stack.documents.slice(1)) {
    const around = within.get(doc);
    if (around) around.push(stack);
    else within.set(doc, [stack]);
  }
  return stacks.filter((stack) => !stack.isTemplate || !(within.get(stack.documents[0]!) ?? []).some((around) => !stack.documents.includes(around.documents[0]!)));
}

/** Null when the document cannot be read. */
function loadTemplate(documents: Documents, doc: Uri, detection: Detection, options: ReadingOptions): LoadedStack | null | undefined {
  const read = readTemplate(documents, doc, detection);
  if (!read) return read;
  const within = new Map<Uri, SeenInputs>();
  const nested = loadNested(documents, read.tree, (other, found) => {
    const one = readTemplate(documents, other, found);
    if (!one) return one;
    const scenario = scenarioWithin(one.tree, options.scenario ?? []);
    within.set(other, { deployments: [], scenario: scenario?.shown ?? [] });
    return !scenario ? one : { ...one, source: (inner) => ({ ...one.source(inner), inputs: { deployments: [], scenario: scenario.chosen } }) };
  });
  const given = loadInputs(documents, read.tree, options);
  if (!nested || !given) return undefined;
  return {
    documents: [doc, ...nested.documents], dependencies: [doc, ...nested.dependencies, ...given.dependencies], incomplete: [...nested.incomplete, ...given.incomplete],
    isTemplate: true, inputs: new Map([...within, [doc, given.seen]]),
    services: () => new Set([...read.services(), ...nested.services()]),
    build: () => {
      const template = templateStack({ ...read.source(nested.sources()), inputs: given.inputs });
      return { ...template, problems: [...template.problems, ...nested.problems, ...given.problems] };
    },
  };
}

/** Null when the document cannot be read. */
function readTemplate(documents: Documents, doc: Uri, { format, language }: Detection): ReadTemplate | null | undefined {
  const read = documents.snapshot.file(doc);
  const tree = documents.tree(doc, language);
  const locations = documents.data<PolicyLocations>('iam/locations');
  const transformation = transformationFor(documents, format);
  if (!read || locations === undefined || !transformation) return undefined;
  if (!tree) return null;
  const sam = transformation.data;
  return {
    tree,
    services: () => sam ? servicesNamedIn(tree.text, sam) : new Set(),
    source: (nested) => ({ tree, format, carriers: carriersByType(locations), generated: isGenerated(doc), nested, ...sam ? { transformation: samTransformation(tree, sam) } : {} }),
  };
}

/** What the transform of a format goes by; undefined while its data has yet to be loaded. */
function transformationFor(documents: Documents, format: Detection['format']): { readonly data?: SamData } | undefined {
  if (format !== 'sam') return {};
  const mapping = documents.data<SamMapping>('sam/resources');
  const policies = documents.data<SamPolicies>('sam/policies');
  const connectors = documents.data<SamConnectors>('sam/connectors');
  if (mapping === undefined || policies === undefined || connectors === undefined) return undefined;
  return mapping && policies && connectors ? { data: { mapping, policies, connectors } } : {};
}

/** Null when the document cannot be read. */
function loadPolicy(documents: Documents, doc: Uri, { language }: Detection, { configuration }: ReadingOptions): LoadedStack | null | undefined {
  const read = documents.snapshot.file(doc);
  const tree = documents.tree(doc, language);
  const locations = documents.data<PolicyLocations>('iam/locations');
  if (!read || locations === undefined) return undefined;
  if (!tree) return null;
  return {
    documents: [doc], dependencies: [doc], incomplete: [],
    build: () => {
      const services = new Set((locations?.locations ?? []).flatMap(({ kind, service }) => kind === 'resource' && service !== undefined ? [service] : []));
      const stack = policyStack(tree, { attachment: configuredPolicy(configuration, doc), services, generated: isGenerated(doc) });
      return { stack, problems: [], evaluations: () => 0, exhausted: () => false };
    },
  };
}

/** The files that cannot be read, with the reason. */
export function refusals(documents: Documents, files: readonly Uri[]): readonly Incomplete[] {
  return files.flatMap((doc) => {
    const answer = documents.snapshot.file(doc);
    return answer?.kind === 'refused' ? [{ doc, reason: answer.reason }] : [];
  });
}

/**
 * All files of a directory that Terraform reads together.
 * https://developer.hashicorp.com/terraform/language/files
 */
function loadDirectory(documents: Documents, folder: Uri, named: readonly Uri[]): LoadedStack | undefined {
  const listed = documents.folder(folder);
  const index = documents.data('mappings/index');
  const locations = documents.data<PolicyLocations>('iam/locations');
  if (!listed || index === undefined || locations === undefined) return undefined;
  const { configuration, values, hcl } = filesOf([...new Set([...listed === 'none' ? [] : listed, ...named])].sort());
  const trees = [...configuration, ...values].map((doc) => ({ doc, answer: documents.snapshot.file(doc), tree: documents.tree(doc, 'json') }));
  if (trees.some(({ answer }) => !answer)) return undefined;
  const read = (docs: readonly Uri[]): Tree[] => trees.flatMap(({ doc, tree }) => tree && docs.includes(doc) ? [tree] : []);
  const open = listed === 'none' || hcl.length > 0 || trees.some(({ tree }) => !tree);
  const types = read(configuration).flatMap((tree) => labelledBlocks(tree.roots[0], 'resource').map(({ type }) => type));
  const mappings = mappingsFor(documents, index, types);
  if (!mappings) return undefined;
  return {
    documents: configuration, dependencies: [folder, ...configuration, ...values],
    incomplete: [
      ...listed === 'none' ? [{ doc: folder, reason: 'cannot be listed, so what else belongs to the configuration is not read' }] : [],
      ...hcl.length > 0 ? [{ doc: folder, reason: `has Terraform HCL, which is not read: ${someOf(hcl)}` }] : [],
      ...refusals(documents, [...configuration, ...values]),
    ],
    build: () => {
      const directory = new Configuration({ folder, configuration: read(configuration), values: read(values), open });
      const stack = terraformStack(directory.native(), { format: 'terraform-json', documents: configuration, mappings, carriers: carriersByType(locations) });
      return { stack, problems: directory.problems, evaluations: () => directory.evaluations, exhausted: () => false };
    },
  };
}

/** Null when the document cannot be read. */
function loadPlan(documents: Documents, doc: Uri): LoadedStack | null | undefined {
  const read = documents.snapshot.file(doc);
  const tree = documents.tree(doc, 'json');
  const index = documents.data('mappings/index');
  const locations = documents.data<PolicyLocations>('iam/locations');
  if (!read || index === undefined || locations === undefined) return undefined;
  if (!tree) return null;
  const known = asMappingIndex(index);
  const types = [...planTypes(tree)].filter((type) => known?.types[type]);
  const mappings = mappingsFor(documents, index, types);
  const schemas = new Map(types.map((type) => [type, documents.data<TerraformSchema>(`terraform/${type.split('_')[1]}`)]));
  if (!mappings || [...schemas.values()].includes(undefined)) return undefined;
  const blocks = new Map(types.map((type) => [type, blocksIn(schemas.get(type), type)]));
  return {
    documents: [doc], dependencies: [doc], incomplete: [],
    build: () => {
      const native = planResources(tree, (type) => blocks.get(type) ?? new Set());
      const stack = terraformStack(native, { format: 'terraform-plan', documents: [doc], mappings, carriers: carriersByType(locations) });
      return { stack, problems: [], evaluations: () => native.resources.length, exhausted: () => false };
    },
  };
}

/** The part of `schemas/terraform/` that is read here: a block is an object, an attribute its type as text. */
interface TerraformSchema {
  readonly resources?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function blocksIn(schema: TerraformSchema | null | undefined, type: string): ReadonlySet<string> {
  return new Set(Object.entries(schema?.resources?.[type] ?? {}).filter(([, form]) => typeof form === 'object').map(([name]) => name));
}

/** The mapping files that a set of native types needs; undefined while one has yet to be loaded. */
function mappingsFor(documents: Documents, index: unknown, types: readonly string[]): readonly Mapping[] | undefined {
  const known = asMappingIndex(index);
  const services = new Set([...new Set(types)].flatMap((type) => known?.types[type] ?? []));
  const loaded = [...services].sort().map((service) => documents.data(`mappings/${service}`));
  return loaded.includes(undefined) ? undefined : loaded.flatMap((data) => asMapping(data) ?? []);
}

function filesOf(files: readonly Uri[]): { readonly configuration: readonly Uri[]; readonly values: readonly Uri[]; readonly hcl: readonly string[] } {
  const named = files.map((uri) => ({ uri, name: nameOf(uri) })).filter(({ name }) => !/^[.#]|[~#]$/.test(name));
  const tofu = new Set(named.filter(({ name }) => name.endsWith('.tofu.json')).map(({ name }) => name.replace(/\.tofu\.json$/, '')));
  const docs = named.filter(({ name }) => name.endsWith('.tofu.json') || (name.endsWith('.tf.json') && !tofu.has(name.replace(/\.tf\.json$/, '')))).map(({ uri }) => uri);
  return {
    configuration: [...docs.filter((doc) => !isOverride(doc)), ...docs.filter(isOverride)],
    values: [...named.filter(({ name }) => name === 'terraform.tfvars.json'), ...named.filter(({ name }) => name.endsWith('.auto.tfvars.json'))].map(({ uri }) => uri),
    hcl: named.map(({ name }) => name).filter((name) => /\.(tf|tofu)$/.test(name)),
  };
}

/** A few names, for people. */
function someOf(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function folderOf(doc: Uri): Uri {
  return doc.slice(0, doc.lastIndexOf('/'));
}

/** Whether a document lies in a folder into which tools write. */
export function isGenerated(doc: Uri): boolean {
  return /\/(cdk\.out|cdktf\.out|\.aws-sam|\.terragrunt-cache)\//.test(doc);
}
