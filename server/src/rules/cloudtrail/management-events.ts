/** Whether a trail records management events, by its event selectors. */
import { all, any, every, exists, is, not, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import { isFalse, oneOf } from '../../model/predicate.ts';
import type { Entries, Properties } from '../../model/resource.ts';

/** Whether a trail records only data events, such as those of one bucket, which belong to one Region. */
export function withoutManagementEvents(
  trail: Pick<Properties<'EventSelectors' | 'AdvancedEventSelectors'>, 'each'>,
): Judgement {
  const plain = trail.each('EventSelectors');
  const advanced = trail.each('AdvancedEventSelectors');
  return any(
    all(
      some(plain),
      allOf(plain, (selector) => is(selector.get('IncludeManagementEvents'), isFalse)),
    ),
    all(
      some(advanced),
      allOf(advanced, (selector) => not(selectsManagement(selector))),
    ),
  );
}

function some({ items, complete }: Entries): Judgement {
  return exists({ items, complete }, () => all());
}

function allOf({ items, complete }: Entries, statement: (entry: Entries['items'][number]) => Judgement): Judgement {
  return every({ items, complete }, (item) => statement(items.find((entry) => entry.value === item.value)!));
}

/** Whether an advanced selector has the event category Management. */
function selectsManagement(selector: Properties): Judgement {
  const fields = selector.each('FieldSelectors');
  return exists({ items: fields.items, complete: fields.complete }, (item) => {
    const field = fields.items.find((entry) => entry.value === item.value)!;
    return all(
      is(field.get('Field'), oneOf('eventCategory')),
      exists(itemsOf(field.get('Equals'), true), (value) => is(value.value, oneOf('Management'))),
    );
  });
}
