import { NewPseudo, type Fix, type NewText, type NewValue } from '../../model/edit.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Stack } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import { all, judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import { arnFault, type ArnFault, type ArnFaultKind } from '../../policy/arn-fault.ts';
import { inPlaceOf } from '../../policy/arn-template.ts';
import { isThere } from '../../policy/elements.ts';
import { arnInstead } from '../../policy/rewritten.ts';
import { foundIn, writtenResource } from '../../policy/written.ts';
import { called, weight, type Code } from '../access-analyzer.ts';
import { defineRule, type Report } from '../rule.ts';

const CODES: Readonly<Record<ArnFaultKind, readonly Code[]>> = {
  'prefix': ['INVALID_ARN_PREFIX'], 'fields': ['MISSING_ARN_FIELD'], 'partition': ['INVALID_PARTITION'], 'service-case': ['INVALID_ARN_SERVICE_CASE'],
  'service': ['INVALID_SERVICE'], 'region': ['INVALID_ARN_REGION'], 'new-region': ['INVALID_ARN_REGION'], 'foreign-region': ['INVALID_ARN_REGION'], 'account': ['INVALID_ARN_ACCOUNT'],
  'region-not-allowed': ['ARN_REGION_NOT_ALLOWED'], 'account-not-allowed': ['ARN_ACCOUNT_NOT_ALLOWED'], 'place-not-allowed': ['ARN_ACCOUNT_NOT_ALLOWED', 'ARN_REGION_NOT_ALLOWED'],
  'region-missing': ['MISSING_ARN_REGION'], 'account-missing': ['MISSING_ARN_ACCOUNT'], 'place-missing': ['MISSING_ARN_ACCOUNT', 'MISSING_ARN_REGION'],
  'resource': ['INVALID_ARN_RESOURCE'],
};

/** What the data may be too old for. */
const SOFT: ReadonlySet<ArnFaultKind> = new Set(['service', 'new-region', 'resource']);

