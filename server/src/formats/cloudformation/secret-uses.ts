import type { Range } from '../../base/span.ts';
import { isSecretName } from '../../model/credential.ts';
import { childrenOf, resolved, textOf, valueOf, type Node } from '../../syntax/tree.ts';

/** Properties whose keys the author chooses, so that a key does not prove what the value is. */
const FREE_FORM: ReadonlySet<string> = new Set([
  'DefaultArguments',
  'Environment',
  'EnvironmentVariables',
  'Metadata',
  'Parameters',
  'Tags',
  'Variables',
]);

/**
 * The names of parameters that a template gives to a property for a credential, such as `MasterUserPassword: !Ref Value`.
 * @param root The root of the template.
 * @param mayName Whether a range of its document can contain the name of a credential. Most of a large template need not be read.
 */
export function parametersInSecrets(root: Node | undefined, mayName: (range: Range) => boolean): ReadonlySet<string> {
  const names = new Set<string>();
  const resources = resolved(valueOf(root, 'Resources'));
  if (resources?.kind !== 'map') return names;
  const open: Node[] = resources.pairs.flatMap((pair) =>
    mayName(pair) ? (resolved(valueOf(pair.value, 'Properties')) ?? []) : [],
  );
  for (let node = open.pop(); node; node = open.pop()) {
    if (!mayName(node)) continue;
    if (node.kind !== 'map') {
      open.push(...childrenOf(node));
      continue;
    }
    for (const pair of node.pairs) {
      if (!mayName(pair)) continue;
      const { name, value } = pair;
      if (FREE_FORM.has(name)) continue;
      const referenced = isSecretName(name) ? refIn(value) : undefined;
      if (referenced === undefined) open.push(value);
      else names.add(referenced);
    }
  }
  return names;
}

/** The name in a `Ref` that is the whole value. */
function refIn(node: Node): string | undefined {
  const target = resolved(node);
  if (target?.tag?.name === '!Ref') return textOf(target);
  return target?.kind === 'map' && target.pairs.length === 1 ? textOf(resolved(valueOf(target, 'Ref'))) : undefined;
}
