/** The findings of the parts of a large stack (`check-parts.ts`) as data, which keeps no values of the part. */
import { Interrupted } from '../base/budget.ts';
import { flatMap } from '../base/flat-map.ts';
import { notingFailures } from '../base/isolation.ts';
import type { TextPlace } from '../model/content.ts';
import { stableNameOf, type Resource, type Stack } from '../model/resource.ts';
import type { AnyRule } from '../rules/rule.ts';
import { detailsOf, type FindingDetails } from './finding-details.ts';
import { keptDrafts, recalledDrafts, TextPlaces, type KeptDraft } from './kept-drafts.ts';
import type { Draft } from './report.ts';
import type { RuleCall } from './rule-calls.ts';

/** A call of a rule with findings, by the name of its subject. */
export interface NamedCall {
  readonly rule: AnyRule;
  readonly about: string;
  /** The number of its findings. */
  readonly findings: number;
}

/** A call with what it found. */
interface KeptCall extends NamedCall {
  /** The name of the resource that its findings are about. */
  readonly on: string | undefined;
  /** Undefined if not all of its findings can be data. */
  readonly found: readonly KeptDraft[] | undefined;
  readonly details: readonly FindingDetails[];
}

/** The details of drafts; undefined if those of one fail, which fail again where they are needed. */
function detailsOfAll(drafts: readonly Draft[]): readonly FindingDetails[] | undefined {
  try {
    // A failure in fixes or deciding texts is not one of the check, as in a whole check.
    return notingFailures(() => drafts.map(detailsOf)).value;
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    return undefined;
  }
}

export class PartFindings {
  readonly #calls: KeptCall[] = [];
  /** The texts do not change while the parts are checked. */
  readonly #places: TextPlaces;

  constructor({ documents }: Pick<Stack, 'documents'>) {
    this.#places = new TextPlaces(documents.map((doc): TextPlace => ({ text: { doc }, doc, start: 0, end: Infinity })));
  }

  add({ rule, about, subject, resource }: RuleCall, drafts: readonly Draft[]): void {
    const on = subject ?? resource;
    const kept = on && keptDrafts(drafts, on, this.#places);
    const details = kept && detailsOfAll(drafts);
    const found = details && kept;
    this.#calls.push({
      rule,
      about,
      findings: drafts.length,
      on: on && stableNameOf(on),
      found,
      details: details ?? [],
    });
  }

  /** The calls with findings. */
  get calls(): readonly NamedCall[] {
    return this.#calls;
  }

  /**
   * The findings, as drafts on the resources of a stack that was made again.
   * @param again Makes a call again, for the values of its findings.
   */
  drafts(resources: ReadonlyMap<string, Resource>, again: (call: NamedCall) => readonly Draft[]): readonly Draft[] {
    return flatMap(this.#calls, (call) => {
      const { on, found, details } = call;
      const actual = (): readonly Draft[] => again(call);
      return found
        ? recalledDrafts(found, this.#places, { subject: resources.get(on!)!, actual }).map((draft, index) => ({
            ...draft,
            details: details[index]!,
            deciding: () => details[index]!.deciding,
          }))
        : actual();
    });
  }
}
