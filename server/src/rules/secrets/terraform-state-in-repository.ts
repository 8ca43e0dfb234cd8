import { UNKNOWABLE, YES } from '../../model/judgement.ts';
import { defineRule } from '../rule.ts';

/** What a document in JSON begins with. It stands for the whole, in whatever order its keys are. */
const BEGINNING = /^\ufeff?\s*\{/;

/** An object that a state records, in any of its forms, or an output. */
const RECORDS = /"(?:instances|primary|address)"\s*:|"outputs"\s*:\s*\{\s*"/;

/** What OpenTofu writes in place of a state that it encrypts. */
const ENCRYPTED = /"encryption_version"\s*:/;

export default defineRule({
  id: 'terraform-state-in-repository',
  on: 'document',
  formats: ['terraform-state'],
  topic: 'data-exposure',
  severity: 'medium',
  profile: 'essential',
  since: '0.1',
  judged: '2026-11-25',
  title: 'Terraform state is kept out of the repository',
  why: 'A state holds every attribute of every resource in plain text, passwords and private keys among them, also those that the configuration marks as sensitive. Whoever can read the repository can read them, and its history keeps them.',
  remedy:
    'Keep the state in a remote backend that encrypts it and limits who reads it, exclude *.tfstate and *.tfstate.* from version control, and when it was committed, remove it from the history and change the secrets in it.',
  sources: [
    {
      url: 'https://developer.hashicorp.com/terraform/language/manage-sensitive-data',
      claim:
        'Locally the state is a plain text file with all secret values in it, which is to be excluded from Git; a remote backend can encrypt it at rest.',
      seen: '2026-11-25',
    },
    {
      url: 'https://opentofu.org/docs/language/state/encryption/',
      claim: 'OpenTofu can encrypt its state, so that whoever gets at the file cannot read the sensitive values in it.',
      seen: '2026-11-25',
    },
  ],
  aliases: {},
  controls: {},
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
        : 'This Terraform state will contain all resource attributes in plain text, including secrets. Keep it in an encrypted remote backend, out of the repository.',
    };
  },
});
