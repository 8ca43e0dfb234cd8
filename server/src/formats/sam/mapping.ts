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

/**
 * A logical id with what it is made from: `{id}` of the resource, `{event}`, a property, `{StageName}`, or one of the event,
 * `{.Path.To}`; `{StageName|Default}` has a text for what is not written. Of alternatives, `{.Name}?{id}Queue`, the first counts
 * that is not empty.
 */
export type IdPattern = string;

/** Canonical property names and where each comes from. */
export type Bindings = Readonly<Record<string, Binding>>;

export type Binding =
  | NativePath
  | ObjectBinding
  | { readonly first: readonly Binding[] }
  | ConstantBinding
  /** A reference to something else that the transform makes. */
  | { readonly made: IdPattern; readonly attribute?: string }
  /** The function, or its alias where it has one: an alias is named by its ARN alone. */
  | { readonly target: string }
  /** The text of a logical id. */
  | { readonly named: IdPattern }
  | TextBinding
  | TagsBinding
  /** A part of a place in S3, which is an object with parts or a text `s3://bucket/key`. */
  | { readonly s3: NativePath; readonly part: 'Bucket' | 'Key' | 'Version' }
  /** A list of what is there. */
  | { readonly list: readonly Binding[] }
  /** A list with an object for each item of a list; paths are below the item. */
  | { readonly items: NativePath; readonly each: Bindings }
  /** The `URI` of each item of a list that has one of some types. */
  | { readonly access: NativePath; readonly types: readonly string[] }
  /** What is there only under a premise; another thing where it does not hold, if there is one. */
  | { readonly given: Premise; readonly then: Binding; readonly else?: Binding }
  /** The definition of an API, to which the transform adds what events and other properties say; none where `unless` is there. */
  | { readonly body: NativePath; readonly unless: NativePath }
  /** The ARN of a resource that a reference names. */
  | { readonly arn: NativePath }
  /** The schema registry of Glue that an ARN names, or all schemas in it; none where it is another registry. */
  | { readonly registry: NativePath; readonly schemas?: true }
  /** The resource policy of an API, from lists of whom it lets in and keeps out. */
  | { readonly resourcePolicy: NativePath }
  /** The method and path of an event of an API, as they stand in the ARN of what may be called. */
  | { readonly route: string }
  | PolicyBinding
  /** A list with one item. */
  | { readonly only: Binding }
  /** A list to which the transform adds what is not read. */
  | { readonly some: NativePath }
  /** Made in a way that is not read: always, or as soon as one of some properties is there. */
  | { readonly unread: true | readonly NativePath[] }
  /** The inline policies of a role, among the policies of a resource, after those that it has for other properties. */
  | { readonly documents: NativePath; readonly before?: readonly Binding[] }
  | ManagedBinding;

/** A text in which `${AWS::Name}` is a pseudo parameter and `${Name}` a binding; not there when one of those is not there. */
export interface TextBinding {
  readonly text: string;
  readonly with?: Bindings;
}

/** Tags, as a list of pairs of Key and Value or as a map, with those that the transform adds. */
export interface TagsBinding {
  readonly tags: NativePath;
  readonly as: 'pairs' | 'map';
  readonly adds?: Readonly<Record<string, string>>;
  /** Only the literal value applies here. */
  readonly when?: Premise;
}

/**
 * An inline policy of a role, or without a name its document. A statement allows actions on those `resources` that
 * exist; without any it is omitted.
 */
export interface PolicyBinding {
  readonly policy?: IdPattern;
  readonly version?: string;
  /** Without this property there is no statement, so that none is looked at. */
  readonly where?: NativePath;
  readonly statements: readonly {
    readonly actions: string | readonly string[];
    readonly on: Binding;
    readonly when?: Premise;
  }[];
}

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
  readonly always?: readonly ManagedPolicy[];
}

/** A managed policy that a role has, under a premise if there is one. */
export interface ManagedPolicy {
  readonly arn: string;
  readonly when?: Premise;
  readonly unless?: Premise;
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
  /**
   * Made once for each entry of the map at this path, whose key is `{key}` in ids. All paths are below the entry; `^` is what the
   * map is a property of, `^key` the key.
   */
  readonly each?: NativePath;
  /** Made where this property is there, or has this value; of several, where all hold. */
  readonly when?: Premise | readonly Premise[];
  /** Not made where this property is there, or has this value; of several, where one holds. */
  readonly unless?: Premise | readonly Premise[];
  /** Made once for all resources of a template for which it is made. */
  readonly once?: true;
  /**
   * The properties that have the same name and meaning, and can be written. Others of the same name are read all the same,
   * because SAM passes on more from year to year.
   */
  readonly same?: readonly string[];
  readonly properties: Bindings;
}

/** That a property is there, or has one of some values, or is a list with items of all of some types. */
export interface Premise {
  readonly path: NativePath;
  readonly is?: string | readonly string[];
  readonly types?: readonly string[];
  /** Only as written: the transform does not know what a function call resolves to. */
  readonly written?: true;
}

export interface EventMapping {
  readonly makes: readonly Creation[];
  /** What the transform writes into resources that a property of the event names. */
  readonly touches?: Readonly<Record<NativePath, readonly string[]>>;
  /** What the transform gives the role of the function for the event. */
  readonly grants?: { readonly managed?: ManagedPolicy; readonly policies?: readonly PolicyBinding[] };
  /** The property that names the API, and the type that the API has. */
  readonly api?: {
    readonly names: NativePath;
    readonly type: string;
    /** Nothing is made for a route where another event of the function stands for all routes of the API. */
    readonly once?: true;
    /** The properties of the event that become part of those of the API. */
    readonly passes?: readonly string[];
  };
}

export interface SamType {
  /** The first is the resource itself. */
  readonly makes: readonly Creation[];
  readonly events?: Readonly<Record<string, EventMapping>>;
  /** What follows `!Ref Api.Stage` and the like. */
  readonly refs?: Readonly<Record<string, IdPattern>>;
  /** The resource that the transform makes when events of functions need one and name none. */
  readonly implicit?: {
    readonly id: string;
    readonly event: string;
    readonly names: NativePath;
    readonly stage: string;
  };
}

export interface SamMapping {
  readonly types: Readonly<Record<string, SamType>>;
}

/** The content of `schemas/sam/policies.json`. */
export interface SamPolicies {
  readonly templates: Readonly<Record<string, PolicyTemplate>>;
  readonly paths: Readonly<Record<string, string>>;
}

/** The statements of a policy template, with `${Name}` for its parameters. */
export type PolicyTemplate = readonly Readonly<Record<string, Json>>[];
