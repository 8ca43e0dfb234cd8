import { accountSetting } from '../model/account-setting.ts';
import { QUOTAS } from '../model/quota.ts';
import type { Stack } from '../model/resource.ts';
import { policyHolders } from '../policy/allowance/policy-holders.ts';
import type { Context } from '../rules/rule.ts';
import type { CheckOptions } from './check.ts';
import { optionNumber, optionOf, optionTexts, portsOf } from './rule-options.ts';

/** The context that rules can query. */
export function contextOf(
  stack: Stack,
  { configuration, actions, iam, knownCalls }: Pick<CheckOptions, 'configuration' | 'actions' | 'iam' | 'knownCalls'>,
): Context {
  return {
    stack,
    actions,
    iam,
    beside: (policy) => policyHolders(policy, stack),
    allowed: knownCalls?.allowed,
    accounts: stack.stated?.accounts,
    ports: (rule, option) => portsOf(optionOf(configuration, stack.documents[0]!, rule, option)),
    number: (rule, option) => optionNumber(optionOf(configuration, stack.documents[0]!, rule, option), rule, option),
    texts: (rule, option) => optionTexts(optionOf(configuration, stack.documents[0]!, rule, option)),
    quota: (name) => configuration.quotas[name] ?? QUOTAS[name].usual,
    assume: (name, otherwise) => accountSetting(stack, name, otherwise),
  };
}
