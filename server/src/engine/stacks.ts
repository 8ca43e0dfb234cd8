import { withinSteps } from '../base/budget.ts';
import { addTo } from '../base/groups.ts';
import { isolated } from '../base/isolation.ts';
import type { Span, Uri } from '../base/span.ts';
import { ownEntry } from '../base/table.ts';
import { folderOf } from '../base/uri.ts';
import { configuredPolicy } from '../config/policy-kinds.ts';
import { scenarioWithin } from '../formats/cloudformation/scenario.ts';
import { templateStack } from '../formats/cloudformation/stack.ts';
import { isStateBackup, type Detection } from '../formats/detect.ts';
import { isGenerated } from '../formats/generated.ts';
import { policyStack } from '../formats/iam/stack.ts';
import type { SamConnectors } from '../formats/sam/connectors.ts';
import type { SamMapping, SamPolicies } from '../formats/sam/mapping.ts';
import { servicesNamedIn } from '../formats/sam/named-services.ts';
import { samTransformation, type SamData } from '../formats/sam/transform.ts';
import { asMappingIndex } from '../formats/terraform/mapping.ts';
import { terraformStack } from '../formats/terraform/stack.ts';
import { planTypes } from '../formats/terraform-plan/items.ts';
import { planResources } from '../formats/terraform-plan/plan.ts';
import { shapeOf, UNKNOWN_SHAPE, type TerraformSchema } from '../formats/terraform-plan/shape.ts';
import { unreadReason } from '../formats/terraform-state/recorded.ts';
import { stateResources, stateTypes } from '../formats/terraform-state/state.ts';
import { carriersByType, type PolicyLocations } from '../formats/policy-locations.ts';
import type { Problem } from '../model/finding.ts';
import type { Stack } from '../model/resource.ts';
import type { Incomplete, ReadingOptions, SeenInputs } from './analysis.ts';
import type { Documents } from './documents.ts';
import { loadNested, type ReadTemplate } from './nested-templates.ts';
import { loadInputs } from './template-inputs.ts';
import { loadPlanSources } from './plan-sources.ts';
import { loadDirectory } from './terraform-directory.ts';
import { mappingsFor, onceForEach } from './terraform-mappings.ts';

const typesOfPlan = onceForEach(planTypes);
const typesOfState = onceForEach(stateTypes);

/** The maximum number of steps to build a stack from its trees. */
const STEPS_OF_BUILD = 20_000_000;

/** A stack whose files are read. It is built when its rules run. */
export interface LoadedStack {
  /** The documents of the stack. */
  readonly documents: readonly Uri[];
  /** Documents and folders that the findings may depend on. */
  readonly dependencies: readonly Uri[];
  /** Parts of the stack that were not read. */
  readonly incomplete: readonly Incomplete[];
  /** For a template, a directory or a policy: a unit that others can contain. */
  readonly unit?: Unit;
  /** The external inputs of a template and its nested templates. */
  readonly inputs?: ReadonlyMap<Uri, SeenInputs>;
  /** The prefixes of the services whose actions it may allow without naming them. */
  services?(): ReadonlySet<string>;
  build(): BuiltStack;
}

/** A template with its nested templates, or a Terraform directory with its modules and the files that it reads. */
export interface Unit {
  /** The template, or the folder. */
  readonly id: Uri;
  readonly documents: readonly Uri[];
  /** The ids of the units that it contains. */
  readonly within: readonly Uri[];
  /** The files that its expressions read, which can also be checked as documents. */
  readonly files?: readonly Uri[];
}

export interface BuiltStack {
  readonly stack: Stack;
  readonly problems: readonly Problem[];
  /** The number of evaluated nodes and expressions. */
  evaluations(): number;
  /** Whether the evaluation exceeded a limit. */
  exhausted(): boolean;
}

/** The stacks of the named documents; undefined until all files are read. */
export function loadStacks(
  documents: Documents,
  detections: ReadonlyMap<Uri, Detection>,
  options: ReadingOptions,
): readonly LoadedStack[] | undefined {
  const stacks: LoadedStack[] = [];
  const folders = new Set<Uri>();
  let lacking = false;
  for (const [doc, detection] of detections) {
    const folder = detection.format === 'terraform-json' ? folderOf(doc) : undefined;
    if (folder !== undefined && folders.has(folder)) continue;
    if (folder !== undefined) folders.add(folder);
    // A document that cannot be evaluated affects only its own stack.
    const loaded = isolated(
      () => startOf(doc),
      () => loadStack(documents, doc, detection, detections, options),
      () => null,
    );
    if (loaded === undefined) lacking = true;
    else if (loaded)
      stacks.push({
        ...loaded,
        build: () =>
          isolated(
            () => startOf(doc),
            () =>
              withinSteps(
                STEPS_OF_BUILD,
                () => loaded.build(),
                () => ({ ...unbuilt(loaded, detection.format), exhausted: () => true }),
              ),
            () => unbuilt(loaded, detection.format),
          ),
      });
  }
  return lacking
    ? undefined
    : withoutNested(stacks).filter((stack) => stack.documents.some((doc) => documents.snapshot.named.includes(doc)));
}

