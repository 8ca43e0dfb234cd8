import { table, type Table } from '../../../base/table.ts';
import type { Fix } from '../../../model/edit.ts';
import { all, judgement, type Predicate } from '../../../model/judgement.ts';
import type { PolicyDocument } from '../../../model/policy.ts';
import type { Value } from '../../../model/value.ts';
import { hasWildcard } from '../../../policy/text/condition-text.ts';
import { ACCOUNT_KEYS } from '../../../policy/condition/key-values.ts';
import {
  conditionsOf,
  knownText,
  listedValues,
  literalMeets,
  literalFails,
} from '../../../policy/condition/conditions.ts';
import { nearest } from '../../../policy/text/nearest.ts';
import { isWrongAccount } from '../../../policy/principal/principal.ts';
import { isRegion, mayBeRegion, REGION_KEYS, regionsOf } from '../../../policy/data/region.ts';
import type { IamData } from '../../../policy/data/iam-data.ts';
import { analyzerAliases, severityOf, type Code } from '../../access-analyzer.ts';
import { defineRule, type Context } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-value-format',
  on: 'policy',
  selfContained: true,
  needs: { operators: ['String', 'Arn'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'Condition values should have the format of their key',
  keywords: [
    'aws:SourceVpc',
    'aws:SourceVpce',
    'aws:RequestedRegion',
    'kms:ViaService',
    'invalid Region',
    'invalid VPC ID',
    '12-digit account ID',
    'aws:SourceAccount',
  ],
  why: 'A condition value in a format that no request has, such as a misspelled Region, service principal, account ID or VPC ID, never matches.',
  remedy: 'Use the AWS format of VPC and endpoint IDs, account IDs, Region codes, service principals and KMS key ARNs.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'IDs of VPCs and endpoints have their prefix and 8 or 17 hexadecimal digits; Regions have to be valid; the value for a KMS key has to be its full ARN.',
    'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html': {
      claim: 'kms:ViaService holds the name of a service in a Region: service.region.amazonaws.com.',
      seen: '2026-11-28',
    },
    'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html': {
      claim: 'An AWS account ID is a 12-digit number.',
      seen: '2026-11-28',
    },
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_SSEKMSEncryption.html':
      'Where S3 requires the ARN of a KMS key, it accepts neither a key ID nor an alias.',
  },
  aliases: analyzerAliases(
    'INVALID_VPC_FORMAT',
    'INVALID_VPCE_FORMAT',
    'INVALID_REGION',
    'INVALID_KMS_KEY_VALUE',
    'INVALID_SERVICE_PRINCIPAL_FORMAT',
  ),
  fix: 'suggestion',
  *check(policy, context) {
    for (const { condition, operator, key, there } of conditionsOf(policy)) {
      if (operator?.family !== 'String' && operator?.family !== 'Arn') continue;
      for (const form of [
        ...formsOf(key, operator.how === 'like', operator.comparison === 'equalsIgnoreCase', context),
        ...accountForms(key, operator.family === 'Arn'),
      ])
        for (const { value, when } of listedValues(condition)) {
          const wrong = all(
            there,
            judgement(when),
            literalMeets(value, operator.how === 'equals' ? withoutWildcards(form.isWrong) : form.isWrong),
          );
          yield {
            violations: [{ wrong, at: value, aliases: form.code ? analyzerAliases(form.code) : {} }],
            ...(form.code ? severityOf(form.code) : {}),
            ...(form.severity ? { severity: form.severity } : {}),
            message: (shown) => `In ${policy.host.displayName}, the value ${shown} ${form.words(condition.key)}.`,
            fixes: (leaf) => (form.names ? renamed(policy, value, nearest(knownText(leaf) ?? '', form.names())) : []),
          };
        }
    }
  },
});

interface Form {
  /** The code of Access Analyzer for the violation. */
  readonly code?: Code;
  readonly severity?: 'low';
  readonly isWrong: Predicate;
  /** The rest of the message: the problem, its consequence, and the remedy. */
  readonly words: (key: string) => string;
  /** The valid names, if the intended one can be guessed. */
  readonly names?: () => Iterable<string>;
}

