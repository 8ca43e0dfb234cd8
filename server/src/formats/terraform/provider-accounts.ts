/** The accounts that the AWS providers of a configuration use, as far as their blocks name them. */
import { flatMap } from '../../base/flat-map.ts';
import { leaves, itemsOf } from '../../model/navigate.ts';
import type { ProviderAccounts } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { valueOf, type Node, type Tree } from '../../syntax/tree.ts';
import { objectsOf } from './bodies.ts';
import type { PlacedBody } from './overrides.ts';

/** The nested blocks with the role that a provider assumes. Of several, the last role is the one that it uses. */
const ASSUMING = ['assume_role', 'assume_role_with_web_identity'];

const ROLE_ARN = /^arn:[\w-]+:iam::(\d{12}):/;
export const ACCOUNT = /^\d{12}$/;

/** The account in the ARN of a role. */
export function accountOfRole(arn: string): string | undefined {
  return ROLE_ARN.exec(arn)?.[1];
}

/**
 * The accounts of the AWS providers of a module: that of the role that one assumes, or the accounts that it is limited
 * to.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs#argument-reference
 */
export function providerAccounts(
  providers: ReadonlyMap<string, readonly PlacedBody[]>,
  evaluate: (tree: Tree, node: Node) => Value,
): ProviderAccounts | undefined {
  const found = flatMap([...providers], ([name, bodies]) =>
    /^aws(?:\.|$)/.test(name) && !isPassed(bodies) ? [accountsOf(bodies, evaluate)] : [],
  );
  const ids = new Set(found.flat());
  return ids.size === 0 && found.length === 0 ? undefined : { ids, areAll: found.every((one) => one.length > 0) };
}

/**
 * Whether the blocks of a provider only name it, as a module does for one that its caller passes.
 * https://developer.hashicorp.com/terraform/language/modules/develop/providers#legacy-shared-modules-with-provider-configurations
 */
export function isPassed(bodies: readonly PlacedBody[]): boolean {
  return bodies.every(({ body }) => body.pairs.every(({ name }) => name === 'alias' || name === 'version'));
}

/** The accounts of several modules of a configuration, with the root module first. */
export function accountsTogether(
  hasDefault: boolean,
  modules: readonly (ProviderAccounts | undefined)[],
): ProviderAccounts | undefined {
  const named = flatMap(modules, (one) => one ?? []);
  const ids = new Set(flatMap(named, (one) => [...one.ids]));
  // Resources can use the default provider without a block, with the account of the environment.
  return ids.size === 0 ? undefined : { ids, areAll: hasDefault && named.every(({ areAll }) => areAll) };
}

/** The accounts of one provider; empty if it names none. */
export function accountsOf(
  bodies: readonly PlacedBody[],
  evaluate: (tree: Tree, node: Node) => Value,
): readonly string[] {
  const roles = flatMap(bodies, ({ tree, body }) =>
    flatMap(
      body.pairs.filter(({ name }) => ASSUMING.includes(name)),
      ({ value }) => objectsOf(value),
    ).map((block) => ({ tree, node: valueOf(block, 'role_arn') })),
  );
  const role = roles.at(-1);
  if (role?.node) {
    const accounts = flatMap(textsOf(evaluate(role.tree, role.node)), (arn) => accountOfRole(arn) ?? []);
    if (accounts.length > 0) return accounts;
  }
  return flatMap(bodies, ({ tree, body }) => {
    const node = valueOf(body, 'allowed_account_ids');
    return node
      ? flatMap(itemsOf(evaluate(tree, node)).items, ({ value }) => textsOf(value).filter((id) => ACCOUNT.test(id)))
      : [];
  });
}

/** The strings that a value can be. */
function textsOf(value: Value): readonly string[] {
  return flatMap(leaves(value), ({ value: leaf }) => (leaf.state === 'known' ? [leaf.raw] : []));
}
