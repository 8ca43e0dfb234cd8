import type { Fix } from '../../model/edit.ts';
import { all, judgement, type Predicate } from '../../model/judgement.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Value } from '../../model/value.ts';
import { hasWildcard } from '../../policy/condition-text.ts';
import { conditionsOf, knownText, listed, says, unless } from '../../policy/conditions.ts';
import { nearest } from '../../policy/nearest.ts';
import { isRegion, mayBeRegion, REGION_KEYS, regionsOf } from '../../policy/region.ts';
import { called, weight, type Code } from '../access-analyzer.ts';
import { defineRule, type Context } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-value-format',
  on: 'policy', alone: true, conditions: true,
  topic: 'identity', severity: 'high', profile: 'recommended', since: '0.1', judged: '2026-11-26',
  title: 'Values of IAM conditions have the form that their keys have in requests',
  why: 'A Region that does not exist, or a VPC or key that is named in another way than requests name it, is compared with what requests have and is never the same.',
  remedy: 'Write ids of VPCs and endpoints, names of Regions and ARNs of KMS keys as AWS writes them.',
  sources: [
    { url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html', claim: 'Ids of VPCs and endpoints have their prefix and 8 or 17 hexadecimal digits; Regions have to be valid; the value for a KMS key has to be its full ARN.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_SSEKMSEncryption.html', claim: 'Where S3 takes the ARN of a KMS key, neither the id of a key nor an alias will do.', seen: '2026-11-26' },
  ],
  aliases: called('INVALID_VPC_FORMAT', 'INVALID_VPCE_FORMAT', 'INVALID_REGION', 'INVALID_KMS_KEY_VALUE'),
  controls: {},
  fix: 'suggestion',
  *check(policy, context) {
    for (const { condition, operator, key, there } of conditionsOf(policy)) {
      if (operator?.family !== 'String' && operator?.family !== 'Arn') continue;
      for (const form of formsOf(key, operator.how === 'like', operator.comparison === 'equalsIgnoreCase', context)) for (const { value, when } of listed(condition)) {
        const wrong = all(there, judgement(when), says(value, operator.how === 'equals' ? withoutWildcards(form.isWrong) : form.isWrong));
        if (wrong.no.isAlways()) continue;
        yield {
          faults: [{ wrong, at: value, aliases: called(form.code) }],
          ...weight(form.code),
          ...form.severity ? { severity: form.severity } : {},
          message: (shown) => `The policy in ${policy.host.displayName} compares ${condition.key} with ${shown}, ${form.words}.`,
          fixes: (leaf) => form.names ? renamed(policy, value, nearest(knownText(leaf) ?? '', form.names())) : [],
        };
      }
    }
  },
});

interface Form {
  readonly code: Code;
  readonly severity?: 'low';
  readonly isWrong: Predicate;
  /** What it is, what comes of it, what to do. */
  readonly words: string;
  /** The names of which one is meant, where that can be guessed. */
  readonly names?: () => Iterable<string>;
}

/** Which forms the values of a key, in lower case, have. */
function formsOf(key: string, like: boolean, anyCase: boolean, context: Context): readonly Form[] {
  const id = IDS[key];
  if (id) return [{ code: id.code, isWrong: unless((text) => isId(anyCase ? text.toLowerCase() : text, id.prefix, like)), words: `which is no id of ${id.what}, so that no request has it; write ${id.prefix}- and the 8 or 17 hexadecimal digits` }];
  const { iam } = context;
  if (REGION_KEYS.has(key) && iam) {
    const known = (text: string): boolean => isRegion(iam, anyCase ? text.toLowerCase() : text, like) || key === 's3:locationconstraint' && /^(?:EU)?$/.test(text);
    return [
      { code: 'INVALID_REGION', isWrong: unless((text) => known(text) || mayBeRegion(iam, text, like)), words: 'which is no Region, so that no request has it; write the name of a Region such as eu-west-1', names: () => regionsOf(iam) },
      { code: 'INVALID_REGION', severity: 'low', isWrong: unless((text) => known(text) || !mayBeRegion(iam, text, like)), words: `which is no Region that was known on ${iam.date}; see whether it is one by now`, names: () => regionsOf(iam) },
    ];
  }
  if (/kms-?key/.test(key) && isArnKey(key, context)) return [{
    code: 'INVALID_KMS_KEY_VALUE', isWrong: unless(isKeyArn), words: 'where requests have the full ARN of a KMS key, so that it is never the same; write arn:aws:kms:REGION:ACCOUNT:key/ID',
  }];
  return [];
}

const IDS: Readonly<Record<string, { readonly code: Code; readonly prefix: string; readonly what: string }>> = {
  'aws:sourcevpc': { code: 'INVALID_VPC_FORMAT', prefix: 'vpc', what: 'a VPC' },
  'aws:sourcevpce': { code: 'INVALID_VPCE_FORMAT', prefix: 'vpce', what: 'a VPC endpoint' },
};

/** Whether a text is an id, or a pattern that ids can fit. */
function isId(text: string, prefix: string, like: boolean): boolean {
  if (!like || !hasWildcard(text)) return new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`).test(text);
  const start = /^[^*?]*/.exec(text)![0];
  return `${prefix}-`.startsWith(start) || new RegExp(`^${prefix}-[0-9a-f]{0,17}$`).test(start);
}

function isArnKey(key: string, context: Context): boolean {
  const keys = context.actions(key.split(':')[0]!)?.keys;
  return keys?.named(key)?.kind === 'ARN';
}

/** An ARN of KMS, or a pattern that may be one. An alias has an ARN as well, of which it is not known whether requests can have it. */
function isKeyArn(text: string): boolean {
  return /^(?:[*?]|arn:[^:]*(?:[*?][^:]*$|:(?:kms|[^:]*[*?][^:]*)(?::|$)))/.test(text);
}

/** The same of what has no wildcards: where these count for nothing, that is what is wrong, and another rule says so. */
function withoutWildcards(what: Predicate): Predicate {
  return { ...what, known: (leaf) => !hasWildcard(leaf.raw) && what.known(leaf) };
}

function renamed(policy: PolicyDocument, target: Value, name: string | undefined): readonly Fix[] {
  return name === undefined ? [] : [{ title: `Write ${name} (so that the condition holds for requests there)`, safe: false, uncovers: 'effect', edits: [{ op: 'replace', resource: policy.host, target, value: name }] }];
}
