import { flatMap } from '../../../base/flat-map.ts';
import { TRUE } from '../../../base/guard.ts';
import { memoize } from '../../../base/memoize.ts';
import { once } from '../../../base/once.ts';
import { capital, some } from '../../../base/words.ts';
import { all, any, exists, is, isPresent, judgement, not, type Judgement } from '../../../model/judgement.ts';
import type { Aliases } from '../../../model/finding.ts';
import { itemsOf, leaves, type Items } from '../../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../../model/policy.ts';
import { oneOf, oneOfIgnoringCase } from '../../../model/predicate.ts';
import { always, never, sometimes } from '../../../model/quantified.ts';
import type { Element, Value } from '../../../model/value.ts';
import { shown } from '../../../model/shown.ts';
import { actionPattern, isWholeService, type Action, type ServiceActions } from '../../../policy/data/action.ts';
import { resourceTypeWords } from '../../../policy/data/words.ts';
import { allowancesOf, type Allowance } from '../../../policy/allowance/allowance.ts';
import { everyResource } from '../../../policy/resource/arn-shape.ts';
import { arnFormsOf, namesEvery } from '../../../policy/allowance/denial.ts';
import { writtenIn } from '../../../policy/statement/written.ts';
import { limiting } from '../../../policy/allowance/limiting.ts';
import { narrowedResources } from '../../../policy/narrowing/narrow-resources.ts';
import { coversAllOf, EVERY_RESOURCE, broadResources } from '../../../policy/resource/resource-pattern.ts';
import { riskOf } from '../../../policy/data/risk.ts';
import { textsIn, wholeTypesFor, wideTextsOf } from '../../../policy/resource/whole-type.ts';
import { conditional, restrictsResources } from '../../../policy/condition/scope.ts';
import { defineRule, type Context, type Report, type Violation } from '../../rule.ts';
import { HARMFUL, isOneOf, kindIn, kindsOf, type ActionKind, type KindsOf, type Reaches } from './action-kind.ts';
import { namesEveryAction } from './every-action.ts';
import { UNCONSTRAINED_WRITE } from './wildcard-peers.ts';
import { decidedByActions } from '../decided-by.ts';

/** The checks of other tools for a single `*`, of which those of Checkov are only for statements without conditions. */
const PEERS: Aliases = { cfn_nag: ['W11', 'W12', 'W13'], guard: ['IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE'] };
const WITHOUT_CONDITIONS = ['CKV_AWS_355', 'CKV_AWS_356'];

export default defineRule({
  id: 'iam-policy-wildcard-resource',
  on: 'policy',
  selfContained: true,
  kinds: ['identity', 'permission-set'],
  needs: { statement: ['allow', ['wildcard-resource', 'not-resource']] },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-24',
  title: 'Actions with resource-level permissions should not be allowed on all resources',
  keywords: ['wildcard resource', 'Resource *', 'least privilege', 'excessive permissions', 'IAM'],
  why: 'With a wildcard resource, permissions for one bucket or table also apply to all others in the account, including future ones.',
  remedy:
    'Restrict Resource to the ARNs that are needed. Move actions without resource-level permissions to a separate statement with Resource "*".',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_actions-resources-contextkeys.html':
      'The resource types column shows whether an action supports resource-level permissions; without a value there, the statement has to specify all resources with *.',
    'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaVPCAccessExecutionRole.html':
      'The AWS managed policy allows writing logs and managing network interfaces of functions on all resources.',
    'https://docs.aws.amazon.com/batch/latest/userguide/execution-IAM-role.html':
      'The AWS managed policy for running containers allows pulling images and writing logs on all resources.',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html':
      'cloudwatch:PutMetricData is allowed on all resources and restricted by the condition key cloudwatch:namespace.',
  },
  aliases: {
    ...PEERS,
    checkov: [...WITHOUT_CONDITIONS, ...UNCONSTRAINED_WRITE],
    parliament: ['RESOURCE_EFFECTIVELY_STAR', 'RESOURCE_STAR'],
  },
  fix: 'suggestion',
  *check(policy, context) {
    const everyOne = (): boolean => true;
    const kinds = kindsOf(context, everyOne);
    for (const allowance of allowancesOf(policy, context)) {
      const { statement, when, actions } = allowance;
      const wide = widest(broadResources(itemsOf(statement.resources, true)).items);
      const leaves = isPresent(statement.notResources);
      if (wide.length === 0 && !sometimes(leaves)) continue;
      const limits = limiting(allowance.held, context);
      // Another rule reports all actions on all resources.
      const open = all(when, not(restrictsResources(limits)), not(namesEveryAction(actions)));
      if (never(open)) continue;
      const limited = conditional(limits);
      const texts = wideTextsOf(statement);
      const everything = wide
        .map((resource): Reached => ({
          resource,
          kinds,
          reaches: everyOne,
          actions: reachedBy(actions, resource.value),
        }))
        .filter(({ actions: listed }) => listed.items.length > 0);
      // Unknown actions can belong to any service, so they are not attributed to a resource type.
      const known = { items: actions.items.filter(({ value }) => writtenIn(value).length > 0), complete: TRUE };
      const matched = once(() => matchedActions(known, context));
      const typed = flatMap(
        wide.filter(({ value }) => everything.every(({ resource }) => resource.value !== value)),
        (resource) => {
          const own = textsIn(resource.value);
          const types = own.length === 0 ? [] : wholeTypesIn(own, texts, matched());
          if (types.length === 0) return [];
          const reaches: Reaches = (service, action) => {
            const data = context.actions(service);
            return data !== undefined && own.some((text) => wholeTypesFor(text, texts, data, action).length > 0);
          };
          const reached: Reached = { resource, actions: known, reaches, kinds: kindsOf(context, reaches) };
          return [{ reached, types }];
        },
      );
      const ofTypes = typed.map(({ reached }) => reached);
      const types = typesInWords(flatMap(typed, (one) => one.types));
      const unlisted = sometimes(leaves) ? unlistedIn(allowance, leaves, known, context) : [];
      for (const [resources, what] of [
        [everything, 'resources'],
        [ofTypes, types],
        [unlisted, 'resources outside NotResource'],
      ] as const) {
        if (resources.length > 0) yield* reports({ policy, allowance, open, limited, resources, what }, context);
      }
    }
  },
});

