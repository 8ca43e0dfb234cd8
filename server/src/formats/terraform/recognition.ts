import { flatMap } from '../../base/flat-map.ts';
import type { NamePattern, Recognition } from '../format.ts';
import { CONFIGURATION_SYNTAXES } from '../terraform-files.ts';

/** A pattern for file names with the endings of configuration files. */
function endingIn(endings: readonly string[]): string {
  return `(?:${endings.map((ending) => ending.replaceAll('.', '\\.')).join('|')})$`;
}

/** Files next to the configuration. */
const BESIDE: readonly NamePattern[] = [
  {
    pattern: /\.(tftest|tofutest|tfquery|tfmock)\.(json|hcl)$/,
    format: 'none',
    reason: 'Terraform tests, queries and mocks define no resources',
  },
  { pattern: /\.tfvars(\.json)?$/, format: 'none', reason: 'variable values, which are read with the directory' },
  { pattern: /^\.terraform\.lock\.hcl$/, format: 'none', reason: 'the lock file of Terraform providers' },
  {
    pattern: /^terragrunt(?:\.stack)?\.hcl$/,
    format: 'none',
    reason: 'a Terragrunt configuration, which defines no resources',
  },
  { pattern: /\.pkr\.hcl$/, format: 'none', reason: 'a Packer template' },
  { pattern: /\.hcl$/, format: 'none', reason: 'HCL of another tool; names of Terraform files end in .tf' },
  // https://developer.hashicorp.com/terraform/language/functions/templatefile: the recommended name for such templates.
  { pattern: /\.tftpl$/, format: 'none', reason: 'a Terraform template, which is read through templatefile' },
];

/** Terraform recognizes configuration files only by name. */
export const TERRAFORM_RECOGNITION: Recognition = {
  names: [
    {
      pattern: new RegExp(
        `^(?=\\.).*${endingIn(flatMap(CONFIGURATION_SYNTAXES, (one) => [one.ending, one.tofuEnding]))}`,
      ),
      format: 'none',
      reason: 'Terraform ignores files whose names start with a dot',
    },
    ...CONFIGURATION_SYNTAXES.map(({ language, ending, tofuEnding }): NamePattern => ({
      pattern: new RegExp(endingIn([ending, tofuEnding])),
      format: 'terraform',
      reason: `its name ends in ${ending}`,
      language,
    })),
    ...BESIDE,
  ],
};