/** Null if there is nothing to check, undefined until all files are read. */
function loadStack(
  documents: Documents,
  doc: Uri,
  detection: Detection,
  detections: ReadonlyMap<Uri, Detection>,
  options: ReadingOptions,
): LoadedStack | null | undefined {
  switch (detection.format) {
    case 'cloudformation':
    case 'sam':
      return loadTemplate(documents, doc, detection, options);
    case 'terraform-json': {
      const folder = folderOf(doc);
      return loadDirectory(
        documents,
        folder,
        [...detections].flatMap(([other, { format }]) =>
          format === 'terraform-json' && folderOf(other) === folder ? [other] : [],
        ),
        options,
      );
    }
    case 'terraform-plan':
      return loadPlan(documents, doc);
    case 'terraform-state':
      return loadState(documents, doc);
    case 'iam-policy':
      return loadPolicy(documents, doc, detection, options);
    default:
      return null;
  }
}

/** The empty stack that replaces one that cannot be built. */
function unbuilt({ documents }: LoadedStack, format: Detection['format']): BuiltStack {
  const stack: Stack = {
    format,
    documents,
    resources: [],
    policies: [],
    parameters: [],
    closed: false,
    byAddress: () => undefined,
  };
  return { stack, problems: [], evaluations: () => 0, exhausted: () => false };
}

function startOf(doc: Uri): Span {
  return { doc, start: 0, end: 0 };
}

/**
 * Removes units that another checked unit contains: a nested template, a module, or a policy that a configuration
 * reads is checked where it is used. In a cycle no unit contains the others. Callers in the folder of a module, such
 * as examples and tests, are ignored.
 */
function withoutNested(stacks: readonly LoadedStack[]): readonly LoadedStack[] {
  const within = new Map<Uri, Unit[]>();
  for (const { unit } of stacks) for (const id of unit?.within ?? []) addTo(within, id, unit!);
  return stacks.filter(
    ({ unit }) =>
      !unit ||
      !(within.get(unit.id) ?? []).some(
        (around) => !unit.within.includes(around.id) && !around.id.startsWith(`${unit.id}/`),
      ),
  );
}

/** Null if the document cannot be read. */
function loadTemplate(
  documents: Documents,
  doc: Uri,
  detection: Detection,
  options: ReadingOptions,
): LoadedStack | null | undefined {
  const read = readTemplate(documents, doc, detection);
  if (!read) return read;
  const within = new Map<Uri, SeenInputs>();
  const nested = loadNested(documents, read.tree, (other, found) => {
    const one = readTemplate(documents, other, found);
    if (!one) return one;
    const scenario = scenarioWithin(one.tree, options.scenario ?? []);
    within.set(other, { deployments: [], scenario: scenario?.shown ?? [] });
    return !scenario
      ? one
      : {
          ...one,
          source: (inner) => ({ ...one.source(inner), inputs: { deployments: [], scenario: scenario.chosen } }),
        };
  });
  const given = loadInputs(documents, read.tree, options);
  if (!nested || !given) return undefined;
  return {
    documents: [doc, ...nested.documents],
    dependencies: [doc, ...nested.dependencies, ...given.dependencies],
    incomplete: [...nested.incomplete, ...given.incomplete],
    unit: { id: doc, documents: [doc], within: nested.documents },
    inputs: new Map([...within, [doc, given.seen]]),
    services: () => new Set([...read.services(), ...nested.services()]),
    build: () => {
      const template = templateStack({ ...read.source(nested.sources()), inputs: given.inputs });
      return { ...template, problems: [...template.problems, ...nested.problems, ...given.problems] };
    },
  };
}

/** Null if the document cannot be read. */
function readTemplate(
  documents: Documents,
  doc: Uri,
  { format, language }: Detection,
): ReadTemplate | null | undefined {
  const read = documents.snapshot.file(doc);
  const tree = documents.tree(doc, language);
  const locations = documents.data<PolicyLocations>('iam/locations');
  const transformation = transformationFor(documents, format);
  if (!read || locations === undefined || !transformation) return undefined;
  if (!tree) return null;
  const sam = transformation.data;
  return {
    tree,
    services: () => (sam ? servicesNamedIn(tree.text, sam) : new Set()),
    source: (nested) => ({
      tree,
      format,
      carriers: carriersByType(locations),
      generated: isGenerated(doc),
      nested,
      ...(sam ? { transformation: samTransformation(tree, sam) } : {}),
    }),
  };
}

