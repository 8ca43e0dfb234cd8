/**
 * Whether Elastic Beanstalk updates the platform of an environment.
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environment-platform-update-managed.html
 */
import { is } from '../../model/judgement.ts';
import { isFalse, isTrue, oneOf } from '../../model/predicate.ts';
import type { CardContext, Piece } from '../card-context.ts';
import type { ComputedLine } from '../ownership.ts';

/** Whether the option settings at `path` turn managed platform updates on; nothing if none is about them. */
export function managedUpdates({ resource }: CardContext, { path }: ComputedLine): readonly Piece[] {
  if (path === undefined) return [];
  const setting = resource
    .each(path)
    .items.find(
      (item) =>
        is(item.get('Namespace'), oneOf('aws:elasticbeanstalk:managedactions')).yes.holdsByDefault() &&
        is(item.get('OptionName'), oneOf('ManagedActionsEnabled')).yes.holdsByDefault(),
    )
    ?.get('Value');
  if (!setting) return [];
  if (is(setting, isTrue).yes.holdsByDefault())
    return [{ text: 'managed platform updates', cite: [], status: 'neutral' }];
  return is(setting, isFalse).yes.holdsByDefault()
    ? [{ text: 'no managed platform updates: ManagedActionsEnabled is false', cite: [], status: 'neutral' }]
    : [{ text: 'whether platform updates are managed is not known here', cite: [], status: 'neutral' }];
}
