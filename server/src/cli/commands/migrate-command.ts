/** `stackwarden migrate`: takes over the configuration of other tools, and their suppressions in documents. */
import { lstatSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CONFIGURATION_FILE } from '../../base/configuration-file.ts';
import { flatMap } from '../../base/flat-map.ts';
import { inert, inertLines } from '../../base/inert.ts';
import type { Steps } from '../../base/steps.ts';
import type { Configuration } from '../../config/configuration.ts';
import { loadedConfiguration } from '../../engine/load-configuration.ts';
import { createFile } from '../../host/create-file.ts';
import { nodeReader } from '../../host/node.ts';
import { uriOf } from '../../host/uri.ts';
import { isEmptyPlan, newConfiguration, settingsText } from '../../migration/configuration-text.ts';
import { withoutKnown } from '../../migration/known-settings.ts';
import { peerFilesIn } from '../../migration/peer-files.ts';
import { planOf, type Plan } from '../../migration/plan.ts';
import { some } from '../../base/words.ts';
import { writeFixes } from '../batches/fix.ts';
import { convertedFiles, printConversionSummary, printConversionPatch } from './migrate-inline.ts';
import { shownPath } from '../shown-path.ts';
import { count } from '../summary.ts';
import { EXIT, UsageError, type Exit, type World } from '../world.ts';

export interface MigrateFlags {
  readonly dryRun?: boolean;
  readonly inline?: boolean;
  readonly removePeerComments?: boolean;
}

/** Migrates the configuration of directories and, with `--inline`, the suppressions in documents. */
export function* migrateCommand(
  paths: readonly string[],
  { dryRun = false, inline = false, removePeerComments = false }: MigrateFlags,
  world: World,
): Steps<Exit> {
  if (removePeerComments && !inline) throw new UsageError('--remove-peer-comments requires --inline.');
  const names = paths.length === 0 ? ['.'] : paths;
  const folders = flatMap(names, (name) => folderOf(name, inline, world));
  // Nothing is written before all is known, so that an interruption changes nothing.
  const conversions = inline ? yield* convertedFiles(names, removePeerComments, world) : undefined;
  const results = folders.map((folder) => migrateFolder(folder, dryRun, world));
  let isDone = results.every((one) => one);
  if (conversions) {
    if (dryRun) printConversionPatch(conversions, world);
    const missed = dryRun ? [] : writeFixes(conversions.files, world.cwd);
    printConversionSummary(conversions, missed, dryRun, world);
    isDone &&= missed.length === 0 && conversions.failures.length === 0;
  }
  return isDone ? EXIT.clean : EXIT.unusable;
}

/** A directory; none for a file, whose suppressions alone can be migrated. */
function folderOf(name: string, inline: boolean, { cwd }: World): readonly string[] {
  const path = resolve(cwd, name);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new UsageError(`${name} does not exist.`);
  if (found.isDirectory()) return [path];
  if (!inline) throw new UsageError(`${name} is not a directory. Use --inline to migrate the suppressions in a file.`);
  return [];
}

/** Migrates the configuration of a directory, and reports whether that succeeded. */
function migrateFolder(folder: string, dryRun: boolean, world: World): boolean {
  const reader = nodeReader({ root: folder, schemas: world.program.schemas });
  const { settings, failures } = peerFilesIn(reader, uriOf(folder));
  const shown = (name: string): string => inert(shownPath(join(folder, name), world.cwd));
  for (const { file, reason } of failures) world.err(`stackwarden: ${shown(file)} ${reason}.\n`);
  const say = dryRun ? world.err : world.out;
  if (settings.length === 0) {
    const name = shownPath(folder, world.cwd);
    say(`No configuration of other tools found in ${name === '.' ? 'the current directory' : inert(name)}.\n`);
    return failures.length === 0;
  }
  const target = join(folder, CONFIGURATION_FILE);
  const existing = lstatSync(target, { throwIfNoEntry: false }) ? configurationIn(folder, world) : undefined;
  const whole = planOf(settings, world.today);
  const plan = existing ? withoutKnown(whole, existing, uriOf(folder)) : whole;
  const files = [...new Set(settings.map(({ file }) => file))];
  say(`Read ${some(files.map(shown))}.\n`);
  const isWritten = written(plan, files, { target, exists: existing !== undefined, dryRun }, world);
  if (whole.notes.length > 0) say(inertLines(`\nNot migrated:\n${whole.notes.map((note) => `  ${note}\n`).join('')}`));
  return isWritten && failures.length === 0;
}

/** The configuration that a directory has already. */
function configurationIn(folder: string, { program }: World): Configuration {
  const reader = nodeReader({ root: folder, schemas: program.schemas });
  const doc = uriOf(join(folder, CONFIGURATION_FILE));
  const answer = reader.file(doc);
  return loadedConfiguration(reader, { doc, text: answer.kind === 'text' ? answer.text : '' }).configuration;
}

interface Target {
  readonly target: string;
  readonly exists: boolean;
  readonly dryRun: boolean;
}

/** Creates the configuration, or prints what to add to one. Reports whether that succeeded. */
function written(plan: Plan, files: readonly string[], { target, exists, dryRun }: Target, world: World): boolean {
  const shown = inert(shownPath(target, world.cwd));
  const say = dryRun ? world.err : world.out;
  if (isEmptyPlan(plan)) {
    say(exists ? `${shown} has all settings that can be migrated.\n` : 'None of the settings can be migrated.\n');
    return true;
  }
  if (exists) {
    say(`${shown} already exists. Add to it:\n\n`);
    world.out(settingsText(plan));
    return true;
  }
  const text = newConfiguration(plan, files);
  if (dryRun) {
    world.out(text);
    say(`Dry run: ${shown} was not created (${summary(plan)}).\n`);
    return true;
  }
  const reason = createFile(target, text);
  if (reason !== undefined) world.err(`stackwarden: ${shown} ${reason}.\n`);
  else say(`Created ${shown}: ${summary(plan)}.\n`);
  return reason === undefined;
}

function summary({ failOn, exclude, rules, suppressions }: Plan): string {
  const active = rules.filter(({ others }) => others.length === 0);
  const off = active.filter(({ level }) => level === 'off').length;
  const proposed = rules.length - active.length;
  return some([
    ...(off > 0 ? [`${count(off, 'rule')} off`] : []),
    ...(active.length > off ? [`${count(active.length - off, 'rule')} with another severity`] : []),
    ...(proposed > 0 ? [`${count(proposed, 'rule')} commented out for review`] : []),
    ...(exclude.length > 0 ? [count(exclude.length, 'exclude pattern')] : []),
    ...(suppressions.length > 0 ? [count(suppressions.length, 'suppression')] : []),
    ...(failOn ? [`failOn ${failOn.severity}`] : []),
  ]);
}
