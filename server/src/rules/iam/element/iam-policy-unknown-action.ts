import { flatMap } from '../../../base/flat-map.ts';
import { some } from '../../../base/words.ts';
import type { Edit, Fix } from '../../../model/edit.ts';
import { all, judgement } from '../../../model/judgement.ts';
import { always } from '../../../model/quantified.ts';
import { itemsOf, leaves, type Items } from '../../../model/navigate.ts';
import type { PolicyDocument } from '../../../model/policy.ts';
import type { Leaf } from '../../../model/value.ts';
import { statementExists } from '../../../policy/statement/elements.ts';
import { actionCovers } from '../../../policy/statement/redundant.ts';
import { retiredWords } from '../../../policy/data/retired-services.ts';
import { unknownAction, type UnknownAction } from '../../../policy/statement/unknown-action.ts';
import { authoredAction, resultsOf, possibleTexts, writtenAction } from '../../../policy/statement/written.ts';
import { analyzerAliases, severityOf, type Code } from '../../access-analyzer.ts';
import { defineRule, type Violation, type Report } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-unknown-action',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'Policy actions should exist',
  keywords: [
    'unknown action',
    'invalid action',
    'misspelled action',
    'nonexistent permission',
    'Service Authorization Reference',
  ],
  why: 'IAM accepts actions that do not exist and ignores them: the access that you mean to grant is missing, and the access that you mean to deny stays allowed.',
  remedy:
    'Use the action names of the Service Authorization Reference. They can differ from the names of API operations and commands.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Errors: an action that does not exist, a service in an action that does not exist, each with a suggestion; invalid actions do not affect the permissions that a policy grants.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html':
      'An action is the prefix of a service, a colon and a name, optionally with wildcards; it is case-insensitive.',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api-actions.html':
      'There are no permissions for batch operations; those for SendMessage, DeleteMessage and ChangeMessageVisibility apply.',
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html':
      'The permissions of the operations in a transaction apply to the transaction.',
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html':
      'PartiQL statements require dynamodb:PartiQLSelect, PartiQLInsert, PartiQLUpdate or PartiQLDelete.',
    'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html':
      'Converse requires bedrock:InvokeModel, ConverseStream bedrock:InvokeModelWithResponseStream.',
    'https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html':
      'ReEncrypt is authorized by kms:ReEncryptFrom on the key that decrypts and by kms:ReEncryptTo on the one that encrypts; kms:ReEncrypt* covers both.',
    'https://docs.aws.amazon.com/bedrock/latest/userguide/inference.html':
      'Operations of the endpoint bedrock-runtime are allowed by actions of bedrock, such as bedrock:InvokeModel.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html':
      'The permissions that each S3 operation requires; many have another name than the operation.',
  },
  aliases: {
    'access-analyzer': ['INVALID_ACTION', 'INVALID_SERVICE_IN_ACTION'],
    parliament: ['UNKNOWN_ACTION', 'UNKNOWN_PREFIX'],
  },
  fix: 'safe',
  // An action without effect does not allow too much.
  subsumes: ['iam-policy-redundant-entry', 'iam-policy-service-wildcard-action'],
  *check(policy, { iam, actions }) {
    if (!iam) return;
    let named: readonly string[] | undefined;
    const violations = new Map<string, UnknownAction | undefined>();
    const find = (text: string): UnknownAction | undefined => {
      if (!violations.has(text))
        violations.set(
          text,
          unknownAction(text, iam, actions, () => (named ??= servicesIn(policy))),
        );
      return violations.get(text);
    };
    for (const statement of policy.statements)
      for (const items of [itemsOf(statement.actions, true), itemsOf(statement.notActions, true)]) {
        const isBeside = besides(items);
        const groups = new Map<unknown, [Unknown, ...Unknown[]]>();
        for (const { value, when } of items.items)
          for (const { what, wrong } of resultsOf(value, authoredAction, find)) {
            const one = {
              what,
              fault: { wrong: all(statementExists(policy, statement), judgement(when), wrong), at: value },
              beside: idleBeside(what).filter(isBeside),
            };
            const key = causeOf(one) ?? one;
            const group = groups.get(key);
            if (group) group.push(one);
            else groups.set(key, [one]);
          }
        for (const group of groups.values()) yield report(group, policy, iam.date);
      }
  },
});

/** An action that does not exist, and the actions in the same list that it requires. */
interface Unknown {
  readonly what: UnknownAction;
  readonly fault: Violation;
  readonly beside: readonly string[];
}

