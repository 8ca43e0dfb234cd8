/** `access`: who has access to a resource. */
import { flatMap } from '../../base/flat-map.ts';
import { inert } from '../../base/inert.ts';
import type { Uri } from '../../base/span.ts';
import { onDay } from '../../base/today.ts';
import { some } from '../../base/words.ts';
import { didYouMean } from '../../config/nearest-name.ts';
import { stacksOf } from '../../engine/analyzed-stacks.ts';
import { ParseCache } from '../../engine/parse-cache.ts';
import { collect } from '../../engine/run.ts';
import { listingOf } from '../../hover/access/listing.ts';
import { stableNameOf, type Resource, type Stack } from '../../model/resource.ts';
import { EVALUATED_TYPES } from '../../policy/access/arn-forms.ts';
import { lookupOver } from '../../policy/access/lookup.ts';
import { whoCan } from '../../policy/access/who-can.ts';
import { inputsOf } from '../inputs.ts';
import { groupsOf, type Group, type LintOptions } from '../lint.ts';
import { ACCESS_REPORTERS } from '../reporters/reporters.ts';
import { reporterNamed } from '../reporters/reporter.ts';
import { textProblem } from '../reporters/lint-text.ts';
import { shownUri } from '../shown-path.ts';
import { UsageError, type World } from '../world.ts';

export interface AccessFlags extends LintOptions {
  /** The name of a reporter. */
  readonly format: string;
}

/** A resource with its stack. */
interface Found {
  readonly resource: Resource;
  readonly stack: Stack;
  readonly group: Group;
}

/** Prints who has access to a resource of the documents, by its logical ID, Terraform address or CDK path. */
export function accessCommand(name: string, paths: readonly string[], flags: AccessFlags, world: World): void {
  const inputs = inputsOf(paths, {}, world);
  for (const { path, reason } of inputs.failures) throw new UsageError(`${path} ${reason}.`);
  const { groups, configurationFaults } = groupsOf(inputs, flags, world);
  for (const { path, text, problem, confidential } of configurationFaults)
    world.err(textProblem(path, text, problem, confidential, world));
  const stacks = flatMap(groups, (group) => stacksIn(group).map((stack) => ({ stack, group })));
  const found = flatMap(stacks, ({ stack, group }): readonly Found[] => {
    const resource = resourceNamed(name, stack.resources);
    return resource ? [{ resource, stack, group }] : [];
  });
  const [only, ...others] = ofOneDocument(found);
  if (!only)
    throw new UsageError(
      unknown(
        name,
        stacks.map(({ stack }) => stack),
        inputs.described,
      ),
    );
  if (others.length > 0)
    throw new UsageError(
      `${name} is in several documents: ${[only, ...others].map((one) => pathOf(one, world)).join(', ')}. Name one of them.`,
    );
  const { resource, stack, group } = only;
  const access = onDay(group.options.today, () => {
    const lookup = lookupOver((data) => group.reader.data(data), stack);
    const evaluated = lookup && whoCan(resource, stack, lookup);
    return evaluated && listingOf(evaluated);
  });
  if (!access)
    throw new UsageError(
      `Access to ${resource.nativeType} is not evaluated. Evaluated types: ${EVALUATED_TYPES.join(', ')}.`,
    );
  const textOf = (doc: Uri): string => group.reader.text(doc);
  world.out(reporterNamed(ACCESS_REPORTERS, flags.format).report({ access, textOf }, world));
}

function stacksIn({ reader, options, files }: Group): readonly Stack[] {
  const cache = new ParseCache();
  const snapshot = collect(
    reader,
    files.map(({ uri }) => uri),
    options,
    cache,
  );
  return stacksOf(snapshot, options, cache).stacks.map((loaded) => loaded.build().stack);
}

/** The names of a resource: its address, its construct path, and the addresses of its parts. */
function namesOf(resource: Resource): readonly string[] {
  return [
    resource.address,
    resource.displayName,
    stableNameOf(resource),
    ...flatMap(resource.parts, ({ address, construct }) => [address, construct ?? address]),
  ];
}

/**
 * The resource of a name; if a transform creates several, the one that is evaluated. A Terraform block can have several
 * instances.
 */
function resourceNamed(name: string, resources: readonly Resource[]): Resource | undefined {
  const own = resources.filter((resource) => !resource.external);
  const byName = own.filter((resource) => namesOf(resource).includes(name));
  const named = byName.length > 0 ? byName : own.filter(({ parts: [part] }) => part?.block === name);
  const instances = [...new Set(named.map(({ address }) => address))];
  if (byName.length === 0 && instances.length > 1)
    throw new UsageError(
      inert(`${name} has ${instances.length} instances. Name one of them: ${some(instances, MOST)}.`),
    );
  return (
    named.find((resource) => resource.address === name && EVALUATED_TYPES.includes(resource.type)) ??
    named.find(({ type }) => EVALUATED_TYPES.includes(type)) ??
    named[0]
  );
}

/** The maximum number of instances that a message names. */
const MOST = 4;

/** One resource for each document; a template is a stack of its own and part of those that include it. */
function ofOneDocument(found: readonly Found[]): readonly Found[] {
  const byDocument = new Map<Uri | undefined, Found>();
  for (const one of found) {
    const doc = one.resource.parts[0]?.doc;
    if (!byDocument.has(doc)) byDocument.set(doc, one);
  }
  return [...byDocument.values()];
}

function pathOf({ resource, stack }: Found, { cwd }: World): string {
  return shownUri(resource.parts[0]?.doc ?? stack.documents[0]!, cwd);
}

function unknown(name: string, stacks: readonly Stack[], where: string): string {
  const resources = flatMap(stacks, (stack) => stack.resources).filter(({ external }) => !external);
  if (resources.length === 0) return inert(`No resources found in ${where}.`);
  return inert(`No resource named "${name}" in ${where}.${didYouMean(name, flatMap(resources, namesOf))}`);
}
