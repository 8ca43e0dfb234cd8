/** Whether what is found after a fix is what the fix says that it uncovers. */
import type { Reader } from '../../server/src/base/snapshot.ts';
import type { Range, Span, Uri } from '../../server/src/base/span.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { inspect } from '../../server/src/engine/inspect.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { SEVERITIES, type Finding, type LoweredFix, type TextEdit } from '../../server/src/model/finding.ts';
import { leaves } from '../../server/src/model/navigate.ts';
import type { Value } from '../../server/src/model/value.ts';

/** The places of the statements of the policies that a fix has changed, in the documents as they are after it. */
export function changedStatements(after: Reader, named: readonly Uri[], options: AnalysisOptions, fix: LoweredFix): readonly Span[] {
  const cache = new ParseCache();
  return [...new Set(fix.edits.map(({ doc }) => doc))].flatMap((doc) => {
    const ranges = rangesAfter(fix.edits.filter((edit) => edit.doc === doc));
    const policies = inspect(collect(after, [doc, ...named], options, cache), doc, options, cache)?.stack.policies ?? [];
    return policies.flatMap(({ value, statements }) => {
      const places = statements.flatMap((statement) => spansOf(statement.value));
      const isChanged = [...spansOf(value), ...places].some((place) => place.doc === doc && ranges.some((range) => range.start <= place.end && range.end >= place.start));
      return isChanged ? places : [];
    });
  });
}

/**
 * Whether a finding that a fix brings is one that it says it uncovers: it lies within a statement of a policy that was changed, on a part of the policy and not
 * on all of it as its length does, and says nothing graver than what was fixed where a part is left of what was allowed.
 */
export function isUncovered({ uncovers }: LoweredFix, fixed: Finding, fresh: Finding, statements: () => readonly Span[]): boolean {
  if (!uncovers) return false;
  if (uncovers === 'part' && SEVERITIES.indexOf(fresh.severity) < SEVERITIES.indexOf(fixed.severity)) return false;
  return statements().some(({ doc, start, end }) => doc === fresh.at.doc && start <= fresh.at.start && fresh.at.end <= end);
}

/** Where what the edits of one document write stands afterwards. */
function rangesAfter(edits: readonly TextEdit[]): readonly Range[] {
  let moved = 0;
  return edits.toSorted((a, b) => a.range.start - b.range.start).map(({ range, newText }) => {
    const start = range.start + moved;
    moved += newText.length - (range.end - range.start);
    return { start, end: start + newText.length };
  });
}

function spansOf(value: Value): readonly Span[] {
  return leaves(value).flatMap(({ value: { origin } }) => origin.def ? [origin.use, origin.def] : [origin.use]);
}
