/** What all forms share: the facts of a rule, and those that a form derives from its data. */
import { aliasesByTool, mergedCovered, type Covered, type WrittenCovered } from '../../model/covered.ts';
import type { RuleFacts } from '../rule.ts';
import type { FormFix } from './words.ts';

/** The facts of a rule in a form. */
export type FormFacts = Omit<RuleFacts, 'fix' | 'remedy' | 'formats'> & {
  /** The remedy, if it needs more than the advice of the message. */
  readonly remedy?: string;
  /** How the fix differs from a suggestion to write the correct value. */
  readonly fix?: FormFix;
};

/** The rules that report a credential anywhere by its format. A rule about one property can state more. */
export const BY_FORMAT: readonly string[] = ['template-hardcoded-access-key', 'template-hardcoded-token'];

/** The facts of a rule that its form provides. */
export interface Derived {
  /** What to do, with `{setting}` for the property. */
  readonly advice: string;
  /** The canonical path of the property, if there is one. */
  readonly path?: string | undefined;
  /** Whether there is a value that a fix can write. */
  readonly fixable: boolean;
}

/** The facts of a rule, without the data of its form. */
export function metadataOf(data: FormFacts, { advice, path = '', fixable }: Derived): RuleFacts {
  const { id, topic, severity, title, why, sources, fix } = data;
  const { profile, since, keywords, accessed, aliases, controls, tag, subsumes, options, judged, judgesElsewhere } =
    data;
  const setting = path.slice(path.lastIndexOf('.') + 1);
  return {
    id,
    topic,
    severity,
    title,
    why,
    remedy: data.remedy ?? advice.replaceAll('{setting}', setting),
    sources,
    fix: fix === 'none' || !fixable ? 'none' : fix?.safe ? 'safe' : 'suggestion',
    ...(profile === undefined ? {} : { profile }),
    ...(since === undefined ? {} : { since }),
    ...(keywords === undefined ? {} : { keywords }),
    ...(accessed === undefined ? {} : { accessed }),
    ...(aliases === undefined ? {} : { aliases }),
    ...(controls === undefined ? {} : { controls }),
    ...(tag === undefined ? {} : { tag }),
    ...(subsumes === undefined ? {} : { subsumes }),
    ...(options === undefined ? {} : { options }),
    ...(judged === undefined ? {} : { judged }),
    ...(judgesElsewhere === undefined ? {} : { judgesElsewhere }),
  };
}

/** What a rule covers with all its places. */
export function coveredBy(own: WrittenCovered, places: readonly WrittenCovered[]): Covered {
  const { aliases, controls } = mergedCovered([own, ...places]);
  return {
    ...(Object.keys(aliases).length === 0 ? {} : { aliases }),
    ...(Object.keys(controls).length === 0 ? {} : { controls }),
  };
}

/**
 * What a violation at one place of a rule covers: what the place states, else what the rule states for all its places.
 */
export function coveredAt({ aliases = {}, controls = {} }: WrittenCovered, place: WrittenCovered): Required<Covered> {
  return { aliases: aliasesByTool(place.aliases ?? aliases), controls: place.controls ?? controls };
}

/** What is stated, with the ids by tool. */
export function statedIn({ aliases, controls }: WrittenCovered): Covered {
  return {
    ...(aliases === undefined ? {} : { aliases: aliasesByTool(aliases) }),
    ...(controls === undefined ? {} : { controls }),
  };
}
