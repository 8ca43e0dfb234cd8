import assert from 'node:assert/strict';
import { scenarioBarText, scenarioText, statusText, type DocumentStatus } from '../../client/src/status-text.ts';

const known = (of: Partial<NonNullable<DocumentStatus['known']>>): DocumentStatus['known'] => ({
  format: 'cloudformation',
  title: 'CloudFormation',
  reason: 'Resources with AWS types',
  profile: 'recommended',
  findings: 0,
  incomplete: [],
  ...of,
});

describe('the text of the status', () => {
  it('says what the document is, why, and what was found', () => {
    assert.deepEqual(statusText(known({})), {
      text: 'CloudFormation: no findings',
      detail: 'Resources with AWS types',
      warns: false,
    });
    assert.equal(statusText(known({ findings: 1 })).text, 'CloudFormation: 1 finding');
    assert.equal(statusText(known({ findings: 12 })).text, 'CloudFormation: 12 findings');
  });

  it('says which profile is in force when it is not the one that most people have', () => {
    assert.equal(statusText(known({ profile: 'strict' })).text, 'CloudFormation (strict): no findings');
  });

  it('says why a document is not checked', () => {
    const status = known({ format: 'none', title: 'Not checked', reason: 'it is empty' });
    assert.deepEqual(statusText(status), { text: 'Not checked', detail: 'It is empty', warns: false });
  });

  it('warns of what was not seen', () => {
    const { detail, warns } = statusText(known({ incomplete: ['it repeats too much', 'b.json is too large'] }));
    assert.equal(detail, 'Resources with AWS types. Incomplete: it repeats too much; b.json is too large');
    assert.equal(warns, true);
  });

  it('says something before anything is known', () => {
    assert.equal(statusText(undefined).text, 'Stackwarden');
  });
});

describe('the text of the scenario', () => {
  it('says what is so in it, and where values come from', () => {
    assert.deepEqual(
      scenarioText(known({ scenario: ['IsProd is true', 'Stage is prod'], deployments: ['a.json', 'b.json'] })),
      { text: 'Scenario: IsProd is true and Stage is prod', detail: 'Parameters of a.json, b.json' },
    );
    assert.deepEqual(scenarioText(known({ scenario: [], deployments: [] })), { text: 'All scenarios', detail: '' });
  });

  it('is there for templates alone', () => {
    assert.equal(scenarioText(known({})), undefined);
    assert.equal(scenarioText(undefined), undefined);
  });
});

describe('a status with markup of a document', () => {
  // VS Code reads icons and links in these texts.
  const hostile = '$(error) [x](command:workbench.action.quit)\u202e';
  const plain = '$ (error) [x] (command:workbench.action.quit)\uFFFD';
  it('shows it as it is', () => {
    assert.equal(statusText(known({ reason: hostile })).detail, plain);
    assert.equal(statusText(known({ format: 'none', reason: hostile })).detail, plain);
    assert.equal(statusText(known({ incomplete: [hostile] })).detail, `Resources with AWS types. Incomplete: ${plain}`);
    assert.deepEqual(scenarioText(known({ scenario: [hostile], deployments: [hostile] })), {
      text: `Scenario: ${plain}`,
      detail: `Parameters of ${plain}`,
    });
    assert.equal(scenarioBarText(known({ scenario: ['$(x) [a](b)'] }))?.text, '$(filter) $ (x) [a] (b)');
    assert.equal(
      scenarioBarText(known({ scenario: [hostile] }))?.tooltip,
      `Stackwarden checks only this scenario: ${plain}. Click to change it.`,
    );
  });
});

describe('the scenario in the status bar', () => {
  it('is there while one is looked at', () => {
    assert.deepEqual(scenarioBarText(known({ scenario: ['IsProd is true'] })), {
      text: '$(filter) IsProd is true',
      tooltip: 'Stackwarden checks only this scenario: IsProd is true. Click to change it.',
    });
    assert.equal(
      scenarioBarText(known({ scenario: ['IsProd is true', 'Stage is prod'] }))?.text,
      '$(filter) IsProd is true +1',
    );
    assert.equal(scenarioBarText(known({ scenario: [] })), undefined);
    assert.equal(scenarioBarText(known({})), undefined);
    assert.equal(scenarioBarText(undefined), undefined);
  });

  it('is short and has no icons of the document', () => {
    assert.equal(
      scenarioBarText(known({ scenario: [`Stage is ${'x'.repeat(60)}`] }))?.text,
      `$(filter) Stage is ${'x'.repeat(31)}…`,
    );
    assert.equal(scenarioBarText(known({ scenario: ['Stage is $(error)'] }))?.text, '$(filter) Stage is $ (error)');
  });
});
