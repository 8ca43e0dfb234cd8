/**
 * The mapping language of SAM: what the transform makes of a resource or an event, in CloudFormation's types and properties.
 * The data is in `schemas/sam/resources.json`.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * A path of properties of the SAM resource, `Auth.ResourcePolicy`. Where a step has a question mark, `EndpointConfiguration?.Type`, a
 * text in its place stands for the whole.
 */
export type NativePath = string;

/** A logical id with what it is made from: `{id}` of the resource, `{event}`, or a property, `{StageName}`. */
export type IdPattern = string;

/** Canonical property names and where each comes from. */
export type Bindings = Readonly<Record<string, Binding>>;

export type Binding = NativePath | ObjectBinding | { readonly first: readonly Binding[] } | ConstantBinding
  /** A reference to something else that the transform makes. */
  | { readonly made: IdPattern; readonly attribute?: string }
  /** A map as a list of pairs of Key and Value. */
  | { readonly pairs: NativePath }
  /** A list with one item. */
  | { readonly only: Binding }
  /** A list to which the transform adds what is not read. */
  | { readonly some: NativePath }
  /** Made in a way that is not read: always, or as soon as one of some properties is there. */
  | { readonly unread: true | readonly NativePath[] }
  /** The inline policies of a role, among the policies of a resource. */
  | { readonly documents: NativePath }
  | ManagedBinding;

/** An object. Without `where` it is there when one of its properties is. */
export interface ObjectBinding {
  readonly object: Bindings;
  /** There where this is there. */
  readonly where?: NativePath;
  /** Always there, but not where this has the value `is`. */
  readonly unless?: NativePath;
  readonly is?: string;
}

/** The managed policies of a role, among the policies of a resource, with those that it always has, or has for a property. */
export interface ManagedBinding {
  readonly managed: NativePath;
  readonly always?: readonly string[];
  readonly adds?: Readonly<Record<NativePath, string>>;
}

/** What the transform always writes, marked at the property that is the reason, or at the resource. */
export interface ConstantBinding {
  readonly constant: Json;
  readonly at?: NativePath;
  /** Not where this is there. */
  readonly unless?: NativePath;
}

/** One canonical resource that the transform makes. */
export interface Creation {
  readonly type: string;
  readonly id: IdPattern;
  /** The property below which all paths are; without it nothing is made. */
  readonly in?: NativePath;
  /** Made where this property is there, or has this value. */
  readonly when?: Premise;
  /** Not made where this property is there, or has this value. */
  readonly unless?: Premise;
  /**
   * The properties that have the same name and meaning, and can be written. Others of the same name are read all the same,
   * because SAM passes on more from year to year.
   */
  readonly same?: readonly string[];
  readonly properties: Bindings;
}

export interface Premise {
  readonly path: NativePath;
  readonly is?: string;
}

export interface EventMapping {
  readonly makes: readonly Creation[];
  /** What the transform writes into resources that a property of the event names. */
  readonly touches?: Readonly<Record<NativePath, readonly string[]>>;
  /** The transform gives the role what the event needs. */
  readonly grants?: true;
  /** Properties for which the transform writes policies of other resources. */
  readonly connects?: readonly NativePath[];
}

export interface SamType {
  /** The first is the resource itself. */
  readonly makes: readonly Creation[];
  readonly events?: Readonly<Record<string, EventMapping>>;
  /** What stands behind `!Ref Api.Stage` and the like. */
  readonly refs?: Readonly<Record<string, IdPattern>>;
  /** The resource that the transform makes when events of functions need one and name none. */
  readonly implicit?: { readonly id: string; readonly event: string; readonly names: NativePath; readonly stage: string };
}

export interface SamMapping {
  readonly types: Readonly<Record<string, SamType>>;
}

/** The content of `schemas/sam/policies.json`. */
export interface SamPolicies {
  readonly templates: readonly string[];
  readonly paths: Readonly<Record<string, string>>;
}

/** The native path of a canonical one, for people; the canonical path where SAM has no word for it. */
export function nativePathOf(creation: Creation, path: string): string {
  return withIn(creation, nativeOf(creation.properties, path) ?? path);
}

/** What to write under which native path for a canonical one; undefined where SAM has no property for it. */
export function writtenAs<V>(creation: Creation, path: string, value: V): readonly { readonly path: NativePath; readonly value: V }[] | undefined {
  const written = writes(creation, creation.properties, path, value, true);
  return written?.map((one) => ({ ...one, path: withIn(creation, one.path) }));
}

function withIn(creation: Creation, path: NativePath): NativePath {
  return creation.in === undefined ? path : `${creation.in}.${path}`;
}

function stepsOf(path: string): readonly [first: string, list: string, rest: string] {
  const dot = path.indexOf('.');
  const step = dot < 0 ? path : path.slice(0, dot);
  const name = step.replace('[]', '');
  return [name, step.slice(name.length), dot < 0 ? '' : path.slice(dot + 1)];
}

function nativeOf(bindings: Bindings, path: string): NativePath | undefined {
  const [name, list, rest] = stepsOf(path);
  const binding = bindings[name];
  return binding === undefined ? undefined : nativeOfBinding(binding, list, rest);
}

function nativeOfBinding(binding: Binding, list: string, rest: string): NativePath | undefined {
  if (typeof binding === 'string') return `${plain(binding)}${list}${rest === '' ? '' : `.${rest}`}`;
  if ('object' in binding) return rest === '' ? binding.where ?? firstNative(binding) : nativeOf(binding.object, rest);
  if ('first' in binding) return binding.first.map((one) => nativeOfBinding(one, list, rest)).find((one) => one !== undefined);
  if ('pairs' in binding) return binding.pairs;
  if ('some' in binding) return `${binding.some}${list}${rest === '' ? '' : `.${rest}`}`;
  if ('only' in binding) return nativeOfBinding(binding.only, '', rest);
  if ('unread' in binding) return binding.unread === true ? undefined : binding.unread[0];
  if ('documents' in binding) return `${binding.documents}${list}`;
  if ('managed' in binding) return `${binding.managed}${list}`;
  return 'at' in binding ? binding.at : undefined;
}

/** An object is known by its first property that is written as such. */
function firstNative({ object }: ObjectBinding): NativePath | undefined {
  return Object.values(object).map((binding) => nativeOfBinding(binding, '', '')).find((one) => one !== undefined);
}

function plain(path: NativePath): NativePath {
  return path.replaceAll('?', '');
}

function writes<V>(creation: Creation, bindings: Bindings, path: string, value: V, top: boolean): { path: NativePath; value: V }[] | undefined {
  const [name, list, rest] = stepsOf(path);
  const binding = bindings[name];
  if (list !== '') return undefined;
  if (binding === undefined) return top && creation.same?.includes(name) ? [{ path, value }] : undefined;
  const bound = typeof binding === 'object' && 'first' in binding ? binding.first[0]! : binding;
  if (typeof bound === 'string') return [{ path: rest === '' ? bound : `${bound}.${rest}`, value }];
  if (!('object' in bound)) return undefined;
  if (rest !== '') return writes(creation, bound.object, rest, value, false);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const parts = Object.entries(value as Record<string, V>).map(([key, inner]) => writes(creation, bound.object, key, inner, false));
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part!);
}
