/** The source of a database: a snapshot, another database or a cluster. */
import { all, is, isPresent, not, type Judgement, type Predicate } from '../../model/judgement.ts';
import { isBlank } from '../../model/predicate.ts';
import type { Value } from '../../model/value.ts';

/**
 * Whether a property names a snapshot, source or cluster. With an empty string, CloudFormation creates a new database.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html
 */
export function namesOrigin(value: Value): Judgement {
  return all(isPresent(value), not(is(value, NONE)));
}

/** An unknown value counts as a name, because the property is for one. */
const NONE: Predicate = { ...isBlank, unknown: false };