/** A wildcard resource of a statement, the actions that it allows on all resources of a type, and their kinds. */
interface Reached {
  readonly resource: Element;
  readonly actions: Items;
  readonly reaches: Reaches;
  readonly kinds: KindsOf;
}

interface Found {
  readonly policy: PolicyDocument;
  readonly allowance: Allowance;
  readonly open: Judgement;
  /** Where conditions restrict the principals, networks or times. */
  readonly limited: Judgement;
  readonly resources: readonly Reached[];
  /** The resources in words: all resources of some types, or all resources. */
  readonly what: string;
}

/**
 * The resources that NotResource allows, for actions that are thereby allowed on all resources of a type except the
 * listed ones.
 */
function unlistedIn(
  { statement }: Allowance,
  present: Judgement,
  actions: Items,
  context: Context,
): readonly Reached[] {
  const reaches: Reaches = (service, { name }) =>
    always(
      any(not(present), namesEvery(statement, everyResource(arnFormsOf(context.actions, `${service}:${name}`).any))),
    );
  return [
    { resource: { value: statement.notResources, when: present }, actions, reaches, kinds: kindsOf(context, reaches) },
  ];
}

const CHANGE: readonly ActionKind[] = ['change'];

function* reports({ policy, allowance, open, limited, resources, what }: Found, context: Context): Iterable<Report> {
  const { statement } = allowance;
  const remedy = resources.some(({ resource }) => resource.value === statement.notResources)
    ? 'list the ARNs that are needed under Resource'
    : 'restrict Resource to the ARNs that are needed';
  const does = (action: Value, of: readonly ActionKind[], { kinds, reaches }: Reached): Judgement => {
    const isOfKind = is(action, isOneOf(of, kinds));
    // Most actions are of one kind.
    return never(isOfKind)
      ? isOfKind
      : all(
          isOfKind,
          allowance.leavesOne(
            action,
            (service, one) => reaches(service, one) && of.some((kind) => kind === kindIn(context, service, one)),
          ),
        );
  };
  const places = resources.map((one) => ({
    at: one.resource.value,
    aliases: aliasesOf(one.resource.value, statement),
    found: memoize((of: readonly ActionKind[]) =>
      all(
        judgement(one.resource.when),
        exists(one.actions, (action) => does(action.value, of, one)),
      ),
    ),
  }));
  const violations = (kinds: readonly ActionKind[], wrong: Judgement): readonly Violation[] =>
    flatMap(places, ({ at, aliases, found }) => {
      const { checkov = [] } = aliases;
      const general = { wrong: all(wrong, found(kinds)), at, aliases };
      if (kinds !== HARMFUL || checkov.length === 0) return [general];
      const onChange = { ...aliases, checkov: [...checkov, ...UNCONSTRAINED_WRITE] };
      return [{ wrong: all(wrong, found(CHANGE)), at, aliases: onChange }, general];
    });
  const report = (kinds: readonly ActionKind[], wrong: Judgement, more: Partial<Report>, because = ''): Report => {
    const found = once(() => violations(kinds, wrong));
    return {
      // Most profiles include only the first report.
      get violations() {
        return found();
      },
      decidedBy: () => decidedByActions(statement),
      message: () => {
        const remaining = resources.map((one): Reached => ({
          ...one,
          actions: { ...one.actions, items: one.actions.items.filter(({ value }) => !never(does(value, kinds, one))) },
        }));
        const names = named(remaining, kinds);
        const isNamed = names.toLowerCase().includes('sns:publish');
        const sms = isNamed && remaining.some(publishesToAll) ? '; for SMS, deny sns:Publish on topics instead' : '';
        return `${policy.host.displayName} allows ${names} on all ${what}. ${because === '' ? capital(remedy) : `${because}; ${remedy}`}${sms}.`;
      },
      fixes: (_, at) =>
        at === statement.notResources
          ? []
          : narrowedResources({
              policy,
              statement,
              at,
              named: wholeWithRisks(itemsOf(statement.actions, true), context),
              stack: context.stack,
              actionsOf: context.actions,
              quotaOf: context.quota,
            }),
      ...more,
    };
  };
  yield report(HARMFUL, all(open, not(limited)), {});
  // Conditions then restrict the principals, usually to one tool or service.
  yield report(HARMFUL, open, { severity: 'low', profile: 'strict' }, 'Its conditions do not restrict them');
  yield report(['read'], open, { severity: 'low', profile: 'strict' });
  yield report(['usual'], open, { severity: 'info', profile: 'strict' });
}

