import type { Range } from '../../../base/span.ts';

/** Says what is wrong at a place of the template. */
export type Report = (at: Range, message: string) => void;

/** What CloudFormation does with a template that is wrong. */
export const REJECTED = 'so CloudFormation will reject the template';
