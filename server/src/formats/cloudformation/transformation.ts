import type { Template } from './evaluate.ts';
import type { MadeResource, WrittenResource } from './written-resource.ts';

/** What a transform makes of a template before CloudFormation sees it. */
export interface Transformation {
  /** Whether it may make resources that are not seen. */
  readonly open: boolean;
  /** The address of what it makes, for a name that stands for that. */
  addressOf(name: string): string | undefined;
  /** What it makes of a resource, the resource itself first; undefined if it leaves it alone. */
  madeOf(template: Template, written: WrittenResource): readonly MadeResource[] | undefined;
  /** What it makes of the template as a whole. */
  madeBeside(template: Template): readonly MadeResource[];
  /** The properties that it may write into a resource that it leaves alone otherwise. */
  touched(address: string): readonly string[];
}
