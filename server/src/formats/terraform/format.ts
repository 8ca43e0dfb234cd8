import type { FormatReader } from '../format.ts';
import { loadDirectory } from './load-directory.ts';
import { TERRAFORM_RECOGNITION } from './recognition.ts';

/** Directories of Terraform configuration. */
export const TERRAFORM: FormatReader = { recognition: TERRAFORM_RECOGNITION, load: loadDirectory };
