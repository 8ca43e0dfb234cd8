import type { FormatReader } from '../format.ts';
import { loadTemplate } from '../load-template.ts';
import { RECOGNITION } from './recognition.ts';

/** Templates with the transform of AWS SAM. */
export const SAM: FormatReader = { recognition: RECOGNITION, load: loadTemplate };
