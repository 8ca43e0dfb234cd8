import type { Edit, Fix } from '../../model/edit.ts';
import { all, any, is, isPresent, judgement, not, type Judgement } from '../../model/judgement.ts';
import { itemsOfProperty } from '../../model/navigate.ts';
import { isFalse } from '../../model/predicate.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { resourcesOfTypes } from '../../model/resources-of-type.ts';
import { defineRule } from '../rule.ts';
import { withoutManagementEvents } from './management-events.ts';

export default defineRule({
  id: 'cloudtrail-management-events',
  on: 'resource',
  reads: {
    'AWS::CloudTrail::Trail': [
      'EventSelectors',
      'EventSelectors[].IncludeManagementEvents',
      'AdvancedEventSelectors',
      'AdvancedEventSelectors[].FieldSelectors',
    ],
  },
  topic: 'logging',
  severity: 'low',
  judged: '2026-11-29',
  title: 'CloudTrail trails should record management events',
  keywords: ['event selectors', 'control plane', 'data events only'],
  why: 'Management events show sign-ins, permission changes and all other changes to resources. A trail with only data events does not record them.',
  remedy:
    'Set IncludeManagementEvents to true in an event selector, or add an advanced event selector with the event category Management, unless another trail records them.',
  sources: {
    'AWS::CloudTrail::Trail':
      'Trails record management events by default; with event selectors, they record only events that match a selector.',
    'AWS::CloudTrail::Trail.EventSelector':
      'IncludeManagementEvents is true by default; the first copy of management events is free of charge.',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-multiple-trails.html': {
      claim:
        'An account can have several trails for different purposes; each further copy of the same management events is charged.',
      seen: '2026-11-30',
    },
  },
  fix: 'suggestion',
  *check(trail, { stack }) {
    const plain = trail.get('EventSelectors');
    const advanced = trail.get('AdvancedEventSelectors');
    const wrong = all(withoutManagementEvents(trail), not(recordedBeside(trail, stack)));
    yield {
      violations: [
        { wrong: all(isPresent(plain), wrong), at: plain },
        { wrong: all(isPresent(advanced), wrong), at: advanced },
      ],
      message: `${trail.displayName} does not record management events. Record them, here or in another trail.`,
      fixes: (_leaf, at) => recordingFix(trail, at === plain ? 'EventSelectors' : 'AdvancedEventSelectors'),
    };
  },
});

/** Whether another trail of the stack records management events, so that one is deliberately for data events. */
function recordedBeside(trail: Resource, stack: Stack): Judgement {
  const others = resourcesOfTypes(stack, ['AWS::CloudTrail::Trail']).filter((other) => other !== trail);
  return any(
    ...others.map((other) =>
      all(judgement(other.when), not(is(other.get('IsLogging'), isFalse)), not(withoutManagementEvents(other))),
    ),
  );
}

/** The fix that records the events with a selector. The first copy of management events is free of charge. */
function recordingFix(trail: Resource, list: 'EventSelectors' | 'AdvancedEventSelectors'): readonly Fix[] {
  const selectors = trail.get(list);
  const first = itemsOfProperty(selectors).items[0];
  if (!first) return [];
  const edit: Edit =
    list === 'EventSelectors'
      ? { op: 'set', resource: trail, path: `${list}[].IncludeManagementEvents`, item: first.value, value: true }
      : {
          op: 'insertItem',
          resource: trail,
          path: list,
          list: selectors,
          value: { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
        };
  return [
    // The trail is then checked like any other trail with management events.
    { title: 'Record management events (a second copy is charged)', safe: false, uncovers: 'effect', edits: [edit] },
  ];
}
