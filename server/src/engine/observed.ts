/** A wrapper of a stack that notes what rules read. */
import { memoize } from '../base/memoize.ts';
import { once } from '../base/once.ts';
import { note } from '../base/reads.ts';
import { edgeTo } from '../model/edge.ts';
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
export class Read {
  readonly resource: Resource;
  readonly path: string;
  readonly value: Value;

  constructor(resource: Resource, path: string, value: Value) {
    this.resource = resource;
    this.path = path;
    this.value = value;
  }
}

/** An element of a statement of a policy that a rule read. Rules read the policies of many resources. */
export class StatementRead extends Read {}

/**
 * A stack whose resources and policies note each `Read` (`base/reads.ts`); otherwise it is unchanged. Whether a
 * memoized function was called before does not matter to what is noted.
 */
export function observed(stack: Stack): Stack {
  const resourceOf = memoize((resource: Resource): Resource => new ObservedResource(resource, seen));
  const policyOf = memoize((policy: PolicyDocument): PolicyDocument => observedPolicy(policy, seen));
  const seen: Seen = { resource: resourceOf, policy: policyOf };
  const resources = once(() => stack.resources.map(resourceOf));
  const policies = once(() => stack.policies.map(policyOf));
  const whole: Stack = {
    format: stack.format,
    documents: stack.documents,
    closed: stack.closed,
    ...(stack.account ? { account: stack.account } : {}),
    ...(stack.providerAccounts ? { providerAccounts: stack.providerAccounts } : {}),
    ...(stack.stated ? { stated: stack.stated } : {}),
    ...(stack.within ? { within: stack.within } : {}),
    get sources() {
      return stack.sources;
    },
    get parameters() {
      return stack.parameters;
    },
    get resources() {
      return resources();
    },
    get policies() {
      return policies();
    },
    facts: () => stack.facts?.(),
    generatorOf: (doc) => stack.generatorOf?.(doc),
    byAddress: (address) => {
      const resource = stack.byAddress(address);
      return resource && resourceOf(resource);
    },
  };
  if ('outputs' in stack) Object.defineProperty(whole, 'outputs', { get: () => stack.outputs });
  return whole;
}

/** The observed resources and policies, one instance of each. */
interface Seen {
  resource(resource: Resource): Resource;
  policy(policy: PolicyDocument): PolicyDocument;
}

class ObservedProperties implements Properties {
  readonly #inner: Properties;
  readonly #resource: Resource;
  readonly #prefix: string;
  readonly #reads = new Map<string, Read>();
  readonly #entries = new Map<string, readonly ObservedEntry[]>();

  constructor(inner: Properties, resource: Resource, prefix: string) {
    this.#inner = inner;
    this.#resource = resource;
    this.#prefix = prefix;
  }

  get(path: string): Value {
    return this.#noted(path, this.#inner.get(path));
  }

  each(path: string): Entries {
    const { items, complete } = this.#inner.each(path);
    this.#noted(path, this.#inner.get(path));
    let entries = this.#entries.get(path);
    if (!entries) {
      entries = items.map((item) => new ObservedEntry(item, this.#resource, `${this.#prefix}${path}[].`));
      this.#entries.set(path, entries);
    }
    return { complete, items: entries };
  }

  #noted(path: string, value: Value): Value {
    let read = this.#reads.get(path);
    if (read?.value !== value)
      this.#reads.set(path, (read = new Read(this.#resource, `${this.#prefix}${path}`, value)));
    note(read);
    return value;
  }
}

class ObservedEntry extends ObservedProperties implements Entry {
  readonly when: Entry['when'];
  readonly value: Value;

  constructor(inner: Entry, resource: Resource, prefix: string) {
    super(inner, resource, prefix);
    this.when = inner.when;
    this.value = inner.value;
  }
}

class ObservedResource extends ObservedProperties implements Resource {
  readonly address: string;
  readonly uniqueName: Resource['uniqueName'];
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
  readonly argument?: NonNullable<Resource['argument']>;
  readonly keepsValue?: NonNullable<Resource['keepsValue']>;
  readonly #resource: Resource;
  readonly #seen: Seen;

