/**
 * The policy of `aws_iam_policy_document`: the statements of its source documents, then its own, then those of its
 * override documents. A statement replaces an earlier one with the same sid.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/policy_document_data_source.go
 */
import { flatMap } from '../../base/flat-map.ts';
import { bothTruths, eitherTruth, Guard, MAYBE, notTruth, TRUE, type Truth } from '../../base/guard.ts';
import { memoizeCyclic } from '../../base/memoize.ts';
import { itemsOf, leaves, mapLeaves, member, unknown, type Items } from '../../model/navigate.ts';
import type { Element, Member, Origin, Step, Value } from '../../model/value.ts';
import { locate, locatedAt } from '../located.ts';
import { mergedBranches } from '../merged-branches.ts';
import { documentIn } from '../json-document.ts';
import type { DataSource } from './data-sources.ts';
import { openList, NONE_KNOWN, type Completeness } from './expression/completeness.ts';
import { policyStatement } from './policy-statement-block.ts';

/**
 * The maximum number of merged statements. AWS accepts fewer. Documents that use each other twice as sources double
 * with each step.
 */
const MOST_STATEMENTS = 1000;

/** The default version, which the provider always writes. */
const VERSION = '2012-10-17';

/**
 * The policy document at the place that the origin describes, as an object, like the result of an encoding function.
 */
export function policyDocumentOf(source: DataSource, origin: Origin): Value {
  const made: Origin = {
    ...origin,
    def: source.nameAt,
    steps: [{ what: 'data', name: source.address, at: source.nameAt }, ...origin.steps],
    edit: 'none',
  };
  return {
    state: 'object',
    origin: made,
    open: false,
    entries: [
      entry(
        source,
        'Version',
        mapLeaves(member(source.body, 'version'), (leaf) =>
          isNothing(leaf) ? { state: 'known', origin: made, raw: VERSION, quoted: true, value: VERSION } : leaf,
        ),
      ),
      entry(source, 'Id', member(source.body, 'policy_id')),
      entry(source, 'Statement', statementsOf(source.body, source)),
    ],
  };
}

function entry({ nameAt }: DataSource, key: string, value: Value): Member {
  return { key, keyAt: nameAt, value, when: TRUE };
}

function isNothing(value: Value): boolean {
  return (
    (value.state === 'absent' && !value.open) || (value.state === 'known' && (value.value === null || value.raw === ''))
  );
}

/**
 * The statements of a source, computed once per body. A document that uses itself as a source is an error in Terraform.
 */
const statementsOf = memoizeCyclic(combinedStatements, ({ origin }) => unknown(origin, 'syntax'));

function combinedStatements(body: Value, { nameAt }: DataSource): Value {
  const written = member(body, 'statement');
  const blocks = itemsOf(written, true);
  const seen = blocks.items.filter(isRelevant);
  const own: Items = {
    items: seen.map(translated),
    complete: seen.length < blocks.items.length ? MAYBE : blocks.complete,
  };
  const [bases, overrides] = [documentsOf(body, BASES), documentsOf(body, OVERRIDES)];
  const items = merged(bases, [own, ...overrides]);
  const kept = items.slice(0, MOST_STATEMENTS);
  // Missing statements are reported at the name of a source without statements.
  const origin: Origin =
    written.state === 'absent' ? { use: nameAt, key: nameAt, steps: [], edit: 'here' } : written.origin;
  const located = locate(written.state === 'absent' ? body : written);
  return mapLeaves(
    openList(
      origin,
      kept,
      kept.length < items.length || !isComplete([...bases, ...overrides])
        ? NONE_KNOWN
        : seenIn(
            written,
            blocks.items.filter((one) => !seen.includes(one)),
          ),
    ),
    (leaf) => (located ? locatedAt(leaf, located.tree, located.node) : leaf),
  );
}

/**
 * The scenarios in which the statement blocks are complete. `hidden` are blocks that are only known to possibly exist.
 */
function seenIn(written: Value, hidden: readonly Element[]): Completeness {
  const parts = leaves(written);
  const sum = (isOpen: boolean): Guard =>
    parts
      .filter(({ value }) => itemsOf(value, true).complete.yes.isAlways() !== isOpen)
      .reduce<Guard>((all, { guard }) => all.or(guard), Guard.never);
  const whole = hidden.reduce<Guard>((all, { when }) => all.and(when.no), sum(false));
  const unseen = sum(true);
  return Guard.always.coveredBy(whole, unseen) ? { whole, unseen } : NONE_KNOWN;
}

function isComplete(documents: readonly Items[]): boolean {
  return documents.every(({ items, complete }) => complete.yes.isAlways() && items.length <= MOST_STATEMENTS);
}

/**
 * Whether a block is known to exist in some scenario, or its content is known. Any other block only makes the list
 * incomplete.
 */