/**
 * Whether an entry allows sns:Publish on `*`. A phone number has no ARN, so sending SMS messages requires the wildcard;
 * a Deny statement can exclude topics.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 * https://github.com/aws/aws-cdk/pull/6999
 */
function publishesToAll({ resource, actions }: Reached): boolean {
  return (
    always(is(resource.value, oneOf('*'))) &&
    actions.items.some(({ value }) => leaves(value).some(({ value: leaf }) => always(is(leaf, PUBLISH))))
  );
}

const PUBLISH = oneOfIgnoringCase('sns:Publish');

/** The actions that the entries of a statement match, by entry. */
interface Matched {
  readonly service: ServiceActions;
  readonly actions: readonly Action[];
}

function matchedActions({ items }: Items, { actions }: Context): readonly Matched[] {
  return flatMap(
    flatMap(items, ({ value }) => writtenIn(value)),
    (written) => {
      const pattern = actionPattern(written);
      const service = pattern && actions(pattern.service);
      return service ? [{ service, actions: service.matching(pattern.name) }] : [];
    },
  );
}

/** The resource types on which some resources of a statement allow actions without restriction: "dynamodb table". */
function wholeTypesIn(
  resources: readonly string[],
  texts: readonly string[],
  matched: readonly Matched[],
): readonly string[] {
  return flatMap(resources, (text) =>
    flatMap(matched, ({ service, actions }) =>
      flatMap(actions, (action) =>
        wholeTypesFor(text, texts, service, action).map((type) => `${service.service} ${resourceTypeWords(type)}`),
      ),
    ),
  );
}

/** Resource types in words: "dynamodb table resources". */
function typesInWords(types: readonly string[]): string {
  const [first, ...others] = new Set(types);
  if (first === undefined) return '';
  return others.length > 1 ? `resources of ${others.length + 1} types` : `${some([first, ...others])} resources`;
}

const ALIASES: Aliases = { ...PEERS, checkov: WITHOUT_CONDITIONS, parliament: ['RESOURCE_STAR'] };
const ALIASES_WITH_CONDITIONS: Aliases = { ...ALIASES, checkov: [] };

/** The checks of other tools: those for a single `*`, or the one of Parliament for equivalent patterns. */
function aliasesOf(resource: Value, { conditions }: Statement): Aliases {
  if (never(is(resource, oneOf('*')))) return { parliament: ['RESOURCE_EFFECTIVELY_STAR'] };
  return conditions.length > 0 ? ALIASES_WITH_CONDITIONS : ALIASES;
}

/** The broadest resources. If `*` is listed in every scenario, it covers all others. */
function widest(resources: readonly Element[]): readonly Element[] {
  const wildcard = resources.find(({ value, when }) => always(all(judgement(when), is(value, EVERY_RESOURCE))));
  return wildcard ? [wildcard] : resources;
}

/** The actions for which a resource matches all resources of their service. */
function reachedBy(actions: Items, resource: Value): Items {
  return {
    items: flatMap(actions.items, (action) => {
      const covers = coversAllOf(resource, action.value);
      return never(covers) ? [] : [{ value: action.value, when: all(judgement(action.when), covers) }];
    }),
    complete: actions.complete,
  };
}

/**
 * The services that are allowed as a whole and have actions with a risk. Each of them is also a finding on all
 * resources of a type.
 */
function wholeWithRisks({ items }: Items, { actions, iam }: Context): ReadonlySet<string> {
  const services = flatMap(
    flatMap(items, ({ value }) => writtenIn(value)),
    (written) => {
      const pattern = actionPattern(written);
      return pattern && isWholeService(pattern) ? [pattern.service] : [];
    },
  );
  return new Set(
    services.filter((service) =>
      actions(service)?.actions.some((action) =>
        ['credentials', 'data', 'exposure'].includes(riskOf(iam, service, action) ?? ''),
      ),
    ),
  );
}

/** The action entries of some kinds, for a message. */
function named(resources: readonly Reached[], kinds: readonly ActionKind[]): string {
  const names = new Set(
    flatMap(resources, ({ actions, kinds: of }) => {
      const predicate = isOneOf(kinds, of);
      return flatMap(actions.items, ({ value }) =>
        leaves(value)
          .filter(({ value: leaf }) => always(is(leaf, predicate)))
          .map(({ value: leaf }) => shown(leaf)),
      );
    }),
  );
  return names.size === 0 ? 'unresolved actions' : some([...names], 2);
}
