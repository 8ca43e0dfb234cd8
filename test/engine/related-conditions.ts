/**
 * Random roles and policies that refer to one another under conditions that differ, with what is so for every
 * assignment.
 */
import { outcomesOf, textOf, type ComplexTemplate } from './complex-conditions.ts';

type Action = 'iam:CreateAccessKey' | '*' | 's3:GetObject';

interface Policy {
  readonly condition: string | undefined;
  /** The roles that it is attached to, by index, each perhaps under a condition. */
  readonly roles: readonly { readonly role: number; readonly condition: string | undefined }[];
  /** The action by two conditions. */
  readonly action: readonly [condition: string, yes: Action, other: string, no: Action, otherwise: Action];
}

export interface RelatedTemplate {
  readonly conditions: ComplexTemplate;
  /** The condition of each role. */
  readonly roles: readonly (string | undefined)[];
  readonly policies: readonly Policy[];
}

const ACTIONS: readonly Action[] = ['iam:CreateAccessKey', '*', 's3:GetObject'];

/** Random roles and policies under the conditions of a template; `random` returns an integer below its argument. */
export function relatedTemplate(random: (below: number) => number, conditions: ComplexTemplate): RelatedTemplate {
  const { parameters, links } = conditions;
  const name = (): string =>
    links.length === 0 || random(2) === 0 ? `C${random(parameters)}` : `D${random(links.length)}`;
  const perhaps = (): string | undefined => (random(3) === 0 ? undefined : name());
  const action = (): Action => ACTIONS[random(ACTIONS.length)]!;
  const roles = Array.from({ length: 4 }, perhaps);
  const policies = Array.from({ length: 5 }, (): Policy => {
    const first = random(roles.length);
    const others = random(2) === 0 ? [] : [(first + 1 + random(roles.length - 1)) % roles.length];
    return {
      condition: perhaps(),
      roles: [first, ...others].map((role) => ({ role, condition: perhaps() })),
      action: [name(), action(), name(), action(), action()],
    };
  });
  return { conditions, roles, policies };
}

const trust = '{Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}';

export function textOfRelated({ conditions, roles, policies }: RelatedTemplate): string {
  const under = (condition: string | undefined): string => (condition === undefined ? '' : `Condition: ${condition}, `);
  const where = (condition: string | undefined, value: string): string =>
    condition === undefined ? value : `!If [${condition}, ${value}, !Ref AWS::NoValue]`;
  return [
    textOf({ ...conditions, disks: [] }).trimEnd(),
    ...roles.map(
      (condition, i) =>
        `  Role${i}: {Type: AWS::IAM::Role, ${under(condition)}Properties: {AssumeRolePolicyDocument: ${trust}}}`,
    ),
    ...policies.map(({ condition, roles: attached, action: [first, yes, second, no, otherwise] }, i) => {
      const list = attached.map((one) => where(one.condition, where(roles[one.role], `!Ref Role${one.role}`)));
      return `  Policy${i}: {Type: AWS::IAM::Policy, ${under(condition)}Properties: {PolicyName: p${i}, Roles: [${list.join(', ')}], PolicyDocument: {Statement: [{Effect: Allow, Action: !If [${first}, "${yes}", !If [${second}, "${no}", "${otherwise}"]], Resource: "*"}]}}}`;
    }),
    '',
  ].join('\n');
}

/**
 * What is so with one assignment: the truth of each condition, and the policies by which a role escalates its
 * privileges.
 */
export interface RelatedOutcome {
  readonly truths: ReadonlyMap<string, boolean>;
  /** The policies that a role has. */
  readonly attached: ReadonlySet<string>;
  readonly escalating: ReadonlySet<string>;
}

/** What is so with every assignment. A role with full access has no privileges to escalate. */
export function relatedOutcomesOf({ conditions, roles, policies }: RelatedTemplate): readonly RelatedOutcome[] {
  return outcomesOf({ ...conditions, disks: [] }).map(({ truths }) => {
    const holds = (condition: string | undefined): boolean => condition === undefined || truths.get(condition)!;
    const there = policies.flatMap(({ condition, roles: attached, action: [first, yes, second, no, otherwise] }, i) =>
      holds(condition)
        ? [
            {
              name: `Policy${i}`,
              action: truths.get(first) ? yes : truths.get(second) ? no : otherwise,
              roles: attached.filter((one) => holds(one.condition) && holds(roles[one.role])).map(({ role }) => role),
            },
          ]
        : [],
    );
    const administrators = new Set(there.flatMap((one) => (one.action === '*' ? one.roles : [])));
    return {
      truths,
      attached: new Set(there.flatMap(({ name, roles: its }) => (its.length > 0 ? [name] : []))),
      escalating: new Set(
        there
          .filter(
            ({ action, roles: its }) =>
              action === 'iam:CreateAccessKey' && its.some((role) => !administrators.has(role)),
          )
          .map(({ name }) => name),
      ),
    };
  });
}