/**
 * The common cause of unknown actions in a list: their service does not exist or does not have them, they name no
 * service, or they are operations whose permissions are also listed, such as batch operations. Undefined for an action
 * with a cause of its own.
 */
function causeOf({ what: { why, prefix, intended, renamed, depending }, fault, beside }: Unknown): string | undefined {
  if (leaves(fault.at).length !== 1) return undefined;
  const isOperation = renamed === true || depending !== undefined;
  if (beside.length > 0) return isOperation ? 'operations' : undefined;
  if (isOperation && intended !== undefined) return 'operations meant';
  if (why === 'service') return `service ${prefix.toLowerCase()} ${intended === undefined ? '' : 'meant'}`;
  if (why === 'form') return intended === undefined ? 'form' : undefined;
  return isOperation || intended !== undefined ? undefined : `unknown ${prefix.toLowerCase()}`;
}

/**
 * The permissions that an operation requires, or the likely intended action. If one of them is listed, the unknown name
 * is redundant.
 */
function idleBeside({ intended, depending }: UnknownAction): readonly string[] {
  return intended !== undefined ? [intended] : (depending ?? []);
}

function report(group: readonly [Unknown, ...Unknown[]], policy: PolicyDocument, date: string): Report {
  const [{ what: unknown, beside }] = group;
  const { code, peer } = namesOf(unknown);
  return {
    violations: group.map(({ what, fault }) => ({
      ...fault,
      aliases: { ...analyzerAliases(code), parliament: [peer] },
      also: `The same applies to ${nameOf(what)}.`,
    })),
    ...severityOf(code),
    // An action without a similar one may be newer than the data, or withdrawn by AWS.
    ...(beside.length > 0 || (unknown.intended === undefined && !unknown.depending && unknown.why !== 'form')
      ? { severity: 'low' }
      : {}),
    message: `In ${policy.host.displayName}, ${group.length > 1 ? messageForSeveral(group, date) : messageFor(unknown, date, beside)}.`,
    fixes: (leaf) => (group.length > 1 ? fixesOfSeveral(group, policy) : fixesOf(unknown, policy, leaf, beside)),
  };
}

/** The message for several actions with a common cause. */
function messageForSeveral(group: readonly [Unknown, ...Unknown[]], date: string): string {
  const actions = group.map(({ what }) => what);
  const [
    {
      what: { why, prefix, intended, retired, renamed, depending },
      beside,
    },
  ] = group;
  const names = some(actions.map(nameOf), 1);
  if (beside.length > 0)
    return `${names} are API operations, not IAM actions. Remove them; the actions that they require are already listed`;
  const meanings = some(
    flatMap(actions, (one) => one.intended ?? []),
    2,
  );
  if ((renamed === true || depending !== undefined) && intended !== undefined)
    return `${names} are API operations, not IAM actions. Use ${meanings}, which they require`;
  if (why === 'form') return `${names} are not actions. Use the form service:Name, such as s3:GetObject`;
  if (why !== 'service')
    return `${names} are not known actions of ${prefix.toLowerCase()}. They have no effect (as of ${date}); correct the names, or remove them`;
  const what = retired ? `belong to ${retiredWords(retired)}` : `have the unknown service prefix ${prefix}`;
  const effect = `They have no effect (as of ${date})`;
  if (intended !== undefined) return `${names} ${what}. ${effect}; use ${meanings}`;
  if (retired?.successor !== undefined) return `${names} ${what}. Use actions of ${retired.successor}, or remove them`;
  return `${names} ${what}. ${retired ? 'Remove them' : `${effect}; correct the prefix, or remove them`}`;
}

/** Replaces all actions by the likely intended ones, or removes those without effect. */
function fixesOfSeveral(group: readonly [Unknown, ...Unknown[]], { host }: PolicyDocument): readonly Fix[] {
  if (group[0].beside.length > 0) {
    return [
      {
        title: 'Remove the API operations (have no effect)',
        safe: true,
        each: true,
        edits: flatMap(group, ({ fault: { at } }) =>
          leaves(at).map(({ value }): Edit => ({ op: 'removeItem', resource: host, target: value })),
        ),
      },
    ];
  }
  const edits = flatMap(group, ({ what: { intended }, fault: { at } }): Edit[] =>
    intended === undefined
      ? []
      : leaves(at).map(({ value }) => ({ op: 'replace', resource: host, target: value, value: intended })),
  );
  return edits.length === 0
    ? []
    : [
        {
          title: `Change to ${some(
            flatMap(group, ({ what }) => what.intended ?? []),
            1,
          )}`,
          safe: false,
          uncovers: 'effect',
          edits,
        },
      ];
}

