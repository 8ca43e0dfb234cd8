import assert from 'node:assert/strict';
import { filesBeside } from '../../server/src/formats/cloudformation/parameter-files.ts';

const TEMPLATES = ['network.yaml', 'network-prod.yaml', 'caf%C3%A9.yaml', 'alone.json'];

const PARAMETER_FILES: Readonly<Record<string, readonly string[]>> = {
  'network.yaml': ['network.parameters.json', 'network-params.yaml', 'network.test.parameters.json'],
  'network-prod.yaml': ['network-prod-params.json'],
  'caf%C3%A9.yaml': ['caf%C3%A9-parameters-prod.json'],
  'alone.json': ['alone.%70arameters.json'],
};

describe('parameter files beside a template', () => {
  const others = ['parameters.json', 'readme.md', 'network.parameters.txt', 'other.params.json'];
  const all = [...TEMPLATES, ...Object.values(PARAMETER_FILES).flat(), ...others].map((name) => `file:///d/${name}`);
  for (const [template, files] of Object.entries(PARAMETER_FILES))
    it(`are found for ${template}`, () => {
      assert.deepEqual(
        filesBeside(`file:///d/${template}`, all),
        files.map((name) => `file:///d/${name}`),
      );
    });

  it('are none where no name has their word', () => {
    const none = TEMPLATES.map((name) => `file:///d-params/${name}`);
    for (const template of none) assert.deepEqual(filesBeside(template, none), []);
  });
});
