/** That hovers have a card for what rules read. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { memoizeName } from '../../server/src/base/memoize.ts';
import { serviceOf, type ServiceOwnership, type TypeCard } from '../../server/src/hover/ownership.ts';
import { RULES } from '../../server/src/rules/index.ts';

const ROOT = new URL('../../', import.meta.url);

const ownershipOf = memoizeName((path: string): ServiceOwnership | undefined => {
  const file = new URL(path, ROOT);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ServiceOwnership) : undefined;
});

describe('the cards of what rules read', () => {
  for (const rule of RULES)
    if (rule.on === 'resource')
      it(rule.id, () => {
        const missing = Object.entries<readonly string[]>(rule.reads).flatMap(([type, paths]) => {
          const file = `schemas/ownership/${serviceOf(type)}.json`;
          const card = ownershipOf(file)?.types[type];
          return card
            ? withoutCard(card, paths).map((path) => `${path} of ${type} in ${file}`)
            : [`${type} in ${file}`];
        });
        assert.deepEqual(missing, [], 'each has a card, which says whose responsibility it is');
      });
});

function withoutCard(card: TypeCard, paths: readonly string[]): readonly string[] {
  const cards = Object.keys(card.properties);
  return paths.filter((path) => !isCovered(path, cards));
}

/** A property has a card of its own, or one of what it is in or of what is in it. */
function isCovered(path: string, cards: readonly string[]): boolean {
  return cards.some(
    (card) =>
      card === path ||
      path.startsWith(`${card}.`) ||
      path.startsWith(`${card}[]`) ||
      card.startsWith(`${path}.`) ||
      card.startsWith(`${path}[]`),
  );
}
