import { flatMap } from '../../../base/flat-map.ts';
import { pairOf, resolved, valueOf, type MapNode, type Node, type Pair, type Tree } from '../../../syntax/tree.ts';
import { ESCAPE, holding, type MayHold } from '../../../syntax/tree-matches.ts';
import { callOf, mergedPair, nodesHolding, plainText } from '../call.ts';
import { hasIncludes, LANGUAGE_EXTENSIONS, SAM, transformsOf } from '../macros.ts';
import { PSEUDO_PARAMETERS } from '../parameters.ts';
import { mayBePart } from '../sections.ts';

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
 */
const PSEUDO: ReadonlySet<string> = new Set([...PSEUDO_PARAMETERS, 'AWS::NoValue']);

/** The names that a template defines. */
export class DefinedNames {
  readonly parameters: ReadonlyMap<string, Pair>;
  readonly resources: ReadonlyMap<string, Pair>;
  /** Undefined if they are not all known. */
  readonly mappings: ReadonlyMap<string, Pair> | undefined;
  /** Whether functions are allowed where CloudFormation itself requires strings. */
  readonly extended: boolean;
  /** Whether the file can be a part of a template. */
  readonly part: boolean;
  /** Whether parts of the template are included from elsewhere. */
  readonly includes: boolean;
  readonly #seen: boolean;
  readonly #makers: ReadonlySet<string>;
  readonly #keys = new Map<MapNode, ReadonlyMap<string, Node>>();
  readonly #keysBelow = new Map<MapNode, ReadonlySet<string> | undefined>();

  constructor(tree: Tree, template: MapNode) {
    const sections = ['Parameters', 'Resources', 'Mappings'].map((name) => pairOf(template, name)?.value);
    const [parameters, resources, mappings] = sections.map(pairsByName);
    this.parameters = parameters!;
    this.resources = resources!;
    this.part = mayBePart(template);
    this.includes = hasIncludes(tree);
    this.mappings = isPlain(sections[2]) && !this.includes && (sections[2] || !this.part) ? mappings : undefined;
    const transforms = transformsOf(template);
    this.extended = transforms.includes(LANGUAGE_EXTENSIONS);
    this.#seen =
      !this.part &&
      !this.includes &&
      sections[1]?.kind === 'map' &&
      sections.slice(0, 2).every(isPlain) &&
      transforms.every((name) => name === SAM || name === LANGUAGE_EXTENSIONS);
    this.#makers = makers(this.resources, transforms.includes(SAM), tree);
  }

  isParameter(name: string): boolean {
    return this.parameters.has(name) || PSEUDO.has(name);
  }

  /** Whether a name is certainly undefined. */
  isNothing(name: string): boolean {
    return this.#seen && !this.isParameter(name) && this.isNoResource(name);
  }

  /** Whether a resource name is certainly undefined. */
  isNoResource(name: string): boolean {
    return this.#seen && !this.resources.has(name) && isValidName(name) && !this.#mayBeMade(name);
  }

  /** Whether other resources are generated from a resource. */
  isMaker(name: string): boolean {
    return this.#makers.has(name);
  }

  /** The values of a map by key. */
  keysOf(map: MapNode): ReadonlyMap<string, Node> {
    return held(this.#keys, map, () => new Map(map.pairs.map((pair) => [pair.name, pair.value])));
  }

  /** The keys of all maps in a map; undefined if some are unknown. */
  keysBelow(map: MapNode): ReadonlySet<string> | undefined {
    return held(this.#keysBelow, map, () => {
      const maps = map.pairs.map((pair) => resolved(pair.value));
      return maps.length > 0 && maps.every(isTable)
        ? new Set(flatMap(maps, (each) => each.pairs.map(({ name }) => name)))
        : undefined;
    });
  }