  constructor(resource: Resource, seen: Seen) {
    super(resource, resource, '');
    this.address = resource.address;
    this.uniqueName = resource.uniqueName;
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
    if (resource.argument) this.argument = (path) => resource.argument!(path);
    if (resource.keepsValue) this.keepsValue = (path) => resource.keepsValue!(path);
    this.#resource = resource;
    this.#seen = seen;
  }

  get accounts(): Resource['accounts'] {
    return this.#resource.accounts;
  }

  nativePath(path: string): string {
    return this.#resource.nativePath(path);
  }

  attribute(name: ResourceAttribute): Value {
    return this.#resource.attribute(name);
  }

  related(kind: RelationKind): Related {
    const { edges, complete } = this.#resource.related(kind);
    return {
      complete,
      edges: edges.map((edge) => edgeTo(this.#seen.resource(edge.resource), edge.when, () => edge.via)),
    };
  }

  policies(): Policies {
    const { documents, complete } = this.#resource.policies();
    return { complete, documents: documents.map((document) => this.#seen.policy(document)) };
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

function observedPolicy(policy: PolicyDocument, seen: Seen): PolicyDocument {
  const readOf = (element: string, value: Value): Read =>
    new StatementRead(policy.host, `${policy.path}${policy.path === '' ? '' : '.'}Statement[].${element}`, value);
  let statements: readonly Statement[] | undefined;
  return {
    kind: policy.kind,
    path: policy.path,
    when: policy.when,
    get value() {
      return policy.value;
    },
    host: seen.resource(policy.host),
    ...(policy.service === undefined ? {} : { service: policy.service }),
    ...(policy.suggests === undefined ? {} : { suggests: policy.suggests }),
    ...(policy.shape === undefined ? {} : { shape: policy.shape }),
    get unreadable() {
      return policy.unreadable ?? [];
    },
    get statements() {
      return (statements ??= policy.statements.map((statement) => new ObservedStatement(statement, readOf)));
    },
    get complete() {
      return policy.complete;
    },
    get seen() {
      return policy.seen;
    },
  };
}

/** The values of a statement that rules read. */
export function statementValues(statement: Statement): readonly Value[] {
  return [
    ...(Object.keys(ELEMENTS) as (keyof typeof ELEMENTS)[]).map((name) => statement[name]),
    ...statement.conditions.map(({ values }) => values),
  ];
}

/** Notes the elements that are read, each once, by their names. */
class ObservedStatement implements Statement {
  readonly when: Statement['when'];
  readonly value: Value;
  readonly #statement: Statement;
  readonly #readOf: (element: string, value: Value) => Read;
  readonly #reads = new Map<string, Read>();
  #conditions: readonly Read[] | undefined;

  constructor(statement: Statement, readOf: (element: string, value: Value) => Read) {
    this.when = statement.when;
    this.value = statement.value;
    this.#statement = statement;
    this.#readOf = readOf;
  }

  get effect(): Value {
    return this.#noted('effect');
  }
  get actions(): Value {
    return this.#noted('actions');
  }
  get notActions(): Value {
    return this.#noted('notActions');
  }
  get resources(): Value {
    return this.#noted('resources');
  }
  get notResources(): Value {
    return this.#noted('notResources');
  }
  get principals(): Value {
    return this.#noted('principals');
  }
  get notPrincipals(): Value {
    return this.#noted('notPrincipals');
  }
  get conditions(): Statement['conditions'] {
    const { conditions } = this.#statement;
    this.#conditions ??= conditions.map(({ operator, key, values }) =>
      this.#readOf(`Condition.${operator}.${key}`, values),
    );
    for (const read of this.#conditions) note(read);
    return conditions;
  }
  get conditionsComplete(): Statement['conditionsComplete'] {
    return this.#statement.conditionsComplete;
  }

  #noted(name: keyof typeof ELEMENTS): Value {
    const value = this.#statement[name];
    let read = this.#reads.get(name);
    if (!read) this.#reads.set(name, (read = this.#readOf(ELEMENTS[name], value)));
    note(read);
    return value;
  }
}
