import { itemsOf, leaves, memberAt } from '../../model/navigate.ts';
import type { PolicyKind } from '../../model/policy.ts';
import type { Value } from '../../model/value.ts';
import { resolved, valueOf, type Node } from '../../syntax/tree.ts';

/** What a policy is attached to, and for the policy of a resource the service of that resource. */
export interface Attachment {
  readonly kind: PolicyKind;
  readonly service?: string;
}

/** Words in the name of a file, or of its folder, that say what the policies there are. The first that fits counts. */
const HINTS: readonly (readonly [PolicyKind, RegExp])[] = [
  ['scp', /\bscps?\b|\bservice control\b/],
  ['rcp', /\brcps?\b|\bresource control\b/],
  ['boundary', /\bboundar(?:y|ies)\b/],
  ['permission-set', /\bpermissions? ?sets?\b/],
  ['session', /\bsession polic(?:y|ies)\b/],
  ['endpoint', /\bvpce\b|\bvpc endpoints?\b|\bendpoint polic(?:y|ies)\b/],
  ['trust', /\btrust\b|\bassume ?role\b/],
  ['resource', /\b(?:bucket|key|queue|repository|resource|secret|topic|vault) polic(?:y|ies)\b/],
];

/** Kinds whose statements name principals; those of the others do not, as AWS refuses them. */
const WITH_PRINCIPALS: ReadonlySet<PolicyKind> = new Set<PolicyKind>(['trust', 'resource', 'endpoint', 'rcp']);

/**
 * What a policy that stands alone is attached to. What names no principal is taken for a policy of an identity, unless its
 * name says otherwise; what names some, for the trust policy of a role or the policy of a resource, by its actions. Where
 * something that grants nothing looks the same, as the policy of an endpoint does, it is unclear.
 *
 * @param policy The object that holds the statements.
 * @param names The names of its folder and of its file.
 * @param services The services that have policies of resources, by the prefix of their actions.
 */
export function attachmentOf(policy: Node | undefined, names: readonly string[], services: ReadonlySet<string>): Attachment {
  return attachmentOfStatements(listOf(valueOf(policy, 'Statement')).map(statementAt), names, services);
}

/** A statement as far as its kind shows: whether it has an element, and the texts of one, at a path such as `Principal.AWS`. */
export interface SeenStatement {
  has(path: string): boolean;
  texts(path: string): readonly string[];
}

function statementAt(statement: Node | undefined): SeenStatement {
  const at = (path: string): Node | undefined => path.split('.').reduce<Node | undefined>(valueOf, statement);
  return { has: (path) => at(path) !== undefined, texts: (path) => listOf(at(path)).flatMap((node) => node?.kind === 'scalar' ? [node.value] : []) };
}

/** The same of a statement that is a value: an element is there where it can be. */
export function statementOf(statement: Value): SeenStatement {
  const at = (path: string): Value => memberAt(statement, path.split('.'));
  return {
    has: (path) => leaves(at(path)).some(({ value }) => value.state !== 'absent' && !(value.state === 'known' && value.value === null)),
    texts: (path) => itemsOf(at(path), true).items.flatMap(({ value }) => leaves(value).flatMap(({ value: leaf }) => leaf.state === 'known' && leaf.value !== null ? [leaf.raw] : [])),
  };
}

/** What a policy of some statements is attached to that stands alone. */
export function attachmentOfStatements(statements: readonly SeenStatement[], names: readonly string[], services: ReadonlySet<string>): Attachment {
  const named = statements.some((statement) => statement.has('Principal') || statement.has('NotPrincipal'));
  const hint = hintIn(names);
  if (hint && statements.length > 0 && WITH_PRINCIPALS.has(hint) !== named) return { kind: 'unclear' };
  if (hint && hint !== 'resource') return { kind: hint };
  const actions = statements.flatMap((statement) => statement.texts('Action')).map((action) => action.toLowerCase());
  if (!named) return { kind: isForDevices(actions) ? 'unclear' : hint ?? 'identity' };
  const [service, ...others] = new Set(actions.map((action) => action.split(':')[0]!));
  if (service === undefined || others.length > 0 || statements.some((statement) => statement.has('NotAction'))) return { kind: 'unclear' };
  if (service === 'sts') return { kind: statements.some((statement) => statement.has('Resource')) ? 'unclear' : 'trust' };
  return services.has(service) && (hint || !isOpen(statements)) ? { kind: 'resource', service } : { kind: 'unclear' };
}

/** Whether a policy admits everybody to everything and names nobody else. That is the default of an endpoint; only few resources take it. */
function isOpen(statements: readonly SeenStatement[]): boolean {
  return statements.every(admitsEverybody) && statements.some((statement) => statement.texts('Resource').includes('*') && statement.texts('Effect').includes('Allow'));
}

function hintIn(names: readonly string[]): PolicyKind | undefined {
  // The name of the file is nearer than that of its folder.
  for (const name of names.toReversed()) {
    const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[^A-Za-z0-9]+/g, ' ').toLowerCase();
    const hint = HINTS.find(([, pattern]) => pattern.test(words));
    if (hint) return hint[0];
  }
  return undefined;
}

/** Policies of AWS IoT say what devices may do. They look like those of identities and grant nothing to any. */
function isForDevices(actions: readonly string[]): boolean {
  return actions.length > 0 && actions.every((action) => /^iot:(?:connect|publish|receive|retainpublish|subscribe)$/.test(action));
}

function admitsEverybody(statement: SeenStatement): boolean {
  return statement.has('NotPrincipal') || statement.texts('Principal').includes('*') || statement.texts('Principal.AWS').includes('*');
}

function listOf(node: Node | undefined): readonly (Node | undefined)[] {
  if (!node) return [];
  return node.kind === 'list' ? node.items.map((item) => resolved(item.value)) : [node];
}
