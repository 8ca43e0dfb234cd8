import { pairOf, resolved, valueOf, type MapNode, type Node, type Pair, type Tree } from '../../../syntax/tree.ts';
import { callOf, everyNode, mergedPair, plainText } from '../call.ts';
import { hasIncludes, LANGUAGE_EXTENSIONS, SAM, transformsOf } from '../macros.ts';
import { PSEUDO_PARAMETERS } from '../parameters.ts';
import { mayBePart } from './sections.ts';

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
 */
const PSEUDO: ReadonlySet<string> = new Set([...PSEUDO_PARAMETERS, 'AWS::NoValue']);

/** What a template defines, by name. */
export class Names {
  readonly parameters: ReadonlyMap<string, Pair>;
  readonly resources: ReadonlyMap<string, Pair>;
  /** Undefined when not all of them are seen. */
  readonly mappings: ReadonlyMap<string, Pair> | undefined;
  /** Whether functions may be used where CloudFormation itself takes texts alone. */
  readonly extended: boolean;
  /** Whether it may be a part of a template. */
  readonly part: boolean;
  /** Whether some of the template is included from elsewhere. */
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
    this.#makers = makers(this.resources, transforms.includes(SAM));
  }

  isParameter(name: string): boolean {
    return this.parameters.has(name) || PSEUDO.has(name);
  }

  /** Whether it is certain that nothing has a name. */
  isNothing(name: string): boolean {
    return this.#seen && !this.isParameter(name) && this.isNoResource(name);
  }

  /** Whether it is certain that no resource has a name. */
  isNoResource(name: string): boolean {
    return this.#seen && !this.resources.has(name) && isWritten(name) && !this.#mayBeMade(name);
  }

  /** Whether a resource is one of which others are made. */
  isMaker(name: string): boolean {
    return this.#makers.has(name);
  }

  /** The values of a map by key. */
  keysOf(map: MapNode): ReadonlyMap<string, Node> {
    return held(this.#keys, map, () => new Map(map.pairs.map((pair) => [pair.name, pair.value])));
  }

  /** The keys of all maps in a map; undefined if some of them are not seen. */
  keysBelow(map: MapNode): ReadonlySet<string> | undefined {
    return held(this.#keysBelow, map, () => {
      const maps = map.pairs.map((pair) => resolved(pair.value));
      return maps.length > 0 && maps.every(isTable)
        ? new Set(maps.flatMap((each) => each.pairs.map(({ name }) => name)))
        : undefined;
    });
  }

  /** Whether a name begins with that of a resource that makes others, which have its name and more. */
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

/** What the transform of SAM makes once for all resources of a template, or for all APIs with one domain. */
const MADE_BY_SAM: readonly string[] = [
  'Serverless',
  'CodeDeployServiceRole',
  'ApiGatewayDomainName',
  'RecordSetGroup',
];

/**
 * Where an event says the name of the queue that SAM makes for it, or of the policy of a queue.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-scheduledeadletterconfig.html
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-sqssubscriptionobject.html
 */
const SAYS_A_NAME: ReadonlySet<string> = new Set(['QueueLogicalId', 'QueuePolicyLogicalId']);

/**
 * The beginnings of names that are made and not written: by the transform of SAM, of its resources and of those with connectors,
 * and what it makes for several of them; by modules, `Module.Resource` and `ModuleResource`. An empty one when all names may be made.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/module-ref-resources.html
 */
function makers(resources: ReadonlyMap<string, Pair>, transformed: boolean): ReadonlySet<string> {
  const types = new Map(
    [...resources].map(([name, { value }]) => [name, plainText(mergedPair(value, 'Type')?.pair.value)]),
  );
  // What has no Transform, but resources of SAM, is on its way to the transform too.
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
      for (const said of namesSaidIn(resources.get(name)!.value)) found.add(said);
  }
  return found;
}

/** The names that a resource declares for the resources generated from it; empty if it declares none. */
function namesSaidIn(body: Node): readonly string[] {
  return [...everyNode(body)].flatMap((node) =>
    node.kind === 'map'
      ? node.pairs.flatMap(({ name, value }) => (SAYS_A_NAME.has(name) ? [plainText(value) ?? ''] : []))
      : [],
  );
}

/** Whether a name is one that a template can have, and not what a tool that goes first replaces. */
export function isWritten(name: string): boolean {
  return /^[A-Za-z0-9][\w.:-]*$/.test(name);
}

/** Whether a node is a map whose keys are all there. */
export function isTable(node: Node | undefined): node is MapNode {
  return (
    node?.kind === 'map' && !callOf(node) && !node.pairs.some(({ name }) => name === '<<' || name.startsWith('Fn::'))
  );
}

/** What is evaluated once for each key. */
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

/** Whether a section, if it is there, has all its members as its own pairs. */
function isPlain(section: Node | undefined): boolean {
  return (
    section === undefined ||
    (section.kind === 'map' &&
      !section.tag &&
      section.pairs.every(({ name }) => name !== '<<' && !name.startsWith('Fn::')))
  );
}

/** A member of a resource as a plain text. */
export function memberText(body: Node | undefined, name: string): string | undefined {
  return plainText(valueOf(body, name));
}
