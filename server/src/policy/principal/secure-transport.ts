/** Whether a resource-based policy denies requests without TLS, and with which statement. */
import { flatMap } from '../../base/flat-map.ts';
import type { Fix, NewObject, NewValue } from '../../model/edit.ts';
import {
  all,
  among,
  any,
  every,
  exists,
  is,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { itemsOf, member } from '../../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../../model/policy.ts';
import { isFalse, text } from '../../model/predicate.ts';
import { always } from '../../model/quantified.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { RelationKind } from '../../model/relation.ts';
import { knownTexts } from '../condition/conditions.ts';
import { isDeny } from '../condition/in-force.ts';
import { hasBegun } from '../condition/time-condition.ts';
import { sidOf } from '../statement/elements.ts';
import { namesAnyPrincipal } from './principal.ts';
import { includes } from '../text/wildcard.ts';

/**
 * Where a policy denies actions to all principals for requests without TLS, with one or several statements. An action
 * is given in lower case, and can be a whole service (`s3:*`).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function deniesPlainHttp({ statements, complete }: PolicyDocument, actions: readonly string[]): Judgement {
  const denials = statements
    .map((statement) => ({ statement, is: isDenial(statement) }))
    .filter((denial) => denial.is !== NO);
  return all(
    ...actions.map((action) => {
      const names = matchesAction(action);
      return among(
        any(
          ...denials.map((denial) =>
            all(
              denial.is,
              exists(itemsOf(denial.statement.actions, true), (item) => is(item.value, names)),
            ),
          ),
        ),
        complete,
      );
    }),
  );
}

function matchesAction(action: string): Predicate {
  return text((written) => includes(written.toLowerCase(), action));
}

/** Where a statement denies all principals because of a request without TLS. */
function isDenial(statement: Statement): Judgement {
  const denies = isDeny(statement);
  // Most statements have the effect Allow.
  if (denies === NO) return NO;
  const conditions = statement.conditions.map((condition) => ({ condition, there: judgement(condition.when) }));
  const tests = any(...conditions.map(({ condition, there }) => all(there, testsPlainHttp(condition))));
  const widens = all(
    ...conditions.map(({ condition, there }) =>
      any(not(there), testsPlainHttp(condition), leavesOutServices(condition), hasBegun(condition)),
    ),
  );
  return all(
    judgement(statement.when),
    denies,
    namesAnyPrincipal(statement.principals),
    tests,
    widens,
    judgement(statement.conditionsComplete),
  );
}

function testsPlainHttp({ operator, key, values }: Condition): Judgement {
  const name = key.toLowerCase();
  if (name === 's3:tlsversion') return UNKNOWABLE;
  if (name !== 'aws:securetransport') return NO;
  const whenFalse = exists(itemsOf(values, true), (item) => is(item.value, isFalse));
  // AWS documents Bool for this key; string operators are not documented for it.
  return /^(ForAnyValue:|ForAllValues:)?Bool(IfExists)?$/i.test(operator) ? whenFalse : UNKNOWABLE;
}

function leavesOutServices({ operator, key, values }: Condition): Judgement {
  if (key.toLowerCase() !== 'aws:principalisawsservice' || !/^Bool(IfExists)?$/i.test(operator)) return NO;
  return every(itemsOf(values, true), (item) => is(item.value, isFalse));
}

/**
 * The fix that adds a statement to a policy which denies an action to all principals for requests without TLS. If a
 * statement already denies it in some scenarios, that statement becomes redundant there, and another rule reports it.
 */
export function plainHttpFix(policy: PolicyDocument, action: string, resources: NewValue): Fix {
  return {
    title: 'Deny requests without TLS (blocks clients that use HTTP)',
    safe: false,
    // A policy without statements had no effect before.
    ...(policy.statements.length === 0
      ? { uncovers: 'effect' as const }
      : deniesPlainHttp(policy, [action.toLowerCase()]).yes.satisfiable()
        ? { uncovers: 'part' as const }
        : {}),
    edits: [
      {
        op: 'insertItem',
        resource: policy.host,
        list: member(policy.value, 'Statement'),
        value: plainHttpDenial(action, resources, freeSid(policy, SID)),
      },
    ],
  };
}

const SID = 'DenyInsecureTransport';

/** The statement that denies an action to all principals for requests without TLS. */
export function plainHttpDenial(action: string, resources: NewValue, sid = SID): NewObject {
  return {
    Sid: sid,
    Effect: 'Deny',
    Principal: '*',
    Action: action,
    Resource: resources,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

/**
 * The fix that adds a policy with such a statement to all instances of a resource, if none has a policy. `attached` are
 * the properties that name the resource.
 */
export function newPolicyFix(
  owner: Resource,
  { resources }: Stack,
  kind: RelationKind,
  { type, attached, statement }: { readonly type: string; readonly attached: NewObject; readonly statement: NewObject },
): readonly Fix[] {
  const instances = resources.filter((one) => one.family === owner.family && one.type === owner.type);
  if (!instances.every((one) => always(hasNoPolicy(one, kind)))) return [];
  return [
    {
      title:
        'Add a policy that denies requests without TLS (blocks clients that use HTTP; there must be no other policy)',
      safe: false,
      edits: [
        {
          op: 'addResource',
          beside: owner,
          type,
          name: `${owner.family.split(/[/.]/).at(-1)!}Policy`,
          properties: { ...attached, PolicyDocument: { Version: '2012-10-17', Statement: [statement] } },
        },
      ],
    },
  ];
}

/** A Sid that no other statement has, in AWS's format. */
function freeSid({ statements }: PolicyDocument, name: string): string {
  const taken = new Set(flatMap(statements, (statement) => knownTexts(sidOf(statement))));
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name}${n}`;
  return free;
}

/** Where a resource has no policy. The policy of an external resource is unknown. */
export function hasNoPolicy(resource: Resource, kind: RelationKind): Judgement {
  const policies = resource.related(kind);
  return all(
    judgement(policies.complete),
    ...policies.edges.map((edge) => not(judgement(edge.when))),
    ...(resource.external ? [UNKNOWABLE] : []),
  );
}
