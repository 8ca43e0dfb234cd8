/** The formats, with the code that recognizes and reads each. Their traits are in `model/format.ts`. */
import type { CheckedFormat } from '../../model/format.ts';
import { CLOUDFORMATION_RECOGNITION as CLOUDFORMATION } from '../cloudformation/recognition.ts';
import type { FormatReader } from '../format.ts';
import { IAM_POLICY } from '../iam/format.ts';
import { SAM_RECOGNITION as SAM } from '../sam/recognition.ts';
import { TERRAFORM_PLAN } from '../terraform-plan/format.ts';
import { TERRAFORM_STATE } from '../terraform-state/format.ts';
import { TERRAFORM } from '../terraform/format.ts';
import { loadTemplate } from './load-template.ts';

/** The reader of each format, in the order in which formats are recognized. */
export const READERS: Readonly<Record<CheckedFormat, FormatReader>> = {
  terraform: TERRAFORM,
  'terraform-plan': TERRAFORM_PLAN,
  'terraform-state': TERRAFORM_STATE,
  sam: { recognition: SAM, load: loadTemplate },
  cloudformation: { recognition: CLOUDFORMATION, load: loadTemplate },
  'iam-policy': IAM_POLICY,
};