function isRelevant({ when, value }: Element): boolean {
  return (
    when.yes.satisfiable() ||
    ['actions', 'not_actions'].some((name) =>
      itemsOf(member(value, name), true).items.some((action) =>
        leaves(action.value).some((leaf) => leaf.value.state === 'known' || leaf.value.state === 'template'),
      ),
    )
  );
}

/** An IAM statement, evaluated lazily. */
function translated({ when, value }: Element): Element {
  let statement: Value | undefined;
  return {
    when,
    get value() {
      return (statement ??= policyStatement(value));
    },
  };
}

/**
 * The arguments with other documents. Before version 4 of the provider each contains one document; before version 3.28
 * there are no others.
 */
const BASES = ['source_json', 'source_policy_documents'];
const OVERRIDES = ['override_policy_documents', 'override_json'];

/** The statements of each document in these arguments, in order. Unknown documents make them incomplete. */
function documentsOf(body: Value, names: readonly string[]): readonly Items[] {
  return flatMap(names, (name): readonly Items[] => {
    const value = member(body, name);
    if (isNothing(value)) return [];
    const { items, complete } = itemsOf(value, !name.endsWith('s'));
    return [...items.map(statementsIn), ...(complete.yes.isAlways() ? [] : [{ items: [], complete }])];
  });
}

/** The statements of a document that is merged; an absent document has none. */
function statementsIn({ value, when }: Element): Items {
  const document = mergedBranches(
    documentIn(
      mapLeaves(value, (leaf) => (leaf.state === 'known' && leaf.raw === '' ? { ...leaf, value: null } : leaf)),
    ),
  );
  const { items, complete } = itemsOf(member(document, 'Statement'), true);
  const from = document.origin.steps.find(({ what }) => what === 'data');
  return {
    items:
      when === TRUE && !from
        ? items
        : items.map((item) => {
            let value: Value | undefined;
            return {
              get value() {
                return (value ??= from ? cameFrom(item.value, from) : item.value);
              },
              when: when === TRUE ? item.when : bothTruths(when, item.when),
            };
          }),
    complete: when === TRUE ? complete : eitherTruth(notTruth(when), complete),
  };
}

/** A statement of another document, marked as shared, because other documents can use it too. */
function cameFrom(statement: Value, from: Step): Value {
  return mapLeaves(statement, (leaf) => ({ ...leaf, origin: { ...leaf.origin, steps: [...leaf.origin.steps, from] } }));
}

/** A statement during the merge. */
interface Draft {
  readonly item: Element;
  when: Truth;
}

/**
 * The merged statements of several documents. Those of the first documents replace nothing, because a duplicate is an
 * error there.
 */
function merged(bases: readonly Items[], replacing: readonly Items[]): readonly Element[] {
  const drafts: Draft[] = [];
  const bySid = new Map<string, Draft[]>();
  const unclear: Draft[] = [];
  const named = (): readonly Draft[] => [...bySid.values()].flat();
  const add = (item: Element, sid: string | undefined): void => {
    const draft: Draft = { item, when: item.when };
    drafts.push(draft);
    if (sid === undefined) unclear.push(draft);
    else if (sid !== '') bySid.set(sid, [...(bySid.get(sid) ?? []), draft]);
  };
  for (const { items } of bases) for (const item of items.slice(0, MOST_STATEMENTS)) add(item, sidOf(item.value));
  const alone = bases.length === 0 && replacing.length === 1;
  for (const { items, complete } of replacing) {
    // An unknown document can replace any statement with a sid.
    if (!complete.yes.isAlways())
      for (const draft of [...named(), ...unclear])
        draft.when = { yes: draft.when.yes.and(complete.yes), no: draft.when.no };
    const before = { unclear: [...unclear], named: new Map(bySid) };
    for (const item of items.slice(0, MOST_STATEMENTS)) {
      // With a single document, nothing can be replaced.
      const sid = alone ? '' : sidOf(item.value);
      if (sid !== '') {
        const same = sid === undefined ? [] : (before.named.get(sid) ?? []);
        for (const draft of same) draft.when = bothTruths(draft.when, notTruth(item.when));
        for (const draft of sid === undefined
          ? [...[...before.named.values()].flat(), ...before.unclear]
          : before.unclear)
          draft.when = { yes: draft.when.yes.and(item.when.no), no: draft.when.no };
      }
      add(item, sid);
    }
  }
  return flatMap(drafts, ({ item, when }) =>
    when.no.isAlways()
      ? []
      : [
          when === item.when
            ? item
            : {
                get value() {
                  return item.value;
                },
                when,
              },
        ],
  );
}

/** The sid of a statement; empty if it has none, undefined if unknown. */
function sidOf(statement: Value): string | undefined {
  const [only, ...others] = leaves(member(statement, 'Sid'));
  if (!only || others.length > 0) return undefined;
  if (isNothing(only.value)) return '';
  return only.value.state === 'known' ? only.value.raw : undefined;
}
