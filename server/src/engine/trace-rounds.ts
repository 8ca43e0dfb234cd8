/** Which rule calls are made for a position, in rounds. */
import type { AnyRule } from '../rules/rule.ts';
import type { ReadPlaces } from './fact-reads.ts';
import type { Read } from './observed.ts';
import type { CallsByAbout } from './property-readers.ts';
import type { CallReach } from './rule-reach.ts';
import type { RuleTrace } from './rule-trace.ts';

/** What rules read and report at a position. */
export interface TracedPosition {
  readonly traces: readonly RuleTrace[];
  /** The innermost property at the position that a rule read, as far as it is needed. */
  readonly property: Read | undefined;
  /** Whether the time limit was exceeded before all rules ran, and even before the first group finished. */
  readonly cut: 'first' | 'later' | undefined;
}

/**
 * How much an explanation needs: everything that rules read if they read the position; or only whether rules judge a
 * value there, for which far fewer are called, with the innermost property there that a rule read, or with any one.
 */
export type TraceScope = 'everything' | 'judged' | 'property' | 'any-property';

/**
 * Whether a call, or one of the calls about a subject, is made, given what they reach.
 * @param rule Undefined for all calls about the subject.
 */
export type Concern = (reach: CallReach, about: string, rule?: AnyRule) => boolean;

/** What is known of a position without calls. */
interface KnownAt {
  /** Whether values in some places can be at the position. */
  readonly isThere: (places: ReadPlaces) => boolean;
  /** Whether an element of a policy statement is there. */
  hasStatement(): boolean;
  /** Calls that read properties there. */
  readers(): CallsByAbout;
}

/** The calls of each round. Further rounds are only needed for a property that the calls before do not read. */
export function* traceRounds(
  scope: TraceScope,
  { isThere, hasStatement, readers }: KnownAt,
): Generator<Concern, void, undefined> {
  const isJudging: Concern = ({ judged }) => isThere(judged);
  if (scope === 'judged') return yield isJudging;
  if (scope === 'everything') return yield isThere;
  const isAny = scope === 'any-property';
  if (isAny) yield isJudging;
  // Rules about each policy of a role read the others, whose statements are mostly elsewhere.
  const isInStatement = hasStatement();
  const isReading: Concern = isInStatement ? isThere : ({ properties }) => isThere(properties);
  if (!isAny) return yield (reach, about) => isJudging(reach, about) || isReading(reach, about);
  if (!isInStatement) {
    const calls = readers();
    if (calls.size === 0) return undefined;
    yield (_, about, rule) => isAmong(calls, about, rule);
  }
  yield isReading;
}

function isAmong(calls: CallsByAbout, about: string, rule: AnyRule | undefined): boolean {
  const rules = calls.get(about);
  return rules !== undefined && (rule === undefined || rules.has(rule));
}
