/** The accounts that the AWS providers of a plan name in its configuration. */
import { flatMap } from '../../base/flat-map.ts';
import type { ProviderAccounts } from '../../model/resource.ts';
import { textOf, valueOf, type Node } from '../../syntax/tree.ts';
import { ACCOUNT, accountOfRole } from '../terraform/provider-accounts.ts';

/** https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation */
export function accountsInPlan(root: Node | undefined): ProviderAccounts | undefined {
  const providers = valueOf(valueOf(root, 'configuration'), 'provider_config');
  if (providers?.kind !== 'map') return undefined;
  const found = providers.pairs
    .filter(({ value }) => textOf(valueOf(value, 'name')) === 'aws')
    .map(({ value }) => accountsOf(valueOf(value, 'expressions')));
  const ids = new Set(found.flat());
  // Resources can use the default provider without a block, with the account of the environment.
  const areAll = valueOf(providers, 'aws') !== undefined && found.every((one) => one.length > 0);
  return ids.size === 0 ? undefined : { ids, areAll };
}

function accountsOf(expressions: Node | undefined): readonly string[] {
  const roles = flatMap(['assume_role', 'assume_role_with_web_identity'], (name) =>
    flatMap(itemsOf(valueOf(expressions, name)), (block) => constantIn(valueOf(block, 'role_arn'))),
  );
  const account = accountOfRole(roles.map((node) => textOf(node) ?? '').at(-1) ?? '');
  if (account !== undefined) return [account];
  return flatMap(constantIn(valueOf(expressions, 'allowed_account_ids')), itemsOf)
    .map((node) => textOf(node) ?? '')
    .filter((id) => ACCOUNT.test(id));
}

function constantIn(expression: Node | undefined): readonly Node[] {
  const value = valueOf(expression, 'constant_value');
  return value ? [value] : [];
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'list' ? node.items.map(({ value }) => value) : [];
}
