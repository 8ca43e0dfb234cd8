import { UNKNOWABLE, YES } from '../../model/judgement.ts';
import { defineRule, OF_RECORDS } from '../rule.ts';

/** The beginning of a JSON document. Findings mark it for the whole document. */
const BEGINNING = /^\ufeff?\s*\{/;

/** A resource or an output in a state, in all versions of the format. */
const RECORDS = /"(?:instances|primary|address)"\s*:|"outputs"\s*:\s*\{\s*"/;

/** The mark of a state that OpenTofu encrypts. */
const ENCRYPTED = /"encryption_version"\s*:/;

export default defineRule({
  id: 'terraform-state-in-repository',
  on: 'document',
  formats: OF_RECORDS,
  topic: 'data-exposure',
  severity: 'medium',
  profile: 'essential',
  judged: '2026-11-25',
  title: 'Terraform state should not be stored in the repository',
  keywords: ['tfstate', 'version control', 'Git', 'remote backend', 'plaintext secrets'],
  why: 'Terraform state contains all resource attributes in plain text, including passwords and private keys that are marked as sensitive. Anyone who can read the repository can read them, and its history keeps them.',
  remedy:
    'Store state in an encrypted remote backend with restricted access, and exclude *.tfstate and *.tfstate.* from version control. If state was committed, remove it from the history and rotate its secrets.',
  sources: {
    'https://developer.hashicorp.com/terraform/language/manage-sensitive-data':
      'Local state is a plain text file that contains all secret values and should be excluded from Git; a remote backend can encrypt it at rest.',
    'https://opentofu.org/docs/language/state/encryption/':
      'OpenTofu can encrypt its state, so that the sensitive values in the file cannot be read without the key.',
  },
  fix: 'none',
  *check({ text, at }) {
    const beginning = BEGINNING.exec(text);
    const records = RECORDS.test(text);
    if (!beginning || (!records && ENCRYPTED.test(text))) return;
    const end = beginning[0].length;
    yield {
      violations: [{ wrong: records ? YES : UNKNOWABLE, at: at({ start: end - 1, end }) }],
      message: records
        ? 'This Terraform state contains all resource attributes in plain text, including secrets. Keep it in an encrypted remote backend, out of the repository.'
        : 'This Terraform state will contain resource attributes in plain text, including secrets. Keep it in an encrypted remote backend, out of the repository.',
    };
  },
});