/** The data of the transform of a format; undefined until it is loaded. */
function transformationFor(documents: Documents, format: Detection['format']): { readonly data?: SamData } | undefined {
  if (format !== 'sam') return {};
  const mapping = documents.data<SamMapping>('sam/resources');
  const policies = documents.data<SamPolicies>('sam/policies');
  const connectors = documents.data<SamConnectors>('sam/connectors');
  if (mapping === undefined || policies === undefined || connectors === undefined) return undefined;
  return mapping && policies && connectors ? { data: { mapping, policies, connectors } } : {};
}

/** Null if the document cannot be read. */
function loadPolicy(
  documents: Documents,
  doc: Uri,
  { language }: Detection,
  { configuration }: ReadingOptions,
): LoadedStack | null | undefined {
  const read = documents.snapshot.file(doc);
  const tree = documents.tree(doc, language);
  const locations = documents.data<PolicyLocations>('iam/locations');
  if (!read || locations === undefined) return undefined;
  if (!tree) return null;
  return {
    documents: [doc],
    dependencies: [doc],
    incomplete: [],
    unit: { id: doc, documents: [doc], within: [] },
    build: () => {
      const services = new Set(
        (locations?.locations ?? []).flatMap(({ kind, service }) =>
          kind === 'resource' && service !== undefined ? [service] : [],
        ),
      );
      const stack = policyStack(tree, {
        attachment: configuredPolicy(configuration, doc),
        services,
        generated: isGenerated(doc),
      });
      return { stack, problems: [], evaluations: () => 0, exhausted: () => false };
    },
  };
}

/** Null if the document cannot be read. */
function loadPlan(documents: Documents, doc: Uri): LoadedStack | null | undefined {
  const read = documents.snapshot.file(doc);
  const tree = documents.tree(doc, 'json');
  const index = documents.data('mappings/index');
  const locations = documents.data<PolicyLocations>('iam/locations');
  if (!read || index === undefined || locations === undefined) return undefined;
  if (!tree) return null;
  const known = asMappingIndex(index);
  const named = typesOfPlan(tree);
  const types = [...named.managed].filter((type) => ownEntry(known?.types, type));
  const mappings = mappingsFor(documents, index, types);
  // Data sources are evaluated only as far as their arguments determine them.
  const sources = [...named.data].filter((type) => type === 'aws_iam_policy_document');
  const schemas = new Map(
    [...types, ...sources].map((type) => [type, documents.data<TerraformSchema>(`terraform/${type.split('_')[1]}`)]),
  );
  // Resources that no rule reads need no configuration.
  const written = types.length > 0 ? loadPlanSources(documents, tree) : { dependencies: [], find: () => undefined };
  if (!mappings || !written || [...schemas.values()].includes(undefined)) return undefined;
  return {
    documents: [doc],
    dependencies: [doc, ...written.dependencies],
    incomplete: [],
    build: () => {
      const shapes = new Map(
        [...schemas].map(([type, schema]) => [
          type,
          shapeOf(schema, types.includes(type) ? 'resources' : 'data', type),
        ]),
      );
      const native = planResources(tree, (type) => shapes.get(type) ?? UNKNOWN_SHAPE, written.find);
      const stack = terraformStack(native, {
        format: 'terraform-plan',
        documents: [doc],
        mappings,
        carriers: carriersByType(locations),
      });
      return { stack, problems: [], evaluations: () => native.resources.length, exhausted: () => false };
    },
  };
}

/** Null if the document cannot be read, or is a backup. */
function loadState(documents: Documents, doc: Uri): LoadedStack | null | undefined {
  const read = documents.snapshot.file(doc);
  const tree = documents.tree(doc, 'json');
  const index = documents.data('mappings/index');
  const locations = documents.data<PolicyLocations>('iam/locations');
  if (!read || index === undefined || locations === undefined) return undefined;
  if (!tree || isStateBackup(doc)) return null;
  const mappings = mappingsFor(documents, index, typesOfState(tree));
  if (!mappings) return undefined;
  const unread = unreadReason(tree);
  return {
    documents: [doc],
    dependencies: [doc],
    incomplete: unread === undefined ? [] : [{ doc, reason: unread }],
    build: () => {
      const native = stateResources(tree);
      const stack = terraformStack(native, {
        format: 'terraform-state',
        documents: [doc],
        mappings,
        carriers: carriersByType(locations),
      });
      return { stack, problems: [], evaluations: () => native.resources.length, exhausted: () => false };
    },
  };
}
