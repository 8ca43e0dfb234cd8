import { withinSteps } from '../base/budget.ts';
import { fitted } from '../base/fix-title.ts';
import { inert } from '../base/inert.ts';
import { isolated } from '../base/isolation.ts';
import { onDay } from '../base/today.ts';
import type { Edit, Fix } from '../model/edit.ts';
import type { Finding, LoweredFix, RefusedFix, TextEdit } from '../model/finding.ts';
import { traitsOf } from '../model/format.ts';
import type { Resource } from '../model/resource.ts';
import { uncopied } from '../formats/copy-node.ts';
import { isDownloaded } from '../formats/terraform/downloaded.ts';
import { placedFix } from '../formats/terraform/placed-fix.ts';
import { isLowerable, isRefusal, reasonSentence, refusal, subjectOf, type Refusal } from '../formats/lowering.ts';
import { isStackEdit, lowerStackEdit } from '../formats/stack-edits.ts';
import { writeEdits } from '../fixes/write.ts';
import type { Leaf } from '../model/value.ts';
import type { TreeEdit } from '../syntax/tree-edit.ts';
import type { Tree } from '../syntax/tree.ts';
import { withActualValues } from './actual.ts';
import type { Draft } from './report.ts';

export type FixesOf = Pick<Finding, 'fixes' | 'refused'>;

/**
 * The maximum number of steps to compute the fixes of one finding. Those of real documents need less than a hundredth,
 * and a document can have hundreds of findings whose fixes need all.
 */
const STEPS_OF_FIXES = 100_000;

/**
 * The fixes of a finding, as far as the budget allows.
 * @param isSafe Decides whether a safe fix is safe elsewhere too, for each finding of a cause.
 */
export function fixesWithin(draft: Draft, today: string | undefined, isSafe?: (fix: LoweredFix) => boolean): FixesOf {
  return isolated(
    () => draft.at,
    () =>
      withinSteps(
        STEPS_OF_FIXES,
        () => onDay(today, () => fixesOf(draft, isSafe)),
        () => NO_FIXES,
      ),
    () => NO_FIXES,
  );
}

const NO_FIXES: FixesOf = { fixes: [], refused: [] };

/** The applicable fixes of a finding, and those that are not applicable, with the reason. */
export function fixesOf(draft: Draft, isSafe: (fix: LoweredFix) => boolean = () => true): FixesOf {
  const fixes: NativeFix[] = [];
  const refused: RefusedFix[] = [];
  for (const one of [draft, ...(draft.folded ?? [])])
    for (const proposal of one.details?.proposals ?? proposalsOf(one))
      if ('reason' in proposal) refused.push(proposal);
      else fixes.push(proposal.safe && !isSafe(proposal) ? { ...proposal, safe: false } : proposal);
  return { fixes: (draft.folded ? joined(fixes) : fixes).map(placed), refused };
}

/** A fix that a rule proposes for one finding, or why it is not applicable. */
export type Proposal = NativeFix | RefusedFix;

/**
 * What the rule of a finding proposes for it alone, as far as the budget allows. That is larger, because what other
 * fixes need too is not computed yet during a check.
 */
export function proposalsWithin(draft: Draft): readonly Proposal[] {
  return withinSteps(
    10 * STEPS_OF_FIXES,
    () => proposalsOf(draft),
    () => [],
  );
}

function proposalsOf(draft: Draft): readonly Proposal[] {
  return proposed(draft).map((fix) => {
    const lowered = isolated(
      () => draft.at,
      () => nativeFix(fix, withActualValues(draft).place.leaf),
      () => refusal('writing the fix failed'),
    );
    return isRefusal(lowered) ? refusedFix(fix, lowered) : lowered;
  });
}

function refusedFix({ title, safe }: Fix, { refused }: Refusal): RefusedFix {
  return { title: fitted(inert(title)), safe, reason: inert(reasonSentence(refused)) };
}

/** A fix under the title that the rule gives it, with its changes of trees. */
interface NativeFix extends LoweredFix {
  readonly native: readonly TreeEdit[];
}

/**
 * The title of a fix states if it changes values where they are written. Such a fix is safe only if no caller chooses
 * them.
 */
function placed({ native, ...fix }: NativeFix): LoweredFix {
  const found = placedFix(fix.title, native);
  return { ...fix, title: fitted(inert(found?.title ?? fix.title)), safe: fix.safe && found?.own !== false };
}

/**
 * Joins fixes with the same title at several places of one cause. Of two whose edits overlap the first is offered; the
 * other one is offered again after it is applied.
 */
