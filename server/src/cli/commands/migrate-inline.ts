/** The suppressions of other tools in documents, as `stackwarden migrate --inline` converts them. */
import { flatMap } from '../../base/flat-map.ts';
import { resolve } from 'node:path';
import { groupedBy } from '../../base/groups.ts';
import { inert, inertLines } from '../../base/inert.ts';
import { LineIndex } from '../../base/line-index.ts';
import type { Uri } from '../../base/span.ts';
import type { Steps } from '../../base/steps.ts';
import { some } from '../../base/words.ts';
import { isGeneratedText } from '../../engine/suppression-offers.ts';
import { uriOf } from '../../host/uri.ts';
import { converted, type UnconvertedSuppression } from '../../migration/inline.ts';
import { parse } from '../../syntax/parse.ts';
import { patchOf, type FixedFile } from '../batches/fix.ts';
import { inputsOf } from '../inputs.ts';
import { groupsOf, type Groups, type LintedFile, type IncompletelyChecked } from '../lint.ts';
import { lint } from '../batches/lint.ts';
import { secretFindings } from '../secret-lines.ts';
import { count } from '../summary.ts';
import { Interruption, type World } from '../world.ts';

/** What a conversion changes. */
export interface Conversions {
  readonly files: readonly FixedFile[];
  readonly written: number;
  readonly removed: number;
  readonly kept: readonly KeptPlace[];
  readonly failures: readonly IncompletelyChecked[];
  readonly secrets: ReturnType<typeof secretFindings>;
}

/** A suppression that is kept. */
interface KeptPlace {
  /** `Checkov CKV_AWS_20: It suppresses no finding of Stackwarden.` */
  readonly text: string;
  /** `FILE:LINE`. */
  readonly place: string;
}

/** Converts the suppressions in all documents of some paths, without writing. */
export function* convertedFiles(names: readonly string[], removes: boolean, world: World): Steps<Conversions> {
  const inputs = inputsOf(names, {}, world);
  const outcome = yield* lint(unsuppressed(groupsOf(inputs, {}, world)), inputs, world);
  if (outcome.unchecked.length > 0) throw new Interruption('Interrupted. No files were changed.');
  const files: FixedFile[] = [];
  const kept: KeptPlace[] = [];
  let written = 0;
  let removed = 0;
  for (const file of outcome.files) {
    const result = convertedFile(file, removes, world);
    if (!result) continue;
    kept.push(...result.kept);
    written += result.written;
    removed += result.removed;
    if (result.file.after !== result.file.before) files.push(result.file);
  }
  const secrets = flatMap(outcome.files, ({ document }) => secretFindings(document.findings));
  return { files, written, removed, kept, failures: outcome.failures, secrets };
}

/** The same groups with all rules, and without suppressions other than ours in documents. */
function unsuppressed({ given: _, ...groups }: Groups): Groups {
  return {
    ...groups,
    groups: groups.groups.map((group) => ({
      ...group,
      options: {
        ...group.options,
        profile: 'strict',
        certainty: 'possible',
        configuration: {
          ...group.options.configuration,
          rules: [],
          overrides: [],
          suppressions: [],
          inlineSuppressions: true,
          honoredTools: [],
        },
      },
    })),
  };
}

function convertedFile(
  { path, document, textOf }: LintedFile,
  removes: boolean,
  { cwd, today }: World,
):
  | {
      readonly file: FixedFile;
      readonly written: number;
      readonly removed: number;
      readonly kept: readonly KeptPlace[];
    }
  | undefined {
  if (document.format === 'none') return undefined;
  const absolute = resolve(cwd, path);
  const doc = uriOf(absolute);
  const before = textOf(doc);
  const tree = parse(doc, before);
  const findings = document.findings.filter(({ at }) => at.doc === doc);
  const { text, written, removed, kept } = converted(tree, document.format, findings, { today, removes });
  const isGenerated = isGeneratedText(tree, document.format);
  const after = isGenerated ? before : text;
  const lines = new LineIndex(before);
  const keptAt = ({ at, name, why }: UnconvertedSuppression): KeptPlace => ({
    text: `${name}: ${why}`,
    place: `${path}:${lines.positionAt(at.start).line + 1}`,
  });
  return {
    file: { path: absolute, before, after },
    written: isGenerated ? 0 : written,
    removed: isGenerated ? 0 : removed,
    kept: [...(isGenerated && written > 0 ? [{ text: GENERATED, place: path }] : []), ...kept.map(keptAt)],
  };
}

/** Prints the changes as a patch. */
export function printConversionPatch({ files, secrets }: Conversions, world: World): void {
  const { text } = patchOf(files, world.cwd, (doc: Uri) => secrets.filter((at) => at.doc === doc));
  world.out(world.display.terminal ? inertLines(text) : text);
}

/** Prints what was converted, and what was not. */
export function printConversionSummary(
  { files, written, removed, kept, failures }: Conversions,
  missed: readonly IncompletelyChecked[],
  dryRun: boolean,
  world: World,
): void {
  const say = dryRun ? world.err : world.out;
  for (const { path, reason } of [...failures, ...missed]) world.err(`stackwarden: ${inert(`${path} ${reason}.`)}\n`);
  const where = `in ${count(files.length, 'file')}`;
  const was = (number: number): string => (dryRun ? 'would be' : number === 1 ? 'was' : 'were');
  if (written === 0 && removed === 0) say('No suppressions to convert.\n');
  if (written > 0) say(`${count(written, 'suppression')} ${was(written)} converted ${where}.\n`);
  if (removed > 0) say(`${count(removed, 'suppression')} of other tools ${was(removed)} removed ${where}.\n`);
  if (kept.length === 0) return;
  const lines = [...groupedBy(kept, ({ text }) => text)].map(
    ([text, all]) =>
      `  ${text} (${some(
        all.map(({ place }) => place),
        MOST_PLACES,
      )})\n`,
  );
  say(inertLines(`Suppressions of other tools that are kept:\n${lines.join('')}`));
}

const GENERATED = 'A tool generates the file. Convert its source.';

/** The maximum number of places that are listed for the same suppression. */
const MOST_PLACES = 3;
