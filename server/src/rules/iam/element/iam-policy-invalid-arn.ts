import { NewPseudo, type Fix, type NewText, type NewValue } from '../../../model/edit.ts';
import { isPolicyFile, isTerraform } from '../../../model/format.ts';
import type { PolicyDocument } from '../../../model/policy.ts';
import type { Stack } from '../../../model/resource.ts';
import type { Leaf } from '../../../model/value.ts';
import { all, is, judgement, UNKNOWABLE, type Predicate } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import { sometimes } from '../../../model/quantified.ts';
import { arnFault, type ArnFault, type ArnFaultKind } from '../../../policy/resource/arn-fault.ts';
import { withStackScope } from '../../../policy/resource/arn-template.ts';
import { statementExists } from '../../../policy/statement/elements.ts';
import { equalWhenEmpty, generatedIn } from '../../../policy/text/placeholder.ts';
import { retiredService, retiredWords } from '../../../policy/data/retired-services.ts';
import { arnInstead } from '../../../policy/resource/rewritten.ts';
import { resultsOf, writtenResource } from '../../../policy/statement/written.ts';
import { severityOf } from '../../access-analyzer.ts';
import { defineRule, type Violation, type Report } from '../../rule.ts';
import { aliasesOf, ARN_CODES } from './arn-codes.ts';

/** Violations that can be false positives if the data is outdated. */
const SOFT: ReadonlySet<ArnFaultKind> = new Set(['service', 'new-region', 'resource']);

export default defineRule({
  id: 'iam-policy-invalid-arn',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['named-resource'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'Resource ARNs in policies should be valid',
  keywords: ['invalid ARN', 'malformed ARN', 'MalformedPolicyDocument', 'ARN format', 'account ID', 'Region'],
  why: 'A malformed ARN matches no resource: the access that you mean to grant is missing, and the access that you mean to deny stays allowed.',
  remedy: 'Use the ARN format that the service documents for its resource types.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Errors: an ARN without its prefix or with missing fields, an unknown partition or Region, an account that does not have twelve digits, a service in uppercase, a Region or account where the service has none, and none where it needs one.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html':
      'An ARN is arn, partition, service, Region, account and resource, separated by colons; the Region or account is left empty for some resources.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html': {
      claim:
        'Resource and NotResource support ARNs or *, with wildcards in the segments of an ARN. A * that is the last character of a segment can also match beyond the colon.',
      seen: '2026-11-28',
    },
  },
  aliases: { 'access-analyzer': [...new Set(Object.values(ARN_CODES).flat())], parliament: ['INVALID_ARN'] },
  fix: 'suggestion',
  *check(policy, { iam, actions, stack }) {
    if (!iam || policy.kind === 'trust') return;
    const textOf = writtenResource(stack);
    const violations = new Map<string, ArnFault | undefined>();
    const find = (text: string): ArnFault | undefined => {
      if (!violations.has(text)) violations.set(text, arnFault(text, iam, actions));
      return violations.get(text);
    };
    const emptied: Violation[] = [];
    for (const statement of policy.statements)
      for (const { items } of [itemsOf(statement.resources, true), itemsOf(statement.notResources, true)]) {
        const emptiedBy = equalWhenEmpty(items);
        for (const item of items) {
          const { value, when } = item;
          const present = all(statementExists(policy, statement), judgement(when));
          if (isPolicyFile(policy.host.format) && generatedIn(value)) continue;
          for (const { what, wrong } of resultsOf(value, textOf, find)) {
            const fault = { wrong: all(present, wrong), at: value, aliases: {} };
            // Another rule reports placeholders.
            if (what.kind === 'placeholder') continue;
            const by = emptiedBy(item);
            if (by === 'condition') continue;
            if (by === 'input') emptied.push(fault);
            else
              yield {
                ...report(what, policy, iam.date, stack, fault),
                ...(sometimes(is(value, IS_UNUSED)) ? { severity: 'low' } : {}),
              };
          }
        }
      }
    if (emptied.length > 0) {
      const input = isTerraform(policy.host.format) ? 'variable' : 'parameter';
      yield {
        violations: emptied.map((fault) => ({ ...fault, also: 'This ARN also depends on an empty default.' })),
        severity: 'low',
        message: `${policy.host.displayName} has an incomplete ARN where a ${input} keeps its empty default. Set the ${input} in every deployment, or remove the default.`,
      };
    }
  },
});

/** Words for no ARN, as the value of a parameter or mapping where a deployment has no such resource. */
const UNUSED = /^(?:un(?:defined|set|used)|not[ _-]?(?:used|set|applicable)|none|null|n\/?a|dummy|placeholder|empty)$/i;

const IS_UNUSED: Predicate = { known: ({ raw, origin }) => origin.steps.length > 0 && UNUSED.test(raw) };

