import { some } from '../../base/words.ts';
import type { Fix } from '../../model/edit.ts';
import { all, judgement } from '../../model/judgement.ts';
import { itemsOf, type Items } from '../../model/navigate.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Leaf } from '../../model/value.ts';
import { isThere } from '../../policy/elements.ts';
import { actionCovers } from '../../policy/redundant.ts';
import { unknownAction, type UnknownAction } from '../../policy/unknown-action.ts';
import { authoredAction, foundIn, settledTexts, writtenAction } from '../../policy/written.ts';
import { called, weight, type Code } from '../access-analyzer.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-unknown-action',
  on: 'policy', alone: true,
  topic: 'identity', severity: 'high', profile: 'recommended', since: '0.1', judged: '2026-11-26',
  title: 'IAM policy names actions that exist',
  why: 'IAM accepts actions that do not exist and does nothing with them: what was meant to be allowed fails when it is needed, and what was meant to be denied stays allowed.',
  remedy: 'Name the permission as the Service Authorization Reference lists it; it is not always called like the operation of the API or the command.',
  sources: [
    { url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html', claim: 'Errors: an action that does not exist, a service in an action that does not exist, each with what was probably meant; invalid actions do not affect the permissions that a policy grants.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html', claim: 'An action is the prefix of a service, a colon and a name, with wildcards if one likes; case does not matter.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api-actions.html', claim: 'There are no permissions for batch operations; those for SendMessage, DeleteMessage and ChangeMessageVisibility count for them.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html', claim: 'What a transaction may do is governed by the permissions of the operations in it.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html', claim: 'Statements of PartiQL ask for dynamodb:PartiQLSelect, PartiQLInsert, PartiQLUpdate or PartiQLDelete.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html', claim: 'Converse asks for the permission bedrock:InvokeModel; ConverseStream for bedrock:InvokeModelWithResponseStream.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html', claim: 'ReEncrypt is authorised by kms:ReEncryptFrom on the key that decrypts and by kms:ReEncryptTo on the one that encrypts; kms:ReEncrypt* stands for both.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference.html', claim: 'What is called through the endpoint bedrock-runtime is allowed by actions of bedrock, such as bedrock:InvokeModel.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html', claim: 'Which permission each operation of S3 asks for; many have another name than the operation.', seen: '2026-11-26' },
  ],
  aliases: { 'access-analyzer': ['INVALID_ACTION', 'INVALID_SERVICE', 'INVALID_SERVICE_IN_ACTION'], parliament: ['UNKNOWN_ACTION', 'UNKNOWN_PREFIX'] },
  controls: {},
  fix: 'safe',
  subsumes: ['iam-policy-redundant-entry'],
  *check(policy, { iam, actions }) {
    if (!iam) return;
    let named: readonly string[] | undefined;
    const faults = new Map<string, UnknownAction | undefined>();
    const find = (text: string): UnknownAction | undefined => {
      if (!faults.has(text)) faults.set(text, unknownAction(text, iam, actions, () => named ??= servicesIn(policy)));
      return faults.get(text);
    };
    for (const statement of policy.statements) for (const items of [itemsOf(statement.actions, true), itemsOf(statement.notActions, true)]) {
      const isBeside = besides(items);
      for (const { value, when } of items.items) for (const { what, wrong } of foundIn(value, authoredAction, find)) {
        yield report(what, policy, iam.date, { wrong: all(isThere(policy, statement), judgement(when), wrong), at: value }, idleBeside(what).filter(isBeside));
      }
    }
  },
});

/** The permissions that an operation asks for: beside one of them its name does nothing that is missed. */
function idleBeside({ renamed, meant, depending }: UnknownAction): readonly string[] {
  return renamed ? [meant!] : depending ?? [];
}

