import assert from 'node:assert/strict';
import {
  othersReportSyntax,
  enabledReporters,
  schemaHelp,
  WATCHED_SETTINGS,
  type EditorEnvironment,
} from '../../client/src/other-extensions.ts';

function environment(there: readonly string[], settings: Readonly<Record<string, unknown>> = {}): EditorEnvironment {
  return { has: (extension) => there.includes(extension), setting: (name) => settings[name] };
}

const YAML = 'redhat.vscode-yaml';
const JSON_FEATURES = 'vscode.json-language-features';
const CFN_LINT = 'kddejong.vscode-cfn-lint';
const TOOLKIT_SETTING = 'aws.cloudformation.diagnostics.cfnLint.enabled';
const TOOLKIT = 'amazonwebservices.aws-toolkit-vscode';
const HASHICORP = 'hashicorp.terraform';
const OPENTOFU = 'opentofu.vscode-opentofu';

describe('other extensions', () => {
  for (const [language, there, settings, expected] of [
    ['yaml', [], {}, false],
    ['yaml', [YAML], {}, true],
    ['yaml', [YAML], { 'yaml.validate': true }, true],
    ['yaml', [YAML], { 'yaml.validate': false }, false],
    ['yaml', [YAML, CFN_LINT], { 'yaml.validate': false }, true],
    ['json', [YAML], {}, false],
    ['json', [JSON_FEATURES], {}, true],
    ['jsonc', [JSON_FEATURES], {}, true],
    ['json', [JSON_FEATURES], { 'json.validate.enable': false }, false],
    ['yaml', [JSON_FEATURES], {}, false],
    ['cloudformation', [YAML, JSON_FEATURES, CFN_LINT], {}, false],
    ['cloudformation', [TOOLKIT], {}, false],
    ['cloudformation', [TOOLKIT], { [TOOLKIT_SETTING]: true }, true],
    ['yaml', [TOOLKIT], { [TOOLKIT_SETTING]: true }, true],
    ['yaml', [TOOLKIT], { [TOOLKIT_SETTING]: false }, false],
    ['jsonc', [TOOLKIT], { [TOOLKIT_SETTING]: true }, false],
    ['terraform', [], {}, false],
    ['terraform', [HASHICORP], {}, true],
    ['terraform', [HASHICORP], { 'terraform.languageServer.enable': false }, false],
    ['terraform', [OPENTOFU], {}, false],
    ['opentofu', [OPENTOFU], {}, true],
    ['hcl', [HASHICORP, OPENTOFU], {}, false],
    ['plaintext', [YAML, JSON_FEATURES, CFN_LINT, TOOLKIT], {}, false],
  ] as const) {
    it(`${expected ? 'report' : 'do not report'} the syntax of ${language} with ${there.join(', ') || 'none'} and ${JSON.stringify(settings)}`, () => {
      assert.equal(othersReportSyntax(language, environment(there, settings)), expected);
    });
  }

  for (const [language, there, settings, completion, hover] of [
    ['yaml', [], {}, true, true],
    ['yaml', [YAML], {}, false, false],
    ['yaml', [YAML], { 'yaml.completion': true, 'yaml.hover': true }, false, false],
    ['yaml', [YAML], { 'yaml.completion': false }, true, false],
    ['yaml', [YAML], { 'yaml.hover': false }, false, true],
    ['yaml', [JSON_FEATURES, CFN_LINT, TOOLKIT], {}, true, true],
    ['plaintext', [YAML], {}, true, true],
  ] as const)
    it(`leave completion ${String(completion)} and hovers ${String(hover)} in configurations in ${language} with ${there.join(', ') || 'none'} and ${JSON.stringify(settings)}`, () => {
      assert.deepEqual(schemaHelp(language, environment(there, settings)), { completion, hover });
    });

  it('are distinguished from others that do not matter', () => {
    assert.equal(enabledReporters(environment(['a.b'])), enabledReporters(environment([])));
    assert.notEqual(enabledReporters(environment([YAML])), enabledReporters(environment([TOOLKIT])));
  });

  it('depend on settings that are watched', () => {
    assert.deepEqual(WATCHED_SETTINGS, [
      'yaml.validate',
      'json.validate.enable',
      TOOLKIT_SETTING,
      'terraform.languageServer.enable',
      'opentofu.languageServer.enable',
      'yaml.completion',
      'yaml.hover',
    ]);
  });
});
