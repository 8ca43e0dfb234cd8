import { flatMap } from '../../base/flat-map.ts';
import { itemsOf, leaves, memberAt } from '../../model/navigate.ts';
import type { PolicyKind } from '../../model/policy.ts';
import type { Value } from '../../model/value.ts';
import { resolved, valueOf, type Node } from '../../syntax/tree.ts';
import type { PolicyAttachment } from '../given.ts';

/** Words in the name of a file or folder that state the kind of its policies, most specific first. */
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

/**
 * The kind of a standalone policy, primarily by its content: a policy without principals is an identity-based policy; a
 * policy with principals is a trust policy or a resource-based policy, depending on its actions. The name identifies
 * kinds without characteristic content (service control policies, boundaries, session and endpoint policies), if the
 * content allows it. Otherwise the kind is unclear.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
 * @param policy The object with the statements.
 * @param names The names of its folder and of its file.
 * @param services The services with resource-based policies, by the prefix of their actions.
 */
export function attachmentOf(
  policy: Node | undefined,
  names: readonly string[],
  services: ReadonlySet<string>,
): PolicyAttachment {
  return attachmentOfStatements(listOf(valueOf(policy, 'Statement')).map(statementAt), names, services);
}

/**
 * The parts of a statement that indicate its kind: whether it has an element, and the strings of an element, given by a
 * path such as `Principal.AWS`.
 */
export interface SeenStatement {
  has(path: string): boolean;
  texts(path: string): readonly string[];
}

function statementAt(statement: Node | undefined): SeenStatement {
  const at = (path: string): Node | undefined => path.split('.').reduce<Node | undefined>(valueOf, statement);
  return {
    has: (path) => at(path) !== undefined,
    texts: (path) => flatMap(listOf(at(path)), (node) => (node?.kind === 'scalar' ? [node.value] : [])),
  };
}

/** The same for a statement given as a value. An element counts as present if it can be. */
export function statementOf(statement: Value): SeenStatement {
  const at = (path: string): Value => memberAt(statement, path.split('.'));
  return {
    has: (path) =>
      leaves(at(path)).some(
        ({ value }) => value.state !== 'absent' && !(value.state === 'known' && value.value === null),
      ),
    texts: (path) =>
      flatMap(itemsOf(at(path), true).items, ({ value }) =>
        flatMap(leaves(value), ({ value: leaf }) => (leaf.state === 'known' && leaf.value !== null ? [leaf.raw] : [])),
      ),
  };
}

/** The kind of a standalone policy with the given statements. */
export function attachmentOfStatements(
  statements: readonly SeenStatement[],
  names: readonly string[],
  services: ReadonlySet<string>,
): PolicyAttachment {
  const hints = hintsIn(names);
  const fitting = hints.find((hint) => allows(hint, statements));
  // A name that matches two kinds, such as that of a bucket policy for a VPC endpoint, identifies neither.
  if (fitting && fitting !== 'resource' && !(fitting === 'endpoint' && hints.includes('resource')))
    return { kind: fitting };
  const attachment = byContent(statements, hints.includes('resource'), services);
  const misleading =
    fitting || attachment.kind === 'unclear' || isAboutRoles(hints, statements)
      ? undefined
      : hints.find((hint) => hint !== attachment.kind);
  return { ...attachment, ...(misleading ? { suggests: misleading } : {}) };
}

/** Whether a policy of a kind can have these statements. A policy without statements can be of any kind. */
function allows(kind: PolicyKind, statements: readonly SeenStatement[]): boolean {
  if (statements.length === 0) return true;
  const named = statements.some(namesPrincipals);
  switch (kind) {
    case 'scp':
    case 'boundary':
    case 'permission-set':
    case 'session':
    case 'identity':
      return !named;
    // A trust policy belongs to its role and has no Resource.
    case 'trust':
      return named
        ? isForSts(statements) || (mayAssume(statements) && !statements.some(namesResources))
        : isForSts(statements) && !statements.some(namesResources);
    case 'endpoint':
    case 'rcp':
      return named && statements.some(namesResources);
    default:
      return named && !(isForSts(statements) && !statements.some(namesResources));
  }
}

