/**
 * Which fixes are safe in every deployment. Parameter files and variable files describe one deployment of a document,
 * and a module that is called several times, or a nested template, has several instances with one text.
 */
import { flatMap } from '../base/flat-map.ts';
import { addTo } from '../base/groups.ts';
import { memoize } from '../base/memoize.ts';
import { unnoted } from '../base/reads.ts';
import type { Uri } from '../base/span.ts';
import { finished, withProgress, type Progress, type Steps } from '../base/steps.ts';
import { onDay } from '../base/today.ts';
import type { LoweredFix, TextEdit } from '../model/finding.ts';
import type { Resource, Stack } from '../model/resource.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { BuildableStack } from './analyzed-stacks.ts';
import { checking, NO_PROGRESS, type CheckOptions } from './check.ts';
import { fixesWithin, type FixesOf } from './fix.ts';
import type { Draft } from './report.ts';

type GeneralOptions = Pick<CheckOptions, 'configuration' | 'places' | 'actions' | 'iam' | 'today'>;

export class GeneralFixes {
  readonly #views: readonly View[];
  readonly #ruleNamed: (id: string) => AnyRule | undefined;
  readonly #options: GeneralOptions;

  constructor(
    stacks: readonly BuildableStack[],
    ruleNamed: (id: string) => AnyRule | undefined,
    options: GeneralOptions,
  ) {
    this.#ruleNamed = ruleNamed;
    this.#options = options;
    this.#views = stacks.map((stack) => new View(stack, options));
  }

  /** The findings of rules for all values of the parameters and variables of stacks with given values. */
  *finding(ids: () => readonly string[], progress: () => Progress): Steps<readonly Draft[]> {
    const given = this.#views.filter(({ isGiven }) => isGiven);
    if (given.length === 0) return [];
    const rules = flatMap(ids(), (id) => this.#ruleNamed(id) ?? []);
    const found: (readonly Draft[])[] = [];
    for (const view of given) for (const rule of rules) found.push(yield* view.finding(rule, progress));
    return found.flat();
  }

  /** The fixes of a finding. One that is not safe in every deployment and for every instance is a suggestion. */
  of(draft: Draft): FixesOf {
    const { today } = this.#options;
    const rule = this.#ruleNamed(draft.rule);
    // Most rules have no safe fixes.
    if (rule?.fix !== 'safe') return fixesWithin(draft, today);
    const all = [draft, ...(draft.folded ?? [])];
    const subjects = flatMap(all, ({ subject }) => subject ?? []);
    const views = this.#views.filter(({ documents }) => all.some(({ at }) => documents.has(at.doc)));
    if (views.length < 2 && !views.some((view) => view.isGiven || view.hasInstances(subjects)))
      return fixesWithin(draft, today);
    const changes = views.map((view) => [view, view.changesBy(rule)] as const);
    const opposed = new Map<string, string | undefined>();
    const { fixes, refused } = fixesWithin(draft, today, (fix) => {
      const opposing = changes.find(([view, made]) => !view.isSafe(fix, made, subjects));
      if (opposing) opposed.set(keyOfAll(fix.edits), opposing[1].suggested.get(keyOfAll(fix.edits)));
      return !opposing;
    });
    return { fixes: fixes.map((fix) => ({ ...fix, title: opposed.get(keyOfAll(fix.edits)) ?? fix.title })), refused };
  }
}

/** A stack without the values of one deployment. */
class View {
  readonly isGiven: boolean;
  readonly documents: ReadonlySet<Uri>;
  readonly #source: BuildableStack;
  readonly #options: GeneralOptions;
  #general: { readonly stack: Stack | undefined } | undefined;
  readonly #drafts = new Map<AnyRule, readonly Draft[]>();
  readonly #changes = new Map<AnyRule, Changes>();

  constructor(stack: BuildableStack, options: GeneralOptions) {
    this.isGiven = stack.isGiven === true;
    this.documents = new Set(stack.documents);
    this.#source = stack;
    this.#options = options;
  }

