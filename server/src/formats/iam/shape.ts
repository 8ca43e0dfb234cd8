import { flatMap } from '../../base/flat-map.ts';
import type { PolicyKind } from '../../model/policy.ts';
import { type Node, resolved, textOf, valueOf } from '../../syntax/tree.ts';

/** A standalone policy document, possibly wrapped in the output or input format of a program. */
export interface FoundPolicy {
  /** The policy itself: an object, or a string that contains one. */
  readonly node: Node;
  /** The kind, if the wrapper states it. */
  readonly kind?: PolicyKind;
  /** Why it was recognized as a policy, as a clause for users. */
  readonly reason: string;
}

/**
 * The locations of policies in the input and output of the AWS CLI: `iam get-policy-version`, `iam get-role`, `iam
 * create-role`, `iam get-role-policy`, `organizations describe-policy`, `s3api get-bucket-policy`, `sqs
 * get-queue-attributes`, `secretsmanager get-resource-policy`. Some are objects, some are JSON strings.
 * https://docs.aws.amazon.com/cli/latest/reference/iam/get-policy-version.html
 * https://docs.aws.amazon.com/cli/latest/reference/organizations/describe-policy.html
 */
const WRAPPERS: readonly { readonly path: readonly string[]; readonly kind?: PolicyKind }[] = [
  { path: ['PolicyVersion', 'Document'] },
  { path: ['Role', 'AssumeRolePolicyDocument'], kind: 'trust' },
  { path: ['AssumeRolePolicyDocument'], kind: 'trust' },
  { path: ['PolicyDocument'] },
  { path: ['Policy', 'Content'] },
  { path: ['Attributes', 'Policy'] },
  { path: ['ResourcePolicy'] },
  { path: ['Policy'] },
];

const ELEMENTS: readonly string[] = ['Version', 'Id', 'Statement'];

/** The versions of the policy language. Languages of other clouds have the same elements and other versions. */
const VERSION = /^20(?:12|08)-10-17$/;

/**
 * The policy that a document is or wraps; undefined if it is something else. An incomplete document is recognized by
 * its version or, if `name` mentions policies, by its first elements.
 */
export function policyIn(root: Node | undefined, name: string): FoundPolicy | undefined {
  if (root?.kind !== 'map') return undefined;
  if (valueOf(root, 'Statement') || valueOf(root, 'Version')) return bare(root, name);
  for (const { path, kind } of WRAPPERS) {
    const node = path.reduce<Node | undefined>(valueOf, root);
    if (node && holdsPolicy(node)) return { node, ...kindIn(root, kind), reason: `${path.join('.')} with a policy` };
  }
  return undefined;
}

function bare(root: Node & { readonly kind: 'map' }, name: string): FoundPolicy | undefined {
  const version = textOf(valueOf(root, 'Version'));
  if (version !== undefined && version !== '' && !/^\d{4}-\d\d-\d\d$/.test(version)) return undefined;
  if (isStackPolicy(valueOf(root, 'Statement'))) return undefined;
  if (isStatements(valueOf(root, 'Statement'))) return { node: root, reason: 'Statement with Effect' };
  if (version !== undefined && VERSION.test(version) && root.pairs.some(({ name: key }) => /^statements?$/i.test(key)))
    return { node: root, reason: `Statement and policy language version ${version}` };
  if (!root.pairs.every((pair) => ELEMENTS.some((element) => element.startsWith(pair.name)))) return undefined;
  if (version !== undefined && VERSION.test(version))
    return { node: root, reason: `policy language version ${version}` };
  return mentionsPolicies(name) && valueOf(root, 'Statement')
    ? { node: root, reason: 'Statement and its file name' }
    : undefined;
}

/** The kind of a policy according to the properties that the AWS CLI writes next to it. */
function kindIn(root: Node, kind: PolicyKind | undefined): Pick<FoundPolicy, 'kind'> {
  switch (textOf(['Policy', 'PolicySummary', 'Type'].reduce<Node | undefined>(valueOf, root))) {
    case 'SERVICE_CONTROL_POLICY':
      return { kind: 'scp' };
    case 'RESOURCE_CONTROL_POLICY':
      return { kind: 'rcp' };
    default:
      return kind ? { kind } : {};
  }
}

function holdsPolicy(node: Node): boolean {
  if (node.kind === 'map') return isStatements(valueOf(node, 'Statement'));
  return (
    node.kind === 'scalar' && /^\s*\{/.test(node.value) && /"Statement"/.test(node.value) && /"Effect"/.test(node.value)
  );
}

function isStatements(node: Node | undefined): boolean {
  return itemsIn(node).some((statement) => valueOf(statement, 'Effect') !== undefined);
}

/**
 * Whether statements are those of a CloudFormation stack policy, a language with the same elements. Its actions are
 * updates of resources, and it has a condition key of its own, ResourceType.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
 */
function isStackPolicy(node: Node | undefined): boolean {
  const actions = flatMap(itemsIn(node), (statement) =>
    flatMap(['Action', 'NotAction'], (element) => itemsIn(valueOf(statement, element))),
  );
  return actions.length > 0 && actions.every((action) => /^update:/i.test(textOf(action) ?? ''));
}

/** The items of a list; another value is its own only item. */
function itemsIn(node: Node | undefined): readonly (Node | undefined)[] {
  return node?.kind === 'list' ? node.items.map((item) => resolved(item.value)) : node ? [node] : [];
}

function mentionsPolicies(name: string): boolean {
  return /polic(?:y|ies)/i.test(name);
}

/** Whether a YAML text is a policy, judged by the keys at the start of its lines. */
export function isYamlPolicy(text: string): boolean {
  return (
    /^\ufeff?["']?Statement["']?\s*:/m.test(text) &&
    /^\ufeff?["']?Version["']?\s*:\s*["']?20(?:12|08)-10-17["']?\s*(?:#.*)?$/m.test(text)
  );
}

/**
 * The first placeholder outside the strings of a JSON text, which makes it a template: `${…}` and `%{…}` of Terraform's
 * `templatefile`, `{{…}}` and `{%…%}` of Jinja, `<%…%>`, `$NAME` of `envsubst` in place of a value. Undefined for other
 * texts, including those with placeholders in strings, which are JSON. A string without closing quote ends with its
 * line.
 */
export function templatePlaceholder(text: string): string | undefined {
  const outside = text.replaceAll(/"(?:[^"\\\r\n]|\\.)*"?/g, '');
  const opening = /[$%]\{|\{[{%]|<%/.exec(outside)?.[0];
  if (opening !== undefined) return `${opening}…${CLOSING.get(opening) ?? '}'}`;
  return /[:[,]\s*(\$[A-Za-z_]\w*)/.exec(outside)?.[1];
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  ['{{', '}}'],
  ['{%', '%}'],
  ['<%', '%>'],
]);
