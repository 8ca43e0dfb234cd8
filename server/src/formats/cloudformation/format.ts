import type { FormatReader } from '../format.ts';
import { loadTemplate } from '../load-template.ts';
import { RECOGNITION } from './recognition.ts';

/** CloudFormation templates. */
export const CLOUDFORMATION: FormatReader = { recognition: RECOGNITION, load: loadTemplate };
