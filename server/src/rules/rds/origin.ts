/** What a database is made from. */
import { all, is, isPresent, not, type Judgement, type Predicate } from '../../model/judgement.ts';
import { isBlank } from '../../model/predicate.ts';
import type { Value } from '../../model/value.ts';

/**
 * Whether a property names a snapshot, source or cluster. CloudFormation takes an empty string for none and creates a new database.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html
 */
export function namesOrigin(value: Value): Judgement {
  return all(isPresent(value), not(is(value, NONE)));
}

/** A value that is not known is taken for a name, which is what the property is for. */
const NONE: Predicate = { ...isBlank, unknown: false };
