import type { FormatReader } from '../format.ts';
import { loadDirectory } from './load-directory.ts';
import { RECOGNITION } from './recognition.ts';

/** Directories of Terraform configuration. */
export const TERRAFORM: FormatReader = { recognition: RECOGNITION, load: loadDirectory };