function report(unknown: UnknownAction, policy: PolicyDocument, date: string, { wrong, at }: Report['faults'][number], beside: readonly string[]): Report {
  const { code, peer } = namesOf(unknown);
  return {
    faults: [{ wrong, at, aliases: { ...called(code), parliament: [peer] } }],
    ...weight(code),
    // Where nothing like it exists, it can be newer than the data, or one that AWS has withdrawn.
    ...beside.length > 0 || (unknown.meant === undefined && !unknown.depending && unknown.why !== 'form') ? { severity: 'low' } : {},
    message: `The policy in ${policy.host.displayName} names ${said(unknown, date, beside)}.`,
    fixes: (leaf) => fixesOf(unknown, policy, leaf, beside),
  };
}

/** With a name that is near the error is in the action, without one it is that there is no such service. */
function namesOf({ why, meant }: UnknownAction): { readonly code: Code; readonly peer: string } {
  if (why !== 'service') return { code: 'INVALID_ACTION', peer: 'UNKNOWN_ACTION' };
  return { code: meant === undefined ? 'INVALID_SERVICE' : 'INVALID_SERVICE_IN_ACTION', peer: 'UNKNOWN_PREFIX' };
}

function said({ why, written, prefix, meant, renamed, depending }: UnknownAction, date: string, beside: readonly string[]): string {
  const hint = meant === undefined ? undefined : `write ${meant}`;
  // Nothing like it is known, so that it may be newer than what is.
  const unless = meant === undefined ? ' unless it is newer' : '';
  const shown = written.length > 60 ? `${written.slice(0, 60)}…` : written;
  switch (why) {
    case 'form': return `${shown === '' ? 'an empty text' : shown} as an action, which is none; write the prefix of a service, a colon and a name, such as s3:GetObject`;
    case 'service': return `${shown}, but ${prefix} is no service that is known (data of ${date}), so it does nothing${unless}; ${hint ?? 'write the prefix of the service, or remove it'}`;
    case 'action':
      if (beside.length > 0) return `${shown}, which is an operation and no permission, so it does nothing beside ${some(beside, 9)}, which that operation asks for; remove it`;
      if (depending) return `${shown}, which is an operation and no permission, so it does nothing; name those of ${some(depending, 9)} that are needed, which that operation asks for`;
      return renamed
        ? `${shown}, which is an operation and no permission, so it does nothing; ${hint!}, which that operation asks for`
        : `${shown}, ${/[*?]/.test(written) ? 'which stands for no action' : 'which is no action'} of ${prefix.toLowerCase()} that is known (data of ${date}), so it does nothing${unless}; ${hint ?? 'name the action that is meant, or remove it'}`;
  }
}

function fixesOf({ meant }: UnknownAction, policy: PolicyDocument, target: Leaf, beside: readonly string[]): readonly Fix[] {
  // An operation without a permission of its own does nothing where the one that it asks for is named too.
  if (beside.length > 0) {
    return [{ title: `Remove what does nothing beside ${some(beside, 3)}`, safe: true, edits: [{ op: 'removeItem', resource: policy.host, target }] }];
  }
  return meant === undefined ? [] : [{ title: `Write ${meant}`, safe: false, uncovers: 'effect', edits: [{ op: 'replace', resource: policy.host, target, value: meant }] }];
}

/** Tells whether a list always names an action, by itself or by a wildcard. */
function besides(items: Items): (action: string) => boolean {
  let texts: ReturnType<typeof settledTexts> | undefined;
  const found = new Map<string, boolean>();
  return (action) => {
    if (!found.has(action)) found.set(action, (texts ??= settledTexts(items.items, writtenAction)).some(({ text, guard }) => guard.isAlways() && actionCovers(text, action)));
    return found.get(action)!;
  };
}

/** The prefixes of the services whose actions a policy names. */
function servicesIn({ statements }: PolicyDocument): readonly string[] {
  const prefixes = new Set<string>();
  for (const { actions, notActions } of statements) for (const items of [itemsOf(actions, true), itemsOf(notActions, true)]) for (const { value } of items.items) {
    for (const { what } of foundIn(value, writtenAction, (text) => /^([a-z0-9-]+):/i.exec(text)?.[1]?.toLowerCase())) prefixes.add(what);
  }
  return [...prefixes];
}
