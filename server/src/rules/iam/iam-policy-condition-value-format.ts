import { table, type Table } from '../../base/table.ts';
import type { Fix } from '../../model/edit.ts';
import { all, judgement, type Predicate } from '../../model/judgement.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Value } from '../../model/value.ts';
import { hasWildcard } from '../../policy/condition-text.ts';
import { conditionsOf, knownText, listed, says, unless } from '../../policy/conditions.ts';
import { nearest } from '../../policy/nearest.ts';
import { isRegion, mayBeRegion, REGION_KEYS, regionsOf } from '../../policy/region.ts';
import type { IamData } from '../../policy/iam-data.ts';
import { analyzerAliases, severityOf, type Code } from '../access-analyzer.ts';
import { defineRule, type Context } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-value-format',
  on: 'policy',
  selfContained: true,
  conditions: true,
  topic: 'identity',
  severity: 'high',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'Condition values should have the format of their key',
  why: 'A condition value in another format than requests have it, such as a misspelled Region, service principal or VPC ID, never matches.',
  remedy: 'Write VPC and endpoint IDs, Region codes, service principals and KMS key ARNs as AWS writes them.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim:
        'Ids of VPCs and endpoints have their prefix and 8 or 17 hexadecimal digits; Regions have to be valid; the value for a KMS key has to be its full ARN.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html',
      claim: 'kms:ViaService holds the name of a service in a Region: service.region.amazonaws.com.',
      seen: '2026-11-28',
    },
    {
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_SSEKMSEncryption.html',
      claim: 'Where S3 takes the ARN of a KMS key, neither the id of a key nor an alias will do.',
      seen: '2026-11-26',
    },
  ],
  aliases: analyzerAliases(
    'INVALID_VPC_FORMAT',
    'INVALID_VPCE_FORMAT',
    'INVALID_REGION',
    'INVALID_KMS_KEY_VALUE',
    'INVALID_SERVICE_PRINCIPAL_FORMAT',
  ),
  controls: {},
  fix: 'suggestion',
  *check(policy, context) {
    for (const { condition, operator, key, there } of conditionsOf(policy)) {
      if (operator?.family !== 'String' && operator?.family !== 'Arn') continue;
      for (const form of formsOf(key, operator.how === 'like', operator.comparison === 'equalsIgnoreCase', context))
        for (const { value, when } of listed(condition)) {
          const wrong = all(
            there,
            judgement(when),
            says(value, operator.how === 'equals' ? withoutWildcards(form.isWrong) : form.isWrong),
          );
          if (wrong.no.isAlways()) continue;
          yield {
            violations: [{ wrong, at: value, aliases: analyzerAliases(form.code) }],
            ...severityOf(form.code),
            ...(form.severity ? { severity: form.severity } : {}),
            message: (shown) =>
              `The policy in ${policy.host.displayName} compares ${condition.key} with ${shown}, ${form.words}.`,
            fixes: (leaf) => (form.names ? renamed(policy, value, nearest(knownText(leaf) ?? '', form.names())) : []),
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
  if (id)
    return [
      {
        code: id.code,
        isWrong: unless((text) => isId(anyCase ? text.toLowerCase() : text, id.prefix, like)),
        words: `which is not the ID of ${id.what}, so it never matches. Write ${id.prefix}- and 8 or 17 hexadecimal digits`,
      },
    ];
  const { iam } = context;
  if (REGION_KEYS.has(key) && iam) {
    const known = (text: string): boolean =>
      isRegion(iam, anyCase ? text.toLowerCase() : text, like) ||
      (key === 's3:locationconstraint' && /^(?:EU)?$/.test(text));
    return [
      {
        code: 'INVALID_REGION',
        isWrong: unless((text) => known(text) || mayBeRegion(iam, text, like)),
        words: 'which is not a Region, so it never matches. Write a Region code such as eu-west-1',
        names: () => regionsOf(iam),
      },
      {
        code: 'INVALID_REGION',
        severity: 'low',
        isWrong: unless((text) => known(text) || !mayBeRegion(iam, text, like)),
        words: `which is not a known Region as of ${iam.date}. Check the Region code`,
        names: () => regionsOf(iam),
      },
    ];
  }
  if (SERVICE_KEYS.has(key) && iam)
    return [
      {
        code: 'INVALID_SERVICE_PRINCIPAL_FORMAT',
        isWrong: {
          ...unless((text) => isServicePrincipal(anyCase ? text.toLowerCase() : text, key, iam)),
          collection: false,
        },
        words:
          key === 'kms:viaservice'
            ? 'which is not a service endpoint name. Write SERVICE.REGION.amazonaws.com'
            : 'which is not a service principal. Write SERVICE.amazonaws.com',
      },
    ];
  if (/kms-?key/.test(key) && isArnKey(key, context))
    return [
      {
        code: 'INVALID_KMS_KEY_VALUE',
        isWrong: unless(isKeyArn),
        words: 'but requests have the full key ARN, so it never matches. Write arn:aws:kms:REGION:ACCOUNT:key/ID',
      },
    ];
  return [];
}

const IDS: Table<{ readonly code: Code; readonly prefix: string; readonly what: string }> = table({
  'aws:sourcevpc': { code: 'INVALID_VPC_FORMAT', prefix: 'vpc', what: 'a VPC' },
  'aws:sourcevpce': { code: 'INVALID_VPCE_FORMAT', prefix: 'vpce', what: 'a VPC endpoint' },
});

/** Whether a text is an id, or a pattern that ids can fit. */
function isId(text: string, prefix: string, like: boolean): boolean {
  if (!like || !hasWildcard(text)) return new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`).test(text);
  const start = /^[^*?]*/.exec(text)![0];
  return `${prefix}-`.startsWith(start) || new RegExp(`^${prefix}-[0-9a-f]{0,17}$`).test(start);
}

/**
 * Keys that hold service principals, in lower case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
const SERVICE_KEYS: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'iam:awsservicename',
  'iam:passedtoservice',
  'kms:viaservice',
]);

/** Whether a text has the form of a service principal, or is a pattern that one can fit. Whether there is such a service is another question. */
function isServicePrincipal(text: string, key: string, iam: IamData): boolean {
  if (hasWildcard(text)) return !/[\s/]|^arn:/.test(text);
  if (/[\s/:]/.test(text) || text !== text.toLowerCase()) return false;
  const suffix = [
    ...new Set(['aws.internal', 'amazon.com', ...[...iam.partitions.values()].map((partition) => partition.suffix)]),
  ].find((one) => text.endsWith(`.${one}`));
  if (suffix === undefined) return false;
  const name = text.slice(0, -suffix.length - 1);
  return key !== 'kms:viaservice' || /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(name);
}

function isArnKey(key: string, context: Context): boolean {
  const keys = context.actions(key.split(':')[0]!)?.keys;
  return keys?.named(key)?.kind === 'ARN';
}

/** An ARN of KMS, or a pattern that may be one. An alias has an ARN as well, of which it is not known whether requests can have it. */
function isKeyArn(text: string): boolean {
  return /^(?:[*?]|arn:[^:*?]*(?:[*?][^:]*(?:$|:(?:kms|[^:*?]*[*?][^:]*)(?::|$))|:(?:kms|[^:*?]*[*?][^:]*)(?::|$)))/.test(
    text,
  );
}

/** The same of what has no wildcards: where these count for nothing, that is what is wrong, and another rule says so. */
function withoutWildcards(what: Predicate): Predicate {
  return { ...what, known: (leaf) => !hasWildcard(leaf.raw) && what.known(leaf) };
}

function renamed(policy: PolicyDocument, target: Value, name: string | undefined): readonly Fix[] {
  return name === undefined
    ? []
    : [
        {
          title: `Write ${name} (so that the condition holds for requests there)`,
          safe: false,
          uncovers: 'effect',
          edits: [{ op: 'replace', resource: policy.host, target, value: name }],
        },
      ];
}
