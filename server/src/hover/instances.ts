/**
 * The lines about a block that declares several resources: with `count` or `for_each`, or in a module that is called
 * several times.
 */
import { flatMap } from '../base/flat-map.ts';
import { isTerraform } from '../model/format.ts';
import { judgement } from '../model/judgement.ts';
import { never } from '../model/quantified.ts';
import type { Resource, Stack } from '../model/resource.ts';
import type { Line, Status } from './card.ts';

/** The maximum number of instances that are evaluated for a card. */
const MOST_INSTANCES = 4;

/** A resource and the others of its type that its block declares, without those that never exist if others do. */
export function instancesOf(stack: Stack, resource: Resource): readonly Resource[] {
  const [part] = resource.parts;
  if (!part || !isTerraform(resource.format)) return [resource];
  const all = stack.others?.includes(resource) ? stack.others : stack.resources;
  const declared = [
    resource,
    ...all.filter((other) => {
      const [own] = other.parts;
      return (
        other !== resource &&
        other.type === resource.type &&
        own?.doc === part.doc &&
        own.range.start === part.range.start
      );
    }),
  ];
  const existing = declared.filter(({ when }) => !never(judgement(when)));
  return existing.length > 0 ? existing : [resource];
}

/**
 * What a heading says of several instances, and of none: of `count = 0` in Terraform, or a condition of a template that
 * is never met.
 */
export function instancesText(instances: readonly Resource[]): string {
  const { length } = instances;
  if (instances.every(({ when }) => never(judgement(when))))
    return isTerraform(instances[0]!.format) ? ' (no instances)' : ' (not created)';
  if (length === 1) return '';
  return length > MOST_INSTANCES ? ` (${MOST_INSTANCES} of ${length} instances)` : ` (${length} instances)`;
}

/**
 * The lines of some instances: what holds for all of them once, what differs with the keys of those for which it holds.
 */
export function linesOfInstances(
  instances: readonly Resource[],
  linesOf: (resource: Resource) => readonly Line[],
): readonly Line[] {
  const [first, ...others] = instances.slice(0, MOST_INSTANCES);
  if (!first) return [];
  if (others.length === 0) return linesOf(first);
  const ofEach = [first, ...others].map((resource) => {
    const key = keyOf(resource);
    return {
      name: key === '' ? resource.displayName : key,
      lines: linesOf(resource).map((line) => general(line, key)),
    };
  });
  const labels = new Set(flatMap(ofEach, ({ lines }) => lines.map(({ label }) => label)));
  return [...labels].map((label) => merged(ofEach.map(({ name, lines }) => ({ name, line: lineOf(lines, label) }))));
}

interface InstanceLine {
  readonly name: string;
  readonly line: Line | undefined;
}

function merged(ofEach: readonly InstanceLine[]): Line {
  const groups = new Map<string, { line: Line; names: string[] }>();
  for (const { name, line } of ofEach) {
    if (!line) continue;
    const key = line.parts.map(({ text }) => text).join('; ');
    const known = groups.get(key);
    if (known) known.names.push(name);
    else groups.set(key, { line, names: [name] });
  }
  const lines = [...groups.values()];
  const { line, names: all } = lines[0]!;
  if (all.length === ofEach.length) return line;
  const { status: _, ...rest } = line;
  const status = worst(lines.map((one) => one.line.status));
  return {
    ...rest,
    ...(status ? { status } : {}),
    parts: flatMap(lines, ({ line: { parts }, names }) =>
      parts.map((part, index) => (index === 0 ? { ...part, text: `${names.join(', ')}: ${part.text}` } : part)),
    ),
  };
}

function lineOf(lines: readonly Line[], label: string): Line | undefined {
  return lines.find((line) => line.label === label);
}

/** The worst of some statuses: good only if all are. */
export function worst(statuses: readonly (Status | undefined)[]): Status | undefined {
  if (statuses.includes('wrong')) return 'wrong';
  if (statuses.includes('unknown')) return 'unknown';
  return statuses.every((status) => status === 'good') ? 'good' : undefined;
}

/** The key of an instance, `["a"]`; empty without one. */
function keyOf({ address, parts }: Resource): string {
  const block = parts[0]?.block;
  return block !== undefined && address.startsWith(block) ? address.slice(block.length) : '';
}

/** A line whose text is the same for all instances if only their keys differ. */
function general(line: Line, key: string): Line {
  if (key === '') return line;
  return { ...line, parts: line.parts.map((part) => ({ ...part, text: part.text.replaceAll(key, '[*]') })) };
}
