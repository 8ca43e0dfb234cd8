import type { FormatReader } from '../format.ts';
import { loadTemplate } from '../load-template.ts';

/** Templates with the transform of AWS SAM. */
export const SAM: FormatReader = { load: loadTemplate };
