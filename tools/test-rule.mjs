/**
 * `npm run test:rule -- ID`: runs the tests of a rule: of its fixture, texts, metadata and cards, and of the findings
 * of minimal resources.
 */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from './mocha.mjs';

const FIXTURES = fileURLToPath(new URL('../test/rules/', import.meta.url));

const ids = process.argv.slice(2);
if (ids.length !== 1) {
  console.error('Usage: npm run test:rule -- ID, such as npm run test:rule -- kms-key-rotation');
  process.exit(2);
}

const [id] = ids;
if (!readdirSync(FIXTURES, { recursive: true }).some((path) => basename(path) === `${id}.fixture`)) {
  console.error(`There is no ${id}.fixture in test/rules.`);
  process.exit(2);
}

const FILES = [
  'test/rules/rules.test.ts',
  'test/rules/metadata.test.ts',
  'test/rules/cards.test.ts',
  'test/bare/bare-resources.test.ts',
];

// Other rules are tested by `npm test`, and so are their pages, which take longer than all of this.
process.exit(runTests(FILES, `${id}|^rule metadata has|bare resources`));
