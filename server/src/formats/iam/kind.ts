import type { PolicyKind } from '../../model/policy.ts';
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
  const statements = listOf(valueOf(policy, 'Statement'));
  const named = statements.some((statement) => valueOf(statement, 'Principal') || valueOf(statement, 'NotPrincipal'));
  const hint = hintIn(names);
  if (hint && statements.length > 0 && WITH_PRINCIPALS.has(hint) !== named) return { kind: 'unclear' };
  if (hint && hint !== 'resource') return { kind: hint };
  const actions = textsOf(statements, 'Action').map((action) => action.toLowerCase());
  if (!named) return { kind: isForDevices(actions) ? 'unclear' : hint ?? 'identity' };
  const [service, ...others] = new Set(actions.map((action) => action.split(':')[0]!));
  if (service === undefined || others.length > 0 || statements.some((statement) => valueOf(statement, 'NotAction'))) return { kind: 'unclear' };
  if (service === 'sts') return { kind: statements.some((statement) => valueOf(statement, 'Resource')) ? 'unclear' : 'trust' };
  return services.has(service) && (hint || !isOpen(statements)) ? { kind: 'resource', service } : { kind: 'unclear' };
}

/** Whether a policy admits everybody to everything and names nobody else. That is the default of an endpoint; only few resources take it. */
function isOpen(statements: readonly (Node | undefined)[]): boolean {
  return statements.every(admitsEverybody) && statements.some((statement) => isStar(valueOf(statement, 'Resource')) && textsOf([statement], 'Effect').includes('Allow'));
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

function admitsEverybody(statement: Node | undefined): boolean {
  const principal = valueOf(statement, 'Principal');
  return valueOf(statement, 'NotPrincipal') !== undefined || isStar(principal) || isStar(valueOf(principal, 'AWS'));
}

function isStar(node: Node | undefined): boolean {
  return listOf(node).some((item) => item?.kind === 'scalar' && item.value === '*');
}

function textsOf(statements: readonly (Node | undefined)[], element: string): readonly string[] {
  return statements.flatMap((statement) => listOf(valueOf(statement, element))).flatMap((node) => node?.kind === 'scalar' ? [node.value] : []);
}

function listOf(node: Node | undefined): readonly (Node | undefined)[] {
  if (!node) return [];
  return node.kind === 'list' ? node.items.map((item) => resolved(item.value)) : [node];
}
