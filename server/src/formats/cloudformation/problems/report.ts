import type { Range } from '../../../base/span.ts';

/** Reports a problem at a range of the template. */
export type ReportProblem = (at: Range, message: string) => void;

/** The consequence of an error, as the beginning of a sentence. */
export const REJECTED = 'CloudFormation rejects this';
