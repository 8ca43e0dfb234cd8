/** The accounts that the AWS providers of a configuration use, as far as their blocks name them. */
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
 * The accounts of the AWS providers: that of the role that one assumes, or the accounts that it is limited to.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs#argument-reference
 */
export function providerAccounts(
  providers: ReadonlyMap<string, readonly PlacedBody[]>,
  evaluate: (tree: Tree, node: Node) => Value,
): ProviderAccounts | undefined {
  const found = [...providers].flatMap(([name, bodies]) =>
    /^aws(?:\.|$)/.test(name) ? [accountsOf(bodies, evaluate)] : [],
  );
  const ids = new Set(found.flat());
  // Resources can use the default provider without a block, with the account of the environment.
  const areAll = providers.has('aws') && found.every((one) => one.length > 0);
  return ids.size === 0 ? undefined : { ids, areAll };
}

function accountsOf(bodies: readonly PlacedBody[], evaluate: (tree: Tree, node: Node) => Value): readonly string[] {
  const roles = bodies.flatMap(({ tree, body }) =>
    body.pairs
      .filter(({ name }) => ASSUMING.includes(name))
      .flatMap(({ value }) => objectsOf(value))
      .map((block) => ({ tree, node: valueOf(block, 'role_arn') })),
  );
  const role = roles.at(-1);
  if (role?.node) {
    const accounts = textsOf(evaluate(role.tree, role.node)).flatMap((arn) => accountOfRole(arn) ?? []);
    if (accounts.length > 0) return accounts;
  }
  return bodies.flatMap(({ tree, body }) => {
    const node = valueOf(body, 'allowed_account_ids');
    return node
      ? itemsOf(evaluate(tree, node)).items.flatMap(({ value }) => textsOf(value).filter((id) => ACCOUNT.test(id)))
      : [];
  });
}

/** The strings that a value can be. */
function textsOf(value: Value): readonly string[] {
  return leaves(value).flatMap(({ value: leaf }) => (leaf.state === 'known' ? [leaf.raw] : []));
}
