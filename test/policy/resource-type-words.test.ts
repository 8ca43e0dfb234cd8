/** The names of resource types in texts: none looks like an identifier. */
import assert from 'node:assert/strict';
import { resourceTypePlural, resourceTypeWords } from '../../server/src/policy/data/words.ts';
import { referenceOver } from '../../server/src/policy/data/reference.ts';
import { memoryReader } from '../kit/memory-reader.ts';

describe('the words of resource types', () => {
  it('are separate words, with abbreviations in capitals', () => {
    for (const [name, one, several] of [
      ['log-group', 'log group', 'log groups'],
      ['harvest_jobs', 'harvest jobs', 'harvest jobs'],
      ['loadbalancer/app/', 'loadbalancer app', 'loadbalancer apps'],
      ['DBInstance', 'DB instance', 'DB instances'],
      ['ReportGroup', 'report group', 'report groups'],
      ['ALB', 'ALB', 'ALBs'],
      ['policy', 'policy', 'policies'],
      ['analysis', 'analysis', 'analyses'],
      ['event-bus', 'event bus', 'event buses'],
      ['index', 'index', 'indexes'],
    ] as const)
      assert.deepEqual([resourceTypeWords(name), resourceTypePlural(name)], [one, several]);
  });

  it('have no sign of an identifier in the data of any service', () => {
    const { data } = memoryReader(new Map());
    const reference = referenceOver(data)!;
    const names = [...reference.iam.services.keys()].flatMap((prefix) =>
      (reference.service(prefix)?.resourceTypes ?? []).map(({ name }) => name),
    );
    assert.ok(names.length > 1000);
    assert.deepEqual(
      names.map(resourceTypePlural).filter((words) => /[-_/]|[a-z][A-Z](?!s)/.test(words)),
      [],
    );
  });
});
