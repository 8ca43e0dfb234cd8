import type { FormatReader } from '../format.ts';
import { loadDirectory } from './load-directory.ts';

/** Directories of Terraform configuration. */
export const TERRAFORM: FormatReader = { load: loadDirectory };