  /** The findings of a rule, each on its own. */
  *finding(rule: AnyRule, progress: () => Progress): Steps<readonly Draft[]> {
    const known = this.#drafts.get(rule);
    if (known) return known;
    const stack = yield* withProgress(this.#building(), progress);
    const drafts = stack ? (yield* checking(stack, [rule], this.#options, progress)).drafts : [];
    this.#drafts.set(rule, drafts);
    return drafts;
  }

  *#building(): Generator<void, Stack | undefined, undefined> {
    if (!this.isGiven) return this.#source.build().stack;
    if (!this.#general) {
      const loaded = this.#source.general?.();
      this.#general = { stack: loaded && (yield* loaded.building()).stack };
    }
    return this.#general.stack;
  }

  /** The findings of a rule, and the stack, where an answer is wanted at once. */
  #drafted(rule: AnyRule): readonly Draft[] {
    return unnoted(() => onDay(this.#options.today, () => finished(this.finding(rule, () => NO_PROGRESS))));
  }

  #stack(): Stack | undefined {
    return unnoted(() => finished(this.#building()));
  }

  /** Whether the text of one of some resources is that of others too. */
  hasInstances(resources: readonly Resource[]): boolean {
    return resources.some((resource) => this.#instancesOf(resource).length > 1);
  }

  /** Whether each change of a fix is safe for all resources with the same text. */
  isSafe({ edits }: LoweredFix, { safe }: Changes, subjects: readonly Resource[]): boolean {
    return edits.every((edit) => {
      const having = safe.get(keyOf(edit));
      return having
        ? [...having].every((one) => this.#instancesOf(one).every((other) => having.has(other)))
        : !this.isGiven && subjects.every((one) => this.#instancesOf(one).length === 0);
    });
  }

  #instancesOf(resource: Resource): readonly Resource[] {
    const stack = this.#stack();
    const place = placeOf(resource);
    return (stack && place !== undefined && byPlace(stack).get(place)) || [];
  }

  /** The changes of the fixes of a rule. */
  changesBy(rule: AnyRule): Changes {
    let changes = this.#changes.get(rule);
    if (!changes) {
      changes = { safe: new Map(), suggested: new Map() };
      for (const draft of this.#drafted(rule)) {
        const { subject } = draft;
        for (const { safe, title, edits } of fixesWithin(draft, this.#options.today).fixes)
          if (!safe) changes.suggested.set(keyOfAll(edits), title);
          else if (subject && draft.certainty === 'certain')
            for (const edit of edits) {
              const key = keyOf(edit);
              changes.safe.set(key, (changes.safe.get(key) ?? new Set()).add(subject));
            }
      }
      this.#changes.set(rule, changes);
    }
    return changes;
  }
}

/** The changes of the fixes of a rule. */
interface Changes {
  /** The resources for which a change is safe. */
  readonly safe: Map<string, Set<Resource>>;
  /** The titles of suggestions by their changes. They state the costs. */
  readonly suggested: Map<string, string>;
}

/** The resources of a stack by the place where they are written. */
const byPlace = memoize(({ resources }: Stack): ReadonlyMap<string, readonly Resource[]> => {
  const places = new Map<string, Resource[]>();
  for (const resource of resources) {
    const place = placeOf(resource);
    if (place !== undefined) addTo(places, place, resource);
  }
  return places;
});

/** The place where a resource is written, with its type: SAM generates resources of several types from one. */
function placeOf({ type, parts: [own] }: Resource): string | undefined {
  return own && `${type} ${own.doc} ${own.nameAt.start} ${own.nameAt.end}`;
}

function keyOf({ doc, range: { start, end }, newText }: TextEdit): string {
  return JSON.stringify([doc, start, end, newText]);
}

function keyOfAll(edits: readonly TextEdit[]): string {
  return edits.map(keyOf).join('\n');
}
