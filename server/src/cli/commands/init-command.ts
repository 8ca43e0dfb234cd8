/** Writes a configuration file for a directory. */
import { lstatSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CONFIGURATION_FILE } from '../../base/configuration-file.ts';
import { inert } from '../../base/inert.ts';
import type { Snapshot } from '../../base/snapshot.ts';
import type { Steps } from '../../base/steps.ts';
import { DEFAULT_CONFIGURATION } from '../../config/configuration.ts';
import { detecting } from '../../engine/detections.ts';
import { Documents } from '../../engine/documents.ts';
import { ParseCache } from '../../engine/parse-cache.ts';
import { createFile } from '../../host/create-file.ts';
import { traitsOf, type Format } from '../../model/format.ts';
import type { Profile } from '../../model/profile.ts';
import { baselineCommand } from './baseline-command.ts';
import { newConfigurationText } from '../init/configuration-text.ts';
import { otherTools } from '../init/other-tools.ts';
import { inputsOf } from '../inputs.ts';
import { groupsOf, type Group } from '../lint.ts';
import { shownPath } from '../shown-path.ts';
import { count } from '../summary.ts';
import { EXIT, Interruption, UsageError, type Exit, type World } from '../world.ts';

export interface InitFlags {
  readonly profile: Profile;
  /** Whether the current findings are recorded in a baseline. */
  readonly baseline?: boolean;
}

/** Writes the file and prints what was found. An existing file is never changed. */
export function* initCommand(
  name: string | undefined,
  { profile, baseline = false }: InitFlags,
  world: World,
): Steps<Exit> {
  const folder = resolve(world.cwd, name ?? '.');
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`${name ?? '.'} is not a directory.`);
  const path = join(folder, CONFIGURATION_FILE);
  const shown = shownPath(path, world.cwd);
  if (lstatSync(path, { throwIfNoEntry: false })) throw new UsageError(`${shown} already exists.`);
  const counts = new Map<Format, number>();
  const { groups } = groupsOf(inputsOf([folder], {}, world), {}, world);
  for (const group of groups) {
    for (const format of yield* formatsOf(group, world)) counts.set(format, (counts.get(format) ?? 0) + 1);
  }
  const reason = createFile(path, newConfigurationText({ profile, baseline, formats: new Set(counts.keys()) }));
  if (reason !== undefined) throw new UsageError(`${shown} ${reason}.`);
  const others = otherTools(folder);
  world.out(
    [
      `Created ${inert(shown)} with the profile ${profile}.`,
      counts.size === 0
        ? 'No CloudFormation, SAM, Terraform, plan or IAM policy files found.'
        : `Found ${[...counts].map(([format, number]) => `${traitsOf(format)?.label ?? format} (${count(number, 'file')})`).join(', ')}.`,
      ...(others.length > 0
        ? ['Found configurations of other tools. Run "stackwarden migrate" to convert their settings:']
        : []),
      ...others.map((line) => `  ${line}`),
      '',
    ].join('\n'),
  );
  const exit = baseline ? yield* baselineCommand([folder], { config: path }, world) : EXIT.clean;
  const where = name === undefined ? '' : ` ${inert(name)}`;
  world.out(
    [
      `Run "stackwarden lint${where}" to check the files.`,
      ...(baseline ? [] : [`Run "stackwarden baseline${where}" to accept the current findings.`]),
      '',
    ].join('\n'),
  );
  return exit;
}

/** The formats of the supported files of a group. */
function* formatsOf({ reader, files }: Group, { interrupted }: World): Steps<readonly Format[]> {
  const snapshot: Snapshot = {
    named: files.map(({ uri }) => uri),
    file: (uri) => reader.file(uri),
    head: (uri) => reader.head(uri),
    folder: (uri) => reader.folder(uri),
    data: (data) => reader.data(data),
  };
  const steps = detecting(new Documents(snapshot, new ParseCache()), { configuration: DEFAULT_CONFIGURATION });
  for (;;) {
    const step = steps.next();
    if (step.done) return [...step.value.values()].map(({ format }) => format).filter((format) => format !== 'none');
    if (interrupted?.()) throw new Interruption('Interrupted. No file was created.');
    yield step.value;
  }
}