export default defineRule({
  id: 'iam-policy-invalid-arn',
  on: 'policy', alone: true,
  topic: 'identity', severity: 'high', profile: 'recommended', since: '0.1', judged: '2026-11-26',
  title: 'IAM policy names resources by ARNs that exist',
  why: 'An ARN of a form that no resource has matches nothing: what was meant to be allowed is not, and what was meant to be denied is not denied.',
  remedy: 'Write ARNs in the form that the service documents for its resources, with Region and account where it has them and nothing where it has not.',
  sources: [
    { url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html', claim: 'Errors: an ARN without its prefix or with missing fields, an unknown partition or Region, an account that has not twelve digits, a service in capitals, a Region or account where the service has none, and none where it needs one.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html', claim: 'An ARN is arn, partition, service, Region, account and resource, separated by colons; the Region or account is left empty for some resources.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html', claim: 'Resource and NotResource take ARNs or a star, with wildcards in the parts of an ARN.', seen: '2026-11-26' },
  ],
  aliases: { 'access-analyzer': [...new Set(Object.values(CODES).flat())], parliament: ['INVALID_ARN'] },
  controls: {},
  fix: 'suggestion',
  *check(policy, { iam, actions, stack }) {
    if (!iam || policy.kind === 'trust') return;
    const textOf = writtenResource(stack);
    const faults = new Map<string, ArnFault | undefined>();
    const find = (text: string): ArnFault | undefined => {
      if (!faults.has(text)) faults.set(text, arnFault(text, iam, actions));
      return faults.get(text);
    };
    for (const statement of policy.statements) for (const items of [itemsOf(statement.resources, true), itemsOf(statement.notResources, true)]) for (const { value, when } of items.items) {
      for (const { what, wrong } of foundIn(value, textOf, find)) yield report(what, policy, iam.date, stack, { wrong: all(isThere(policy, statement), judgement(when), wrong), at: value });
    }
  },
});

function report(fault: ArnFault, policy: PolicyDocument, date: string, stack: Stack, { wrong, at }: Report['faults'][number]): Report {
  const codes = CODES[fault.kind];
  return {
    faults: [{ wrong, at, aliases: { ...called(...codes), parliament: ['INVALID_ARN'] } }],
    ...weight(codes[0]!),
    ...SOFT.has(fault.kind) ? { severity: fault.meant === undefined ? 'low' : 'medium' } : {},
    message: (shown) => `The policy in ${policy.host.displayName} names the resource ${shown}, ${said(fault, date)}.`,
    fixes: (leaf) => fixesOf(fault, policy, leaf, stack),
  };
}

function said({ kind, part, service, form, meant }: ArnFault, date: string): string {
  const hint = meant !== undefined ? `write ${meant}` : form !== undefined ? `write it as ${form}` : undefined;
  switch (kind) {
    case 'prefix': return `which is no ARN, so the policy is refused or matches nothing; ${hint ?? 'begin it with arn:'}`;
    case 'fields': return `in which parts of an ARN are missing; ${hint ?? 'write arn, partition, service, Region, account and resource with colons between them'}`;
    case 'partition': return `in which ${part === '' ? 'the partition is missing' : `${part} is no partition of AWS`}, so it matches nothing; ${hint ?? 'write aws, or that of your Regions'}`;
    case 'service-case': return `in which the service is written in capitals, so it matches nothing; ${hint!}`;
    case 'service': return part === '' ? 'in which the service is missing, so it matches nothing; name the service' : `in which ${part} is no service that is known (data of ${date}), so it matches nothing; ${hint ?? 'name the service by its prefix'}`;
    case 'region': case 'new-region': return `in which ${part} is no Region that is known, so it matches nothing; ${hint ?? 'name a Region of AWS'}`;
    case 'foreign-region': return `in which ${part} is a Region of the partition ${form!}, so it matches nothing; ${hint ?? `write ${form!} as the partition`}`;
    case 'account': return `in which ${part} is no account, so it matches nothing; write the twelve digits of the account`;
    case 'region-not-allowed': return `with a Region, which the ARNs of ${service} do not have there, so it matches nothing; leave it empty`;
    case 'account-not-allowed': return `with an account, which the ARNs of ${service} do not have there, so it matches nothing; leave it empty`;
    case 'place-not-allowed': return `with a Region and an account, which the ARNs of ${service} do not have there, so it matches nothing; leave both empty`;
    case 'region-missing': return `without the Region that the ARNs of ${service} have, so it matches nothing; write the Region, or * for all`;
    case 'account-missing': return `without the account that the ARNs of ${service} have, so it matches nothing; write the account, or * for any`;
    case 'place-missing': return `without the Region and the account that the ARNs of ${service} have, so it matches nothing; write them, or * for any`;
    case 'resource': return `whose end is that of no resource of ${service} that is known (data of ${date}), so it matches nothing; ${hint ?? 'write it as the service documents it'}`;
  }
}

const WHAT: Partial<Readonly<Record<ArnFaultKind, string>>> = {
  'region-missing': ' (any Region)', 'account-missing': ' (any account)', 'place-missing': ' (any Region and account)',
};

function fixesOf({ kind, meant }: ArnFault, policy: PolicyDocument, target: Leaf, stack: Stack): readonly Fix[] {
  const fix = (title: string, value: NewValue): Fix => ({ title, safe: false, uncovers: 'effect', edits: [{ op: 'replace', resource: policy.host, target, value }] });
  const arn = kind === 'prefix' ? arnInstead(target, stack) : undefined;
  if (arn) return [fix(`Write the ARN of ${arn.to.displayName}`, arn)];
  if (meant === undefined) return [];
  const own = WHAT[kind] ? inPlaceOf(policy, meant) : undefined;
  return [...own ? [fix(`Write ${shownText(own)}`, own)] : [], fix(`Write ${meant}${WHAT[kind] ?? ''}`, meant)];
}

function shownText({ pieces }: NewText): string {
  return pieces.map((piece) => typeof piece === 'string' ? piece : piece instanceof NewPseudo ? `\${${piece.name}}` : '').join('');
}
