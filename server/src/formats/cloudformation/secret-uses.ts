import { flatMap } from '../../base/flat-map.ts';
import { pushAll } from '../../base/push-all.ts';
import { memoizeSteps } from '../../base/steps.ts';
import { isSecretName } from '../../model/credential.ts';
import { childrenOf, resolved, textOf, valueOf, type Node } from '../../syntax/tree.ts';
import { mayNameSecret } from '../secret-places.ts';
import type { Template } from './evaluate.ts';

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

/** The number of nodes between two pauses. */
const NODES_OF_STEP = 500;

/**
 * The names of parameters that a template gives to a property for a credential, such as `MasterUserPassword: !Ref
 * Value`. Only what can contain the name of a credential is read, which is little of a large template.
 */
export const parametersInSecrets = memoizeSteps(function* ({
  tree,
  root,
}: Pick<Template, 'tree' | 'root'>): Generator<void, ReadonlySet<string>, undefined> {
  const names = new Set<string>();
  const resources = resolved(valueOf(root, 'Resources'));
  if (resources?.kind !== 'map') return names;
  const mayName = mayNameSecret(tree);
  const open: Node[] = flatMap(resources.pairs, (pair) =>
    mayName(pair) ? (resolved(valueOf(pair.value, 'Properties')) ?? []) : [],
  );
  let left = NODES_OF_STEP;
  for (let node = open.pop(); node; node = open.pop()) {
    if (--left === 0) {
      left = NODES_OF_STEP;
      yield;
    }
    if (!mayName(node)) continue;
    if (node.kind !== 'map') {
      pushAll(open, childrenOf(node));
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
});

/** The name in a `Ref` that is the whole value. */
function refIn(node: Node): string | undefined {
  const target = resolved(node);
  if (target?.tag?.name === '!Ref') return textOf(target);
  return target?.kind === 'map' && target.pairs.length === 1 ? textOf(resolved(valueOf(target, 'Ref'))) : undefined;
}
