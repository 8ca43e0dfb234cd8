/** Counts what an analysis and edits do with more rules. The numbers are the same on every machine. */
import type { Reader } from '../../../server/src/base/snapshot.ts';
import type { Configuration } from '../../../server/src/config/configuration.ts';
import { analyze } from '../../../server/src/engine/analyze.ts';
import { inspect } from '../../../server/src/engine/inspect.ts';
import { loadedConfiguration } from '../../../server/src/engine/load-configuration.ts';
import { ParseCache } from '../../../server/src/engine/parse-cache.ts';
import { collect } from '../../../server/src/engine/run.ts';
import { configurationFindings } from '../../../server/src/engine/suppression-findings.ts';
import { RULES } from '../../../server/src/rules/index.ts';
import type { AnyRule } from '../../../server/src/rules/rule.ts';
import { TEXTS } from '../../../tools/build/rule-source.mjs';
import { memoryReader } from '../../kit/memory-reader.ts';
import { stepsOf, type Steps } from '../../kit/steps.ts';
import { documentNamed } from '../documents/catalogue.ts';
import { EditedText } from '../measure/edits.ts';

/** What is counted of the analyses of some versions of a document. */
export interface RuleCounts extends Steps {
  readonly ruleCalls: number;
  /** How often something was read of a rule that was added, and how often one of its texts, which a build loads. */
  readonly readsOfAdded: number;
  readonly textsOfAdded: number;
}

/** What decides about rules besides themselves. */
export interface Stated {
  /** More lines of the configuration, after the first of `rules`. */
  readonly settings?: string;
  /** What is written before the document. */
  readonly comment?: string;
}

/** The edits that are counted, and those before, which bring what is known. */
const EDITS = 8;
const EDITS_BEFORE = 3;

const uriOf = (name: string): string => `file:///b/main${documentNamed(name).extension}`;

/** The types of the resources of a document. */
export function typesIn(name: string): ReadonlySet<string> {
  const [uri, cache] = [uriOf(name), new ParseCache()];
  const options = { configuration: loaded(READER, '') };
  const snapshot = collect(memoryReader(new Map([[uri, documentNamed(name).make()]])), [uri], options, cache);
  return new Set(inspect(snapshot, uri, options, cache)!.stack.resources.map(({ type }) => type));
}

/**
 * Counts the first analysis of a document, and edits of it, with more rules than there are. The configuration is read
 * again with each edit, as a server does.
 */
export function countsWith(
  more: readonly AnyRule[],
  name: string,
  { settings = '', comment = '' }: Stated = {},
): { readonly first: RuleCounts; readonly edits: RuleCounts } {
  let [reads, texts] = [0, 0];
  const added = more.map(
    (rule) =>
      new Proxy(rule, {
        get: (of, fact) => {
          reads++;
          if (TEXTS.includes(String(fact))) texts++;
          return Reflect.get(of, fact) as unknown;
        },
      }),
  );
  const text = comment + documentNamed(name).make();
  const [uri, cache, edited] = [uriOf(name), new ParseCache({ edits: true }), new EditedText(text)];
  const own = ownSettings(settings);
  const analyzed = (version: string): number => {
    const reader = memoryReader(new Map([[uri, version]]));
    const configuration = loaded(reader, own);
    const options = { profile: 'strict', certainty: 'possible', configuration, today: '2026-11-30' } as const;
    configurationFindings(options);
    return analyze(collect(reader, [uri], options, cache), options, cache).work.ruleCalls;
  };
  const counted = (versions: readonly string[]): RuleCounts => {
    reads = texts = 0;
    let ruleCalls = 0;
    const steps = stepsOf(() => {
      for (const version of versions) ruleCalls += analyzed(version);
    });
    return { ...steps, ruleCalls, readsOfAdded: reads, textsOfAdded: texts };
  };
  const versionsAfter = (count: number): readonly string[] =>
    Array.from({ length: count }, () => {
      edited.next();
      return edited.text();
    });
  return withRules(added, () => {
    const first = counted([text]);
    counted(versionsAfter(EDITS_BEFORE));
    return { first, edits: counted(versionsAfter(EDITS)) };
  });
}

/** Does something while there are more rules. */
function withRules<T>(more: readonly AnyRule[], work: () => T): T {
  const all = RULES as AnyRule[];
  const { length } = all;
  all.push(...more);
  try {
    return work();
  } finally {
    all.length = length;
  }
}

let runs = 0;

/**
 * Settings that no other run has: what follows from settings and all rules is kept, and would be that of other rules.
 */
function ownSettings(settings: string): string {
  return `rules:\n  none-${String(++runs).padStart(4, '0')}: off\n${settings}`;
}

const READER = memoryReader(new Map());

function loaded(reader: Reader, text: string): Configuration {
  return loadedConfiguration(reader, { doc: 'file:///b/.stackwarden.yaml', text }).configuration;
}