function nameOf({ written }: UnknownAction): string {
  return written.length > 60 ? `${written.slice(0, 60)}…` : written === '' ? 'an empty string' : written;
}

/**
 * The codes of other tools. Access Analyzer's INVALID_SERVICE is about the services of resources and condition keys.
 */
function namesOf({ why }: UnknownAction): { readonly code: Code; readonly peer: string } {
  return why === 'service'
    ? { code: 'INVALID_SERVICE_IN_ACTION', peer: 'UNKNOWN_PREFIX' }
    : { code: 'INVALID_ACTION', peer: 'UNKNOWN_ACTION' };
}

function messageFor(unknown: UnknownAction, date: string, beside: readonly string[]): string {
  const { why, written, prefix, intended, renamed, depending, retired } = unknown;
  const shown = nameOf(unknown);
  const isOperation = renamed === true || depending !== undefined;
  const what = isOperation
    ? 'is an API operation, not an IAM action'
    : why === 'form'
      ? 'is not an action'
      : why === 'service'
        ? retired
          ? `belongs to ${retiredWords(retired)}`
          : `has the unknown service prefix ${prefix}`
        : `${/[*?]/.test(written) ? 'matches no' : 'is not a'} known action of ${prefix.toLowerCase()}`;
  const effect = `It has no effect${isOperation || why === 'form' || retired ? '' : ` (as of ${date})`}`;
  if (beside.length > 0)
    return `${shown} ${what}. ${effect}; remove it, as ${some(beside, 4)} ${beside.length === 1 ? 'is' : 'are'} already listed`;
  if (depending) return `${shown} ${what}. Allow the actions that it requires, of ${some(depending, 4)}`;
  if (intended !== undefined)
    return `${shown} ${what}. ${isOperation ? `Use ${intended}, which it requires` : `${effect}; use ${intended}`}`;
  if (retired?.successor !== undefined) return `${shown} ${what}. Use an action of ${retired.successor}, or remove it`;
  return why === 'form'
    ? `${shown} ${what}. Use the form service:Name, such as s3:GetObject`
    : `${shown} ${what}. ${retired ? 'Remove it' : `${effect}; correct the ${why === 'service' ? 'prefix' : 'name'}, or remove it`}`;
}

function fixesOf(
  { intended, renamed, depending }: UnknownAction,
  policy: PolicyDocument,
  target: Leaf,
  beside: readonly string[],
): readonly Fix[] {
  // An operation is redundant if the permission that it requires is also listed. Any other name may be newer than the
  // data.
  if (beside.length > 0) {
    return [
      {
        title: `Remove it (${some(beside, 1)} ${beside.length === 1 ? 'is' : 'are'} already listed)`,
        safe: renamed === true || depending !== undefined,
        edits: [{ op: 'removeItem', resource: policy.host, target }],
      },
    ];
  }
  return intended === undefined
    ? []
    : [
        {
          title: `Change to ${intended}`,
          safe: false,
          uncovers: 'effect',
          edits: [{ op: 'replace', resource: policy.host, target, value: intended }],
        },
      ];
}

/** Returns a function that tests whether a list always contains an action, by name or by a wildcard. */
function besides(items: Items): (action: string) => boolean {
  let texts: ReturnType<typeof possibleTexts> | undefined;
  const found = new Map<string, boolean>();
  return (action) => {
    if (!found.has(action))
      found.set(
        action,
        (texts ??= possibleTexts(items.items, writtenAction)).some(
          ({ text, when }) => always(when) && actionCovers(text, action),
        ),
      );
    return found.get(action)!;
  };
}

/** The prefixes of the services whose actions a policy lists. */
function servicesIn({ statements }: PolicyDocument): readonly string[] {
  const prefixes = new Set<string>();
  for (const { actions, notActions } of statements)
    for (const items of [itemsOf(actions, true), itemsOf(notActions, true)])
      for (const { value } of items.items) {
        for (const { what } of resultsOf(value, writtenAction, (text) =>
          /^([a-z0-9-]+):/i.exec(text)?.[1]?.toLowerCase(),
        ))
          prefixes.add(what);
      }
  return [...prefixes];
}
