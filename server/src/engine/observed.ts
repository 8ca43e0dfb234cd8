/** A wrapper of a stack that records what rules read. */
import type { PolicyDocument, Statement } from '../model/policy.ts';
import type { RelationKind } from '../model/relation.ts';
import type {
  Entries,
  Entry,
  Policies,
  Properties,
  Related,
  Resource,
  ResourceAttribute,
  Stack,
} from '../model/resource.ts';
import type { Value } from '../model/value.ts';

/** A value that a rule read, and its canonical path in the resource. */
export interface Read {
  readonly resource: Resource;
  readonly path: string;
  readonly value: Value;
}

/** A stack whose resources and policies record reads; otherwise it is unchanged. */
export function observed(stack: Stack, note: (read: Read) => void): Stack {
  const resources = new Map<Resource, ObservedResource>();
  const seen = (resource: Resource): Resource => {
    let one = resources.get(resource);
    if (!one) resources.set(resource, (one = new ObservedResource(resource, seen, note)));
    return one;
  };
  let policies: readonly PolicyDocument[] | undefined;
  return {
    format: stack.format,
    documents: stack.documents,
    parameters: stack.parameters,
    closed: stack.closed,
    ...(stack.account ? { account: stack.account } : {}),
    ...(stack.within ? { within: stack.within } : {}),
    ...(stack.outputs ? { outputs: stack.outputs } : {}),
    ...(stack.sources ? { sources: stack.sources } : {}),
    resources: stack.resources.map(seen),
    get policies() {
      return (policies ??= stack.policies.map((policy) => observedPolicy(policy, seen, note)));
    },
    generatorOf: (doc) => stack.generatorOf?.(doc),
    byAddress: (address) => {
      const resource = stack.byAddress(address);
      return resource && seen(resource);
    },
  };
}

type Seen = (resource: Resource) => Resource;
type Note = (read: Read) => void;

class ObservedProperties implements Properties {
  readonly #inner: Properties;
  readonly #note: (path: string, value: Value) => void;

  constructor(inner: Properties, note: (path: string, value: Value) => void) {
    this.#inner = inner;
    this.#note = note;
  }

  get(path: string): Value {
    const value = this.#inner.get(path);
    this.#note(path, value);
    return value;
  }

  each(path: string): Entries {
    const { items, complete } = this.#inner.each(path);
    this.#note(path, this.#inner.get(path));
    return {
      complete,
      items: items.map((item) => new ObservedEntry(item, (below, value) => this.#note(`${path}[].${below}`, value))),
    };
  }
}

class ObservedEntry extends ObservedProperties implements Entry {
  readonly when: Entry['when'];
  readonly value: Value;

  constructor(inner: Entry, note: (path: string, value: Value) => void) {
    super(inner, note);
    this.when = inner.when;
    this.value = inner.value;
  }
}

class ObservedResource extends ObservedProperties implements Resource {
  readonly address: string;
  readonly displayName: string;
  readonly internal: boolean;
  readonly type: string;
  readonly nativeType: string;
  readonly format: Resource['format'];
  readonly when: Resource['when'];
  readonly self: Value;
  readonly parts: Resource['parts'];
  readonly external: boolean;
  readonly family: string;
  readonly generated: boolean;
  readonly #resource: Resource;
  readonly #seen: Seen;
  readonly #note: Note;

  constructor(resource: Resource, seen: Seen, note: Note) {
    super(resource, (path, value) => note({ resource, path, value }));
    this.address = resource.address;
    this.displayName = resource.displayName;
    this.internal = resource.internal;
    this.type = resource.type;
    this.nativeType = resource.nativeType;
    this.format = resource.format;
    this.when = resource.when;
    this.self = resource.self;
    this.parts = resource.parts;
    this.external = resource.external;
    this.family = resource.family;
    this.generated = resource.generated;
    this.#resource = resource;
    this.#seen = seen;
    this.#note = note;
  }

  nativePath(path: string): string {
    return this.#resource.nativePath(path);
  }

  attribute(name: ResourceAttribute): Value {
    return this.#resource.attribute(name);
  }

  related(kind: RelationKind): Related {
    const { edges, complete } = this.#resource.related(kind);
    return { complete, edges: edges.map((edge) => ({ ...edge, resource: this.#seen(edge.resource) })) };
  }

  policies(): Policies {
    const { documents, complete } = this.#resource.policies();
    return { complete, documents: documents.map((document) => observedPolicy(document, this.#seen, this.#note)) };
  }
}

/** The elements of a statement, by their names in a policy. */
const ELEMENTS = {
  effect: 'Effect',
  actions: 'Action',
  notActions: 'NotAction',
  resources: 'Resource',
  notResources: 'NotResource',
  principals: 'Principal',
  notPrincipals: 'NotPrincipal',
} as const;

function observedPolicy(policy: PolicyDocument, seen: Seen, note: Note): PolicyDocument {
  const noteElement = (element: string, value: Value): void =>
    note({
      resource: policy.host,
      path: `${policy.path}${policy.path === '' ? '' : '.'}Statement[].${element}`,
      value,
    });
  let statements: readonly Statement[] | undefined;
  return {
    kind: policy.kind,
    path: policy.path,
    when: policy.when,
    value: policy.value,
    host: seen(policy.host),
    ...(policy.service === undefined ? {} : { service: policy.service }),
    ...(policy.shape === undefined ? {} : { shape: policy.shape }),
    get unreadable() {
      return policy.unreadable ?? [];
    },
    get statements() {
      return (statements ??= policy.statements.map((statement) => observedStatement(statement, noteElement)));
    },
    get complete() {
      return policy.complete;
    },
    get seen() {
      return policy.seen;
    },
  };
}

function observedStatement(statement: Statement, note: (element: string, value: Value) => void): Statement {
  const one = { ...statement };
  for (const [name, element] of Object.entries(ELEMENTS) as [keyof typeof ELEMENTS, string][]) {
    Object.defineProperty(one, name, {
      enumerable: true,
      get: () => {
        note(element, statement[name]);
        return statement[name];
      },
    });
  }
  Object.defineProperty(one, 'conditions', {
    enumerable: true,
    get: () => {
      for (const { operator, key, values } of statement.conditions) note(`Condition.${operator}.${key}`, values);
      return statement.conditions;
    },
  });
  return one;
}
