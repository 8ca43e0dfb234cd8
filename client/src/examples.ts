/** An example document of the extension. */
export interface Example {
  readonly id: string;
  /** The name of its format. */
  readonly label: string;
  readonly language: string;
  /** The file in the extension. */
  readonly path: string;
}

export const EXAMPLES: readonly Example[] = [
  { id: 'cloudformation', label: 'CloudFormation', language: 'yaml', path: 'examples/cloudformation/web-shop.yaml' },
  { id: 'sam', label: 'SAM', language: 'yaml', path: 'examples/sam/gallery.yaml' },
  { id: 'terraform', label: 'Terraform', language: 'terraform', path: 'examples/terraform/main.tf' },
  { id: 'iam', label: 'IAM', language: 'json', path: 'examples/iam/nightly-report-policy.json' },
];