function byContent(
  statements: readonly SeenStatement[],
  isResource: boolean,
  services: ReadonlySet<string>,
): PolicyAttachment {
  const actions = actionsIn(statements);
  // Without Principal and Resource, it is not a complete policy of any kind.
  if (!statements.some(namesPrincipals))
    return { kind: isForDevices(actions) || (isResource && !statements.some(namesResources)) ? 'unclear' : 'identity' };
  const [service, ...others] = new Set(actions.map((action) => action.split(':')[0]!));
  if (service === undefined || others.length > 0 || statements.some((statement) => statement.has('NotAction')))
    return { kind: 'unclear' };
  if (service === 'sts')
    return { kind: statements.some((statement) => statement.has('Resource')) ? 'unclear' : 'trust' };
  return services.has(service) && (isResource || !isOpen(statements))
    ? { kind: 'resource', service }
    : { kind: 'unclear' };
}

/**
 * Whether a policy is about assuming roles, because names such as "assume role" are also used for identity policies.
 */
function isAboutRoles(hints: readonly PolicyKind[], statements: readonly SeenStatement[]): boolean {
  return hints.includes('trust') && isForSts(statements);
}

function isForSts(statements: readonly SeenStatement[]): boolean {
  const actions = actionsIn(statements);
  return (
    actions.length > 0 &&
    actions.every((action) => action.startsWith('sts:')) &&
    !statements.some((statement) => statement.has('NotAction'))
  );
}

/** Whether an action can be one of STS, or no action is named. */
function mayAssume(statements: readonly SeenStatement[]): boolean {
  const actions = actionsIn(statements);
  return actions.length === 0 || actions.some((action) => action === '*' || action.startsWith('sts:'));
}

function actionsIn(statements: readonly SeenStatement[]): readonly string[] {
  return flatMap(statements, (statement) => statement.texts('Action')).map((action) => action.toLowerCase());
}

function namesPrincipals(statement: SeenStatement): boolean {
  return statement.has('Principal') || statement.has('NotPrincipal');
}

function namesResources(statement: SeenStatement): boolean {
  return statement.has('Resource') || statement.has('NotResource');
}

/**
 * Whether a policy allows everything to all principals and names no others. That is the default policy of a VPC
 * endpoint, and few resources support it.
 */
function isOpen(statements: readonly SeenStatement[]): boolean {
  return (
    statements.every(admitsAnyPrincipal) &&
    statements.some(
      (statement) => statement.texts('Resource').includes('*') && statement.texts('Effect').includes('Allow'),
    )
  );
}

/** The name of an identity-based policy, regardless of its purpose: `scp-handler-role-policy`. */
const OF_IDENTITY = /(?<!assume )\b(?:role|user|group) polic(?:y|ies)(?: json)?$/;

/** The kinds that the names suggest, the most likely one first. */
function hintsIn(names: readonly string[]): readonly PolicyKind[] {
  // The name of the file is more specific than that of its folder.
  for (const name of names.toReversed()) {
    const words = name
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replace(/[^A-Za-z0-9]+/g, ' ')
      .toLowerCase();
    const hints = HINTS.filter(([, pattern]) => pattern.test(words)).map(([kind]) => kind);
    if (hints.length > 0) return OF_IDENTITY.test(words) ? [] : hints;
  }
  return [];
}

/** AWS IoT policies control devices. They look like identity policies but grant nothing to identities. */
function isForDevices(actions: readonly string[]): boolean {
  return (
    actions.length > 0 &&
    actions.every((action) => /^iot:(?:connect|publish|receive|retainpublish|subscribe)$/.test(action))
  );
}

function admitsAnyPrincipal(statement: SeenStatement): boolean {
  return (
    statement.has('NotPrincipal') ||
    statement.texts('Principal').includes('*') ||
    statement.texts('Principal.AWS').includes('*')
  );
}

function listOf(node: Node | undefined): readonly (Node | undefined)[] {
  if (!node) return [];
  return node.kind === 'list' ? node.items.map((item) => resolved(item.value)) : [node];
}
