import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index.ts';
import { fixturePaths, readFixture, ruleOfFixture } from '../kit/fixtures.ts';
import { bench } from '../kit/run-fixture.ts';
import { FOLDED, withDynamicBlocks, WAYS } from './terraform-dynamic.ts';

type File = { readonly path: string; readonly text: string };

/** What one rule says of files, without places, which differ. */
function said(rule: string, files: readonly File[]): readonly string[] {
  const { analysis } = bench(RULES.find(({ id }) => id === rule)!, files);
  return analysis.documents.flatMap(({ findings, problems }) => [
    ...findings.map(({ certainty, severity, subjects, when, message }) => `${certainty} ${severity} ${subjects.join(' ')} ${when.map(({ name, value }) => `${name}=${String(value)}`).join(' ')}: ${message}`),
    ...problems.map(({ message }) => `problem: ${message}`),
  ]).sort();
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Readonly<Record<string, unknown>> : undefined;
  } catch {
    return undefined;
  }
}

describe('static blocks and dynamic ones that make the same give the same findings', () => {
  const cases = fixturePaths().flatMap((path) => readFixture(path).cases.filter(({ files }) => files.some((file) => file.path.endsWith('.tf.json'))).map((one) => ({ rule: ruleOfFixture(path), one })));
  for (const [name, way] of Object.entries(WAYS)) it(name, () => {
    let compared = 0;
    let findings = 0;
    const different: string[] = [];
    for (const { rule, one: { name: title, files } } of cases) {
      let changed = false;
      // What a parser of JSON does not keep, such as a key that is there twice, is no matter here.
      const plain = files.map(({ path, text }): File => ({ path, text: path.endsWith('.tf.json') && parsed(text) ? JSON.stringify(parsed(text), null, 2) : text }));
      const written = files.map(({ path, text }): File => {
        const configuration = path.endsWith('.tf.json') ? parsed(text) : undefined;
        const rewritten = configuration && withDynamicBlocks(configuration, way);
        changed ||= rewritten !== undefined;
        return { path, text: rewritten ? JSON.stringify(rewritten, null, 2) : text };
      });
      if (!changed) continue;
      compared++;
      const [before, after] = [said(rule, plain), said(rule, written)];
      findings += before.length;
      const missing = before.filter((line) => !after.includes(line));
      const isFolded = name === FOLDED && missing.length < before.length && missing.every((line) => !line.startsWith('certain critical'));
      if ((missing.length > 0 && !isFolded) || (name !== FOLDED && before.length !== after.length) || after.some((line) => !before.includes(line))) different.push([`${rule}, ${title}`, ...missing.map((line) => `- ${line}`), ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`)].join('\n'));
    }
    assert.deepEqual(different, []);
    assert.ok(compared > 60 && findings > 60, `${compared} cases, ${findings} findings`);
  });
});
