import type { FormatReader } from '../format.ts';
import { loadTemplate } from '../load-template.ts';

/** CloudFormation templates. */
export const CLOUDFORMATION: FormatReader = { load: loadTemplate };