/** The valid formats of the values of a key, given in lower case. */
function formsOf(key: string, like: boolean, anyCase: boolean, context: Context): readonly Form[] {
  const id = IDS[key];
  if (id)
    return [
      {
        code: id.code,
        isWrong: literalFails((text) => isId(anyCase ? text.toLowerCase() : text, id.prefix, like)),
        words: (written) =>
          `is not the ID of ${id.what}. ${written} never has this value; use ${id.prefix}- and 8 or 17 hexadecimal digits`,
      },
    ];
  const { iam } = context;
  if (REGION_KEYS.has(key) && iam) {
    const known = (text: string): boolean =>
      isRegion(iam, anyCase ? text.toLowerCase() : text, like) || BESIDE_REGIONS[key]?.test(text) === true;
    return [
      {
        code: 'INVALID_REGION',
        isWrong: literalFails((text) => known(text) || mayBeRegion(iam, text, like)),
        words: (written) => `is not a Region. ${written} never has this value; use a Region code such as eu-west-1`,
        names: () => regionsOf(iam),
      },
      {
        code: 'INVALID_REGION',
        severity: 'low',
        isWrong: literalFails((text) => known(text) || !mayBeRegion(iam, text, like)),
        words: (written) =>
          `is an unknown Region. It does not exist (as of ${iam.date}); check the Region code in ${written}`,
        names: () => regionsOf(iam),
      },
    ];
  }
  if (SERVICE_KEYS.has(key) && iam)
    return [
      {
        code: 'INVALID_SERVICE_PRINCIPAL_FORMAT',
        isWrong: {
          ...literalFails((text) => isServicePrincipal(anyCase ? text.toLowerCase() : text, key, iam)),
          collection: false,
        },
        words: (written) =>
          key === 'kms:viaservice'
            ? `is not a service endpoint name. For ${written}, use SERVICE.REGION.amazonaws.com`
            : `is not a service principal. For ${written}, use SERVICE.amazonaws.com`,
      },
    ];
  if (/kms-?key/.test(key) && isArnKey(key, context))
    return [
      {
        code: 'INVALID_KMS_KEY_VALUE',
        isWrong: literalFails(isKeyArn),
        words: (written) => `is not a key ARN. ${written} never has this value; use arn:aws:kms:REGION:ACCOUNT:key/ID`,
      },
    ];
  return [];
}

/** The valid account IDs in values of account keys and in ARNs. */
function accountForms(key: string, byField: boolean): readonly Form[] {
  return ACCOUNT_KEYS.includes(key)
    ? [
        {
          isWrong: { collection: false, ...literalFails((text) => !isWrongAccount(text)) },
          words: (written) => `is not an account ID. ${written} never has this value; use the 12-digit account ID`,
        },
      ]
    : [
        {
          isWrong: { collection: false, ...literalFails((text) => !isWrongAccount(accountIn(text, byField))) },
          words: (written) =>
            `has an account ID without 12 digits. ${written} never has this value; use the 12-digit account ID`,
        },
      ];
}

/**
 * The account of an ARN. A wildcard before it can match more than its own field, unless ARNs are compared field by
 * field.
 */
function accountIn(text: string, byField: boolean): string {
  const [prefix, account = ''] = /^(arn:[^:]*:[^:]*:[^:]*):(\d+):./.exec(text)?.slice(1) ?? [''];
  return byField || !hasWildcard(prefix!) ? account : '';
}

/**
 * Values of Region keys that are not Regions: the old name of eu-west-1 and the empty one of us-east-1, and the value
 * for a model of Amazon Bedrock that any Region can serve.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucketConfiguration.html
 * https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
 */
const BESIDE_REGIONS: Table<RegExp> = table({
  's3:locationconstraint': /^(?:EU)?$/,
  'aws:requestedregion': /^unspecified$/,
});

const IDS: Table<{ readonly code: Code; readonly prefix: string; readonly what: string }> = table({
  'aws:sourcevpc': { code: 'INVALID_VPC_FORMAT', prefix: 'vpc', what: 'a VPC' },
  'aws:sourcevpce': { code: 'INVALID_VPCE_FORMAT', prefix: 'vpce', what: 'a VPC endpoint' },
});

/** Whether a string is an ID, or a pattern that IDs can match. */
function isId(text: string, prefix: string, like: boolean): boolean {
  if (!like || !hasWildcard(text)) return new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`).test(text);
  const start = /^[^*?]*/.exec(text)![0];
  return `${prefix}-`.startsWith(start) || new RegExp(`^${prefix}-[0-9a-f]{0,17}$`).test(start);
}

/**
 * Keys with service principals, in lower case.
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

/**
 * Whether a string has the format of a service principal, or is a pattern that can match one. The service need not
 * exist.
 */
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

/**
 * Whether a string is a KMS ARN, or a pattern that can match one. Whether requests can have the ARN of an alias is
 * unknown.
 */
function isKeyArn(text: string): boolean {
  return /^(?:[*?]|arn:[^:*?]*(?:[*?][^:]*(?:$|:(?:kms|[^:*?]*[*?][^:]*)(?::|$))|:(?:kms|[^:*?]*[*?][^:]*)(?::|$)))/.test(
    text,
  );
}

/**
 * The predicate, only for values without wildcards. Another rule reports wildcards under an operator that does not
 * support them.
 */
function withoutWildcards(what: Predicate): Predicate {
  return { ...what, known: (leaf) => !hasWildcard(leaf.raw) && what.known(leaf) };
}

function renamed(policy: PolicyDocument, target: Value, name: string | undefined): readonly Fix[] {
  return name === undefined
    ? []
    : [
        {
          title: `Change to ${name} (the condition then matches requests there)`,
          safe: false,
          uncovers: 'effect',
          edits: [{ op: 'replace', resource: policy.host, target, value: name }],
        },
      ];
}
