/**
 * Runs many sequences of edits.
 * `npx tsx test/fuzz/run-increments.ts [--runs N] [--seed S] [--sections] [--sam] [--terraform] [DIR…]`: sequences of
 * edits of the documents below the folders, else of the templates or Terraform directories of the fixtures; of sections
 * other than the resources, and of SAM templates only.
 */
import { parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { anyEdits, firstDifference, sectionEdits, versionsOf, type Reuse, type Session } from './increments.ts';
import { inputsBelow, type Input } from './inputs.ts';
import { isSam, templates } from './template-sessions.ts';
import { anyFileEdits, directories, directoryVersions } from './terraform-sessions.ts';

interface Options {
  readonly runs: number;
  readonly seed: number;
  readonly sections: boolean;
  readonly sam: boolean;
}

/** The documents below folders that are small enough. */
function below(folders: readonly string[]): readonly Input[] {
  return folders.flatMap(inputsBelow).filter(({ texts }) => [...texts.values()].join('').length < 60_000);
}

/** Sequences of edits of templates. */
function ofTemplates(folders: readonly string[], { runs, seed, sections, sam }: Options): readonly Session[] {
  const all =
    folders.length === 0
      ? templates()
      : below(folders)
          .filter(({ texts }) => texts.size === 1)
          .map(({ doc, texts }) => ({ doc, texts, versions: [texts.get(doc)!] }));
  const inputs = sam ? all.filter(isSam) : all;
  return fc.sample(sections ? sectionEdits : anyEdits, { seed, numRuns: runs }).map((edits, index) => {
    const input = inputs[(index * 7919) % inputs.length]!;
    return { ...input, versions: versionsOf(input.versions[0]!, edits) };
  });
}

/** Sequences of edits of the files of Terraform directories. */
function ofDirectories(folders: readonly string[], { runs, seed }: Options): readonly Session[] {
  const inputs =
    folders.length === 0 ? directories() : below(folders).filter(({ doc }) => /\.tf(?:\.json)?$/.test(doc));
  return fc.sample(anyFileEdits, { seed, numRuns: runs }).map((edits, index) => {
    const input = inputs[(index * 7919) % inputs.length]!;
    return { ...input, versions: directoryVersions(input.texts, edits) };
  });
}

/** A version as text. */
function shown(version: Session['versions'][number] | undefined): string {
  if (version === undefined || typeof version === 'string') return version ?? '';
  return [...version].map(([doc, text]) => `### ${doc}\n${text}`).join('\n');
}

function main(): void {
  const { values, positionals } = parseArgs({
    options: {
      runs: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      sections: { type: 'boolean', default: false },
      sam: { type: 'boolean', default: false },
      terraform: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const { sections, sam } = values;
  const options = { runs: Number(values.runs), seed: Number(values.seed), sections, sam };
  const sessions = (values.terraform ? ofDirectories : ofTemplates)(positionals, options);
  const reuse: Reuse = { calls: 0, all: 0 };
  let failures = 0;
  for (const [index, session] of sessions.entries()) {
    const found = firstDifference(session, reuse);
    if (!found) continue;
    failures++;
    const [before, after] = [session.versions[found.version - 1], session.versions[found.version]].map(shown);
    console.log(`${session.doc}, run ${index}, version ${found.version}\n--- before\n${before}\n--- text\n${after}`);
    const [known, scratch] = [found.known.split('\n'), found.scratch.split('\n')];
    const at = known.findIndex((line, line2) => line !== scratch[line2]);
    console.log(
      `--- known\n${known.slice(at - 3, at + 12).join('\n')}\n--- scratch\n${scratch.slice(at - 3, at + 12).join('\n')}`,
    );
  }
  console.log(`${sessions.length} runs, ${failures} failures, ${reuse.calls} of ${reuse.all} rule calls`);
  process.exitCode = failures > 0 ? 1 : 0;
}

main();