  /** Whether a name starts with the name of a resource from which others with longer names are generated. */
  #mayBeMade(name: string): boolean {
    if (this.#makers.size === 0) return false;
    for (let length = Math.min(name.length, LONGEST_NAME); length >= 0; length--)
      if (this.#makers.has(name.slice(0, length))) return true;
    return false;
  }
}

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const LONGEST_NAME = 255;

/**
 * The resources that the SAM transform generates once for all resources of a template, or for all APIs with the same
 * domain.
 */
const MADE_BY_SAM: readonly string[] = [
  'Serverless',
  'CodeDeployServiceRole',
  'ApiGatewayDomainName',
  'RecordSetGroup',
];

/**
 * The properties in which an event sets the logical ID of the queue, or of the queue policy, that SAM generates for it.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-scheduledeadletterconfig.html
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-sqssubscriptionobject.html
 */
const NAME_PROPERTIES: ReadonlySet<string> = new Set(['QueueLogicalId', 'QueuePolicyLogicalId']);

/** What the text of such a property contains. */
const NAMING = new RegExp(String.raw`LogicalId|${ESCAPE}`, 'g');

/**
 * The prefixes of generated names: those of SAM resources, of resources with connectors, and of resources generated for
 * several others; and those of modules, `Module.Resource` and `ModuleResource`. Includes the empty prefix if every name
 * can be generated.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/module-ref-resources.html
 */
function makers(resources: ReadonlyMap<string, Pair>, transformed: boolean, tree: Tree): ReadonlySet<string> {
  const types = new Map(
    [...resources].map(([name, { value }]) => [name, plainText(mergedPair(value, 'Type')?.pair.value)]),
  );
  // A template with SAM resources but without a Transform is unfinished and will be transformed too.
  const sam = transformed || [...types.values()].some((type) => type?.startsWith('AWS::Serverless::'));
  const found = new Set<string>(sam ? MADE_BY_SAM : []);
  for (const [name, type] of types) {
    if (
      type?.endsWith('::MODULE') ||
      (sam &&
        (type === undefined ||
          type.startsWith('AWS::Serverless::') ||
          mergedPair(resources.get(name)!.value, 'Connectors')))
    )
      found.add(name);
    if (type?.startsWith('AWS::Serverless::'))
      for (const declared of declaredNames(resources.get(name)!.value, holding(tree, NAMING))) found.add(declared);
  }
  return found;
}

/** The names that a resource declares for the resources generated from it; empty if it declares none. */
function declaredNames(body: Node, mayName: MayHold): readonly string[] {
  return flatMap([...nodesHolding(body, mayName)], (node) =>
    node.kind === 'map'
      ? flatMap(node.pairs, ({ name, value }) => (NAME_PROPERTIES.has(name) ? [plainText(value) ?? ''] : []))
      : [],
  );
}

/** Whether a name is valid in a template, and not a placeholder of a preprocessor. */
export function isValidName(name: string): boolean {
  return /^[A-Za-z0-9][\w.:-]*$/.test(name);
}

/** Whether a node is a map with all its keys known. */
export function isTable(node: Node | undefined): node is MapNode {
  return (
    node?.kind === 'map' && !callOf(node) && !node.pairs.some(({ name }) => name === '<<' || name.startsWith('Fn::'))
  );
}

/** A function whose results are memoized by key. */
function held<Key, Value>(all: Map<Key, Value>, key: Key, make: () => Value): Value {
  if (all.has(key)) return all.get(key)!;
  const value = make();
  all.set(key, value);
  return value;
}

function pairsByName(section: Node | undefined): ReadonlyMap<string, Pair> {
  const map = resolved(section);
  return new Map(map?.kind === 'map' ? map.pairs.map((pair) => [pair.name, pair]) : []);
}

/** Whether all members of a section, if it exists, are its own pairs. */
function isPlain(section: Node | undefined): boolean {
  return (
    section === undefined ||
    (section.kind === 'map' &&
      !section.tag &&
      section.pairs.every(({ name }) => name !== '<<' && !name.startsWith('Fn::')))
  );
}

/** A member of a resource as a plain string. */
export function memberText(body: Node | undefined, name: string): string | undefined {
  return plainText(valueOf(body, name));
}
