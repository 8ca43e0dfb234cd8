/** The table of deprecated Lambda runtimes has the dates of the data that hovers read. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DEPRECATED } from '../../server/src/rules/lambda/lambda-runtime-deprecated.ts';

const { $, deprecated } = JSON.parse(
  readFileSync(new URL('../../schemas/lambda-runtimes.json', import.meta.url), 'utf8'),
) as { readonly $: { readonly date: string }; readonly deprecated: Readonly<Record<string, string>> };

describe('deprecated Lambda runtimes', () => {
  it('are those whose date had passed when the page was read', () => {
    const passed = Object.entries(deprecated).filter(([, day]) => day <= $.date);
    assert.deepEqual([...DEPRECATED], passed);
  });
});