function joined(fixes: readonly NativeFix[]): readonly NativeFix[] {
  const result: NativeFix[] = [];
  for (const fix of fixes) {
    const index = result.findIndex((other) => other.title === fix.title && other.safe === fix.safe);
    if (index < 0) result.push(fix);
    else if (!result[index]!.edits.some((one) => fix.edits.some((edit) => overlaps(one, edit)))) {
      const { changes: _, uncovers, ...other } = result[index]!;
      // A statement that gains an effect can have any finding.
      const more = uncovers === 'effect' ? uncovers : (fix.uncovers ?? uncovers);
      const impact = other.impact ?? fix.impact;
      result[index] = {
        ...other,
        edits: [...other.edits, ...fix.edits],
        native: [...other.native, ...fix.native],
        ...(more ? { uncovers: more } : {}),
        ...(impact ? { impact } : {}),
      };
    }
  }
  return result;
}

function overlaps(a: TextEdit, b: TextEdit): boolean {
  return a.doc === b.doc && a.range.start <= b.range.end && b.range.start <= a.range.end;
}

/** The proposed fixes of a rule; none if it throws. */
function proposed(draft: Draft): readonly Fix[] {
  return isolated(
    () => draft.place.leaf.origin.use,
    () => {
      const { report, place } = withActualValues(draft);
      return report.fixes?.(place.leaf, place.violation.at) ?? [];
    },
    () => [],
  );
}

/** Both steps of a fix: canonical to native, native to text. Each can refuse. */
export function lowerFix(fix: Fix, leaf: Leaf): LoweredFix | Refusal {
  const lowered = nativeFix(fix, leaf);
  return isRefusal(lowered) ? lowered : placed(lowered);
}

function nativeFix(fix: Fix, leaf: Leaf): NativeFix | Refusal {
  const native: TreeEdit[] = [];
  let refused: string | undefined;
  for (const edit of fix.edits) {
    const lowered = lowerEdit(edit, leaf);
    if (isRefusal(lowered)) {
      if (!fix.each) return lowered;
      refused ??= lowered.refused;
    } else if (!fix.each || lowered.every((one) => !native.some((other) => meets(one, other)))) {
      native.push(...lowered.filter((edit) => edit.op !== 'set' || !native.some((other) => isSameSet(edit, other))));
    }
  }
  if (native.length === 0) return refusal(refused ?? 'there is nothing to change');
  if (native.some(({ tree }) => isDownloaded(tree.doc)))
    return refusal('the module is downloaded; change the arguments of the module call instead');
  // A syntax error elsewhere can make text part of the changed node.
  if (native.some(({ tree }) => isBroken(tree))) return refusal('the document has syntax errors; correct them first');
  const written = fix.each ? writtenAsFarAs(native) : writeEdits(native);
  if (isRefusal(written)) return written;
  // The value is there already, and another one beside it makes it unknown.
  if (written.edits.length === 0) return refusal('there is nothing to change');
  return {
    title: fix.title,
    safe: fix.safe,
    edits: written.edits,
    changes: written.changes,
    native,
    ...(fix.uncovers ? { uncovers: fix.uncovers } : {}),
    ...(fix.impact ? { impact: fix.impact } : {}),
  };
}

function lowerEdit(edit: Edit, leaf: Leaf): readonly TreeEdit[] | Refusal {
  if (isStackEdit(edit)) return lowerStackEdit(edit);
  const resource = subjectOf(edit);
  if (!isLowerable(resource)) return refusal(notLowerable(resource));
  return uncopied(edit) ?? resource.lower(edit, leaf);
}

/** Why a format has no edits at all. */
function notLowerable({ format }: Resource): string {
  const traits = traitsOf(format);
  switch (traits?.content) {
    case 'plan':
      return `a ${traits.label} is generated; change the configuration instead`;
    case 'record':
      return `a ${traits.label} describes deployed resources; change the configuration instead`;
    default:
      return 'the format does not support this change';
  }
}

/** Independent edits without those that are not applicable, such as the removal of an item with a comment. */
function writtenAsFarAs(edits: readonly TreeEdit[]): ReturnType<typeof writeEdits> {
  const all = writeEdits(edits);
  if (!('refused' in all)) return all;
  const possible = edits.filter((one) => !('refused' in writeEdits([one])));
  return possible.length === 0 || possible.length === edits.length ? all : writeEdits(possible);
}

/**
 * Whether two edits change the same node or the same part of a text: values of several scenarios can have the same
 * text.
 */
function meets(one: TreeEdit, other: TreeEdit): boolean {
  if (one.op === 'replaceText' && other.op === 'replaceText')
    return one.tree === other.tree && one.range.start < other.range.end && other.range.start < one.range.end;
  return 'at' in one && 'at' in other && one.tree === other.tree && one.at === other.at;
}

/** Several canonical edits can require the same parent, which is written once. */
function isSameSet(a: TreeEdit & { readonly op: 'set' }, b: TreeEdit): boolean {
  return (
    b.op === 'set' &&
    a.at === b.at &&
    a.path.join('\0') === b.path.join('\0') &&
    JSON.stringify(a.value) === JSON.stringify(b.value)
  );
}

/** Whether a document, or one that contains it, has syntax errors. */
function isBroken(tree: Tree): boolean {
  return tree.problems.length > 0 || (tree.layer !== undefined && isBroken(tree.layer.outer));
}
