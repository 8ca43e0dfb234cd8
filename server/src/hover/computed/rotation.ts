/** How the value of a secret is rotated. */
import { judgement } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import { never } from '../../model/quantified.ts';
import type { Resource } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import { effectiveOf } from '../property-pieces.ts';
import type { CardContext, Piece } from '../card-context.ts';

const SCHEDULE = 'AWS::SecretsManager::RotationSchedule';

/** The rotation schedules of a secret; that there is none, if that is known. */
export function rotation({ resource }: CardContext): readonly Piece[] {
  const { edges, complete } = resource.related('secret-members');
  const schedules = edges.filter(({ resource: { type }, when }) => type === SCHEDULE && !never(judgement(when)));
  if (schedules.length > 0)
    return schedules.slice(0, 2).map(({ resource: schedule }) => neutral(scheduleText(schedule)));
  return complete.yes.isAlways() ? [neutral('no rotation schedule here')] : [];
}

function neutral(text: string): Piece {
  return { text, cite: [], status: 'neutral' };
}

function scheduleText(schedule: Resource): string {
  for (const [path, before, after] of [
    ['RotationRules.AutomaticallyAfterDays', 'every ', ' days'],
    ['RotationRules.ScheduleExpression', '', ''],
  ] as const) {
    const [first] = leaves(schedule.get(path));
    const leaf = first && effectiveOf(first.value);
    if (leaf?.state === 'known' && leaf.value !== null)
      return `${before}${shown(leaf)}${after} by ${schedule.displayName}`;
  }
  return `by ${schedule.displayName}`;
}
