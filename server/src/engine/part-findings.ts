/** The findings of the parts of a large stack (`check-parts.ts`) as data, which keeps no values of the part. */
import { flatMap } from '../base/flat-map.ts';
import type { TextPlace } from '../model/content.ts';
import { stableNameOf, type Resource, type Stack } from '../model/resource.ts';
import type { AnyRule } from '../rules/rule.ts';
import { detailsOf, type FindingDetails } from './finding-details.ts';
import { keptDrafts, recalledDrafts, TextPlaces, type KeptDraft } from './kept-drafts.ts';
import type { Draft } from './report.ts';
import type { RuleCall } from './rule-calls.ts';

/** The subject of a call of a rule, by its name. */
export interface NamedCall {
  readonly rule: AnyRule;
  readonly about: string;
}

/** A call with what it found. */
interface KeptCall extends NamedCall {
  /** The name of the resource that its findings are about. */
  readonly on: string | undefined;
  /** Undefined if not all of its findings can be data. */
  readonly found: readonly KeptDraft[] | undefined;
  readonly details: readonly FindingDetails[];
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
    const found = on && keptDrafts(drafts, on, this.#places);
    this.#calls.push({ rule, about, on: on && stableNameOf(on), found, details: found ? drafts.map(detailsOf) : [] });
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
