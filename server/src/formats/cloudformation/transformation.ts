import type { Template } from './evaluate.ts';
import type { MadeResource, WrittenResource } from './written-resource.ts';

/** The result of a transform, which CloudFormation applies to a template first. */
export interface Transformation {
  /** Whether it can generate unknown resources. */
  readonly open: boolean;
  /** The address of a generated resource, by a name that refers to it. */
  addressOf(name: string): string | undefined;
  /** The resources generated from a resource, starting with the resource itself; undefined if it is unchanged. */
  madeOf(template: Template, written: WrittenResource): readonly MadeResource[] | undefined;
  /** The resources generated from the template as a whole. */
  madeBeside(template: Template): readonly MadeResource[];
  /** The properties that it can add to an otherwise unchanged resource. */
  touched(address: string): readonly string[];
}
