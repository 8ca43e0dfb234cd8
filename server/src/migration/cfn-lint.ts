/** The configuration of cfn-lint. https://github.com/aws-cloudformation/cfn-lint#config-file */
import type { Tree } from '../syntax/tree.ts';
import type { ReadSettings } from './peer-settings.ts';
import { globPattern } from './peer-paths.ts';
import { valueAt, rootNode, peerTexts } from './peer-values.ts';

/**
 * The settings about rules. No rule of Stackwarden corresponds to one of cfn-lint, which checks that templates are
 * valid.
 */
const RULES = ['ignore_checks', 'include_checks', 'mandatory_checks', 'configure_rules'] as const;

/** The settings of `.cfnlintrc` that have an equivalent, with notes about the others. */
export function readCfnLint(tree: Tree): ReadSettings {
  const root = rootNode(tree);
  const found = RULES.filter((name) => valueAt(root, name));
  const notes =
    found.length === 0
      ? []
      : [
          `${found.join(', ')}: cfn-lint checks that templates are valid. Its rules have no equivalent; keep running it.`,
        ];
  if (valueAt(root, 'append_rules')) notes.push('append_rules: Stackwarden has no custom rules.');
  return {
    exclude: peerTexts(tree, valueAt(root, 'ignore_templates')).map(({ text }) => ({
      pattern: globPattern(text, 'file'),
      setting: 'ignore_templates',
    })),
    notes,
  };
}
