import type { Range } from '../../../base/span.ts';

/** What a template refers to without defining it. */
export interface Missing {
  readonly kind: 'condition' | 'mapping' | 'name';
  readonly name: string;
}

/** Reports a problem at a range of the template, and the name that is missing, if that is the problem. */
export type ReportProblem = (at: Range, message: string, missing?: Missing) => void;

/** The consequence of an error, as the beginning of a sentence. */
export const REJECTED = 'CloudFormation rejects this';
