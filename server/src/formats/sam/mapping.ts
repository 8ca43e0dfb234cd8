/**
 * The mapping language of SAM: the CloudFormation resources that the transform creates from a resource or an event. The
 * data is in `schemas/sam/resources.json`.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * A path of properties of the SAM resource, `Auth.ResourcePolicy`. After a step with a question mark,
 * `EndpointConfiguration?.Type`, a string instead of the object is the value of the whole path.
 */
export type SamPath = string;

/**
 * A pattern for logical IDs: `{id}` is the resource, `{event}` the event, `{StageName}` a property, and `{.Path.To}` a
 * property of the event; `{StageName|Default}` has a default. Of several alternatives, `{.Name}?{id}Queue`, the first
 * one that is not empty applies.
 */
export type IdPattern = string;

/** Canonical property names with their bindings. */
export type SamBindings = Readonly<Record<string, SamBinding>>;

export type SamBinding =
  | SamPath
  | SamObjectBinding
  | { readonly first: readonly SamBinding[] }
  | SamConstantBinding
  /** A reference to another generated resource. */
  | { readonly made: IdPattern; readonly attribute?: string }
  /** The function, or its alias if it has one. An alias is referenced by its ARN only. */
  | { readonly target: string }
  /** A logical ID as a string. */
  | { readonly named: IdPattern }
  | TextBinding
  | TagsBinding
  /** A part of an S3 location, which is an object, or a string `s3://bucket/key`. */
  | { readonly s3: SamPath; readonly part: 'Bucket' | 'Key' | 'Version' }
  /** A list of the values that exist. */
  | { readonly list: readonly SamBinding[] }
  /** A list with an object per item of a list. Paths in the object start at the item. */
  | { readonly items: SamPath; readonly each: SamBindings }
  /** The `URI` of each item of a list that has one of these types. */
  | { readonly access: SamPath; readonly types: readonly string[] }
  /** A value that exists only under a condition, with an optional alternative. */
  | { readonly given: Premise; readonly then: SamBinding; readonly else?: SamBinding }
  /** The definition of an API, to which the transform adds events and other properties; absent if `unless` is set. */
  | { readonly body: SamPath; readonly unless: SamPath }
  /** The ARN of a referenced resource. */
  | { readonly arn: SamPath }
  /** The schemas of the Glue registry with an ARN; absent for another kind of registry. */
  | { readonly registry: SamPath; readonly schemas?: true }
  /** The resource policy of an API, from its lists of allowed and denied sources. */
  | { readonly resourcePolicy: SamPath }
  /** The method and path of an API event, in the form of execution ARNs. */
  | { readonly route: string }
  | PolicyBinding
  /** A list with one item. */
  | { readonly only: SamBinding }
  /** A list to which the transform adds unknown items. */
  | { readonly some: SamPath }
  /** Created in a way that is not supported: always, or if one of these properties is set. */
  | { readonly unread: true | readonly SamPath[] }
  /** The inline policies of a role: those in the policies of a resource, after those that other properties add. */
  | { readonly documents: SamPath; readonly before?: readonly SamBinding[] }
  | ManagedBinding;

/**
 * A string in which `${AWS::Name}` is a pseudo parameter and `${Name}` a binding. It is absent if one of the bindings
 * is.
 */
export interface TextBinding {
  readonly text: string;
  readonly with?: SamBindings;
}

/** Tags, as a list of Key and Value pairs or as a map, including those that the transform adds. */
export interface TagsBinding {
  readonly tags: SamPath;
  readonly as: 'pairs' | 'map';
  readonly adds?: Readonly<Record<string, string>>;
  /** Only a literal value applies here. */
  readonly when?: Premise;
}

/**
 * An inline policy of a role, or without a name its document. A statement allows actions on the existing `resources`;
 * without any, it is omitted.
 */
export interface PolicyBinding {
  readonly policy?: IdPattern;
  readonly version?: string;
  /** The statement exists only if this property is set. */
  readonly where?: SamPath;
  readonly statements: readonly {
    readonly actions: string | readonly string[];
    readonly on: SamBinding;
    readonly when?: Premise;
  }[];
}

/** An object. Without `where` it exists if one of its properties does. */
export interface SamObjectBinding {
  readonly object: SamBindings;
  /** Exists if this is set. */
  readonly where?: SamPath;
  /** Always exists, unless this has the value `is`. */
  readonly unless?: SamPath;
  readonly is?: string;
}

/**
 * The managed policies of a role: those in the policies of a resource, and those that it always has or that a property
 * adds.
 */
export interface ManagedBinding {
  readonly managed: SamPath;
  readonly always?: readonly SamManagedPolicy[];
}

/** A managed policy of a role, with an optional condition. */
export interface SamManagedPolicy {
  readonly arn: string;
  readonly when?: Premise;
  readonly unless?: Premise;
}

/** A value that the transform always writes. Its place is the property that causes it, or the resource. */
export interface SamConstantBinding {
  readonly constant: Json;
  readonly at?: SamPath;
  /** Not if this is set. */
  readonly unless?: SamPath;
}

/**
 * One canonical resource that the transform creates, or writes into the definition of an API: the method of an event.
 */
export interface Creation {
  readonly type: string;
  readonly id: IdPattern;
  /** The property in which all paths start. Without it, the resource is not created. */
  readonly in?: SamPath;
  /**
   * Created once per entry of the map at this path, whose key is `{key}` in IDs. All paths start in the entry; `^` is
   * the object that contains the map, `^key` is the key.
   */
  readonly each?: SamPath;
  /** Created if this property is set, or has this value. If there are several, all must apply. */
  readonly when?: Premise | readonly Premise[];
  /** Not created if this property is set, or has this value. If there are several, one is sufficient. */
  readonly unless?: Premise | readonly Premise[];
  /** Created once for all resources of a template that require it. */
  readonly once?: true;
  /**
   * The properties with the same name and meaning, which can be edited. Other properties with the same name are read
   * too, because SAM passes on more of them over time.
   */
  readonly same?: readonly string[];
  readonly properties: SamBindings;
}

/** A property is set, or has one of these values, or is a list whose items all have these types. */
export interface Premise {
  readonly path: SamPath;
  readonly is?: string | readonly string[];
  readonly types?: readonly string[];
  /** As written only: the transform does not resolve function calls. */
  readonly written?: true;
}

export interface EventMapping {
  readonly makes: readonly Creation[];
  /** The properties that the transform sets on resources that a property of the event names. */
  readonly touches?: Readonly<Record<SamPath, readonly string[]>>;
  /** The permissions that the transform adds to the role of the function for the event. */
  readonly grants?: { readonly managed?: SamManagedPolicy; readonly policies?: readonly PolicyBinding[] };
  /**
   * The property that names the API, and the type of the API. The paths of the event have its properties under `^api`,
   * if it is in the template or implicit.
   */
  readonly api?: {
    readonly names: SamPath;
    readonly type: string;
    /** The logical ID of the API of events that name none. */
    readonly implicit?: string;
    /** No permission is created for a route if another event of the function covers all routes of the API. */
    readonly once?: true;
    /** The properties of the event that are added to those of the API. */
    readonly passes?: readonly string[];
  };
}

export interface SamType {
  /** The first one is the resource itself. */
  readonly makes: readonly Creation[];
  readonly events?: Readonly<Record<string, EventMapping>>;
  /** The types of references such as `!Ref Api.Stage`. */
  readonly refs?: Readonly<Record<string, IdPattern>>;
  /** The resource that the transform creates for events that name no API. */
  readonly implicit?: { readonly id: string; readonly event: string; readonly names: SamPath; readonly stage: string };
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
