import { isPolicyFile } from '../../../model/format.ts';
import { all, judgement } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { PolicyDocument } from '../../../model/policy.ts';
import type { Leaf, Value } from '../../../model/value.ts';
import { arnFault } from '../../../policy/resource/arn-fault.ts';
import { readOperator } from '../../../policy/text/condition-operator.ts';
import { textWithUnknowns } from '../../../policy/text/condition-text.ts';
import { statementExists } from '../../../policy/statement/elements.ts';
import { generatedIn, placeholderInPrincipal, placeholderInValue } from '../../../policy/text/placeholder.ts';
import { principalsIn } from '../../../policy/principal/principal.ts';
import { resultsOf, writtenResource } from '../../../policy/statement/written.ts';
import { defineRule, type Context, type Violation } from '../../rule.ts';
import { aliasesOf, ARN_CODES } from './arn-codes.ts';

export default defineRule({
  id: 'iam-policy-placeholder',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  severity: 'low',
  profile: 'recommended',
  judged: '2026-11-28',
  title: 'Policies should not contain placeholders',
  keywords: ['example account ID', 'unreplaced placeholder', 'template variable', 'ACCOUNT-ID', 'invalid ARN'],
  why: 'AWS compares a placeholder literally, or rejects the policy: the access that you mean to grant is missing, and what you mean to deny stays allowed.',
  remedy: 'Replace the placeholder with your own account ID, Region, ARN or other value before you deploy the policy.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html':
      'An account is given by twelve digits, a Region by its code; italicized text in examples is to be replaced.',
  },
  aliases: { 'access-analyzer': [...new Set(Object.values(ARN_CODES).flat())], parliament: ['INVALID_ARN'] },
  fix: 'none',
  *check(policy, context) {
    const found = [...inResources(policy, context), ...inPrincipals(policy), ...inConditions(policy)];
    if (found.length === 0) return;
    const parts = [...new Set(found.map(({ part }) => part))];
    const partOf = new Map<Violation, string>(
      found.map(({ part, fault }) => [{ ...fault, also: `This contains the placeholder ${part}.` }, part]),
    );
    // One finding covers them all, because they are replaced together.
    yield {
      violations: [...partOf.keys()],
      // In practice these are placeholders of a generator, which replaces them before deployment.
      ...(parts.every((part) => part.startsWith('${')) ? { severity: 'info', profile: 'strict' } : {}),
      message: (_shown, _leaf, violation) =>
        `${policy.host.displayName} contains the placeholder ${partOf.get(violation)!}${parts.length > 1 ? ` and ${parts.length - 1} more` : ''}. Replace it before you deploy the policy; AWS matches it literally.`,
    };
  },
});

/** A placeholder and its place. */
interface Placeholder {
  readonly part: string;
  readonly fault: Violation;
}

/** The placeholder of a generator in a policy file, which AWS would read unchanged. */
function generated(policy: PolicyDocument, value: Value): string | undefined {
  return isPolicyFile(policy.host.format) ? generatedIn(value) : undefined;
}

function* inResources(policy: PolicyDocument, { iam, actions, stack }: Context): Iterable<Placeholder> {
  if (!iam || policy.kind === 'trust') return;
  const textOf = writtenResource(stack);
  for (const statement of policy.statements)
    for (const element of [statement.resources, statement.notResources])
      for (const { value, when } of itemsOf(element, true).items) {
        const present = all(statementExists(policy, statement), judgement(when));
        const part = generated(policy, value);
        if (part !== undefined) yield { part, fault: { wrong: present, at: value, aliases: {} } };
        else
          for (const { what, wrong } of resultsOf(value, textOf, (text) => arnFault(text, iam, actions)))
            if (what.kind === 'placeholder') {
              yield {
                part: what.part,
                fault: {
                  wrong: all(present, wrong),
                  at: value,
                  aliases: what.otherwise ? aliasesOf(what.otherwise) : {},
                },
              };
            }
      }
}

function* inPrincipals(policy: PolicyDocument): Iterable<Placeholder> {
  for (const statement of policy.statements)
    for (const element of [statement.principals, statement.notPrincipals])
      for (const { kind, value, when } of principalsIn(element)) {
        if (kind !== undefined)
          yield* inValue(policy, value, all(statementExists(policy, statement), judgement(when)), (text) =>
            placeholderInPrincipal(kind, text),
          );
      }
}

function* inConditions(policy: PolicyDocument): Iterable<Placeholder> {
  for (const statement of policy.statements)
    for (const condition of statement.conditions) {
      const [key, family] = [condition.key.toLowerCase(), readOperator(condition.operator)?.family];
      const present = all(statementExists(policy, statement), judgement(condition.when));
      for (const { value, when } of itemsOf(condition.values, true).items)
        yield* inValue(policy, value, all(present, judgement(when)), (text) => placeholderInValue(text, key, family));
    }
}

function shownText(leaf: Leaf): string | undefined {
  return leaf.origin.secret ? undefined : textWithUnknowns(leaf);
}

function* inValue(
  policy: PolicyDocument,
  value: Value,
  there: Violation['wrong'],
  find: (text: string) => string | undefined,
): Iterable<Placeholder> {
  const generator = generated(policy, value);
  if (generator !== undefined) return void (yield { part: generator, fault: { wrong: there, at: value, aliases: {} } });
  for (const { what, wrong } of resultsOf(value, shownText, find))
    yield { part: what, fault: { wrong: all(there, wrong), at: value, aliases: {} } };
}