function report(fault: ArnFault, policy: PolicyDocument, date: string, stack: Stack, { wrong, at }: Violation): Report {
  const [code] = ARN_CODES[fault.kind];
  return {
    violations: [{ wrong: fault.proven ? wrong : all(wrong, UNKNOWABLE), at, aliases: aliasesOf(fault.kind) }],
    ...severityOf(code!),
    ...(SOFT.has(fault.kind) ? { severity: fault.intended === undefined ? 'low' : 'medium' } : {}),
    message: (shown) => `In ${policy.host.displayName}, ${shown} ${messageEnd(fault, date)}.`,
    fixes: (leaf) => fixesOf(fault, policy, leaf, stack),
  };
}

/** The rest of the message: the problem, then the remedy. */
function messageEnd({ kind, part, service, form, intended }: ArnFault, date: string): string {
  const hint = intended !== undefined ? `use ${intended}` : form !== undefined ? `use ${form}` : undefined;
  switch (kind) {
    case 'prefix':
      return `is not an ARN. It matches nothing; ${hint ?? 'use arn:partition:service:region:account:resource'}`;
    case 'fields':
      return `lacks fields of an ARN. It matches nothing; ${hint ?? 'use arn:partition:service:region:account:resource'}`;
    case 'partition':
      return `${part === '' ? 'has no partition' : `has the unknown partition ${part}`}. It matches nothing; ${hint ?? 'use aws, or the partition of your Regions'}`;
    case 'service-case':
      return `has its service in uppercase. It matches nothing; ${hint ?? 'use lowercase'}`;
    case 'service':
      return part === ''
        ? 'has no service. It matches nothing; add the service prefix'
        : `${serviceWords(part, date)}; ${hint ?? 'use the prefix of an existing service, or remove it'}`;
    case 'region':
      return `has the unknown Region ${part}. It matches nothing; ${hint ?? 'use an AWS Region code'}`;
    case 'new-region':
      return `has the unknown Region ${part}. It does not exist (as of ${date}); check the Region code`;
    case 'foreign-region':
      return `has the Region ${part} of the partition ${form!}. It matches nothing; ${intended !== undefined ? `use ${intended}` : `use the partition ${form!}`}`;
    case 'account':
      return `has the invalid account ID ${part}. It matches nothing; use the 12-digit account ID`;
    case 'region-not-allowed':
      return `must not have a Region. This type of ${service} ARN has none, so it matches nothing; leave the Region empty`;
    case 'account-not-allowed':
      return `must not have an account ID. This type of ${service} ARN has none, so it matches nothing; leave the account ID empty`;
    case 'place-not-allowed':
      return `must not have a Region and account ID. This type of ${service} ARN has neither, so it matches nothing; leave both empty`;
    case 'region-missing':
      return `must have a Region. This type of ${service} ARN has one, so it matches nothing; add the Region, or *`;
    case 'account-missing':
      return `must have an account ID. This type of ${service} ARN has one, so it matches nothing; add the account ID, or *`;
    case 'place-missing':
      return `must have a Region and account ID. This type of ${service} ARN has both, so it matches nothing; add them, or *`;
    case 'resource':
      return `does not match any ARN format of ${service}. It may match nothing (as of ${date}); ${hint ?? 'check the resource types of the service'}`;
    case 'placeholder':
      return `contains the placeholder ${part}. Replace it before you deploy the policy`;
  }
}

function serviceWords(prefix: string, date: string): string {
  const retired = retiredService(prefix);
  return retired
    ? `belongs to ${retiredWords(retired)}. It matches nothing`
    : `has the unknown service ${prefix}. It matches nothing (as of ${date})`;
}

const WHAT: Partial<Readonly<Record<ArnFaultKind, string>>> = {
  'region-missing': ' (any Region)',
  'account-missing': ' (any account)',
  'place-missing': ' (any Region and account)',
};

function fixesOf({ kind, intended }: ArnFault, policy: PolicyDocument, target: Leaf, stack: Stack): readonly Fix[] {
  const fix = (title: string, value: NewValue): Fix => ({
    title,
    safe: false,
    uncovers: 'effect',
    edits: [{ op: 'replace', resource: policy.host, target, value }],
  });
  const arn = kind === 'prefix' ? arnInstead(target, stack) : undefined;
  if (arn) return [fix(`Use the ARN of ${arn.to.displayName}`, arn)];
  if (intended === undefined) return [];
  const own = WHAT[kind] ? withStackScope(policy, intended) : undefined;
  return [
    ...(own ? [fix(`Change to ${shownText(own)}`, own)] : []),
    fix(`Change to ${intended}${WHAT[kind] ?? ''}`, intended),
  ];
}

function shownText({ pieces }: NewText): string {
  return pieces
    .map((piece) => (typeof piece === 'string' ? piece : piece instanceof NewPseudo ? `\${${piece.name}}` : ''))
    .join('');
}
