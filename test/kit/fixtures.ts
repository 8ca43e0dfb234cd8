import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseFixture, type Fixture } from './fixture.ts';
import { withTokens } from './tokens.ts';

/** The folder of all fixtures of rules. */
export const FIXTURES: string = fileURLToPath(new URL('../rules/', import.meta.url));

/** The paths of all fixtures of rules, below `test/rules/`, sorted. */
export function fixturePaths(): readonly string[] {
  return readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.fixture'))
    .sort();
}

/** The fixture of a rule, or undefined when it has none. `rule` is its path below `server/src/rules/`. */
export function fixtureOf(rule: string): Fixture | undefined {
  const path = rule.replace(/\.ts$/, '.fixture');
  return existsSync(FIXTURES + path) ? readFixture(path) : undefined;
}

const read = new Map<string, Fixture>();

/** Reads a fixture by its path below `test/rules/`, once for all tests of a process. */
export function readFixture(path: string): Fixture {
  let fixture = read.get(path);
  if (!fixture) {
    try {
      read.set(path, (fixture = parseFixture(withTokens(readFileSync(FIXTURES + path, 'utf8')))));
    } catch (error) {
      throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
    }
  }
  return fixture;
}

/** The id of the rule that a fixture is about. */
export function ruleOfFixture(path: string): string {
  return basename(path, '.fixture');
}
