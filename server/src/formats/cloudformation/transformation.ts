import type { Pair } from '../../syntax/tree.ts';
import type { Template } from './evaluate.ts';
import type { GeneratedResource, WrittenResource } from './written-resource.ts';

/** What a generated resource depends on. The text of each can name more: parameters, conditions, other resources. */
export interface Dependencies {
  /** The logical IDs of the resources that it is generated from, or that decide how. */
  readonly resources: readonly string[];
  /** Entries of a section of the transform. */
  readonly entries: readonly Pair[];
  /** The names of conditions. */
  readonly conditions: readonly string[];
  /** What it takes from other texts. */
  readonly facts: string;
}

/** The result of a transform, which CloudFormation applies to a template first. */
export interface Transformation {
  /** Whether it can generate unknown resources. */
  readonly open: boolean;
  /** The address of a generated resource, by a name that refers to it. */
  addressOf(name: string): string | undefined;
  /** Finds the names of generated resources, with their addresses, in steps. They are found once. */
  naming(): Generator<void, ReadonlyMap<string, string>, undefined>;
  /** What the resources generated from a resource depend on besides its text. */
  dependenciesOf(name: string): Dependencies;
  /** The resources generated from a resource, starting with the resource itself; undefined if it is unchanged. */
  madeOf(template: Template, written: WrittenResource): readonly GeneratedResource[] | undefined;
  /** The resources generated from the template as a whole. */
  madeBeside(template: Template): readonly GeneratedResource[];
  /** The properties that it can add to an otherwise unchanged resource. */
  touched(address: string): readonly string[];
}
