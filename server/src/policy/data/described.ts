/** AWS's descriptions of actions and condition keys, as sentences. */
import { capital, some } from '../../base/words.ts';
import { actionPattern } from './action.ts';
import { globalKeyWords } from './global-key-words.ts';
import { actionDescription, authorizationPage, conditionKey, keyDescription, type IamReference } from './reference.ts';
import { kindWords, matchedActions } from './words.ts';

/** A description and its source page. */
export interface Described {
  readonly text: string;
  readonly url: string;
}

/** The page on global condition keys. */
export const GLOBAL_KEYS_PAGE =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html';

/** The description of an action; for a pattern, the actions that it matches. Undefined for an unknown action. */
export function describedAction(written: string, reference: IamReference): Described | undefined {
  const pattern = actionPattern(written);
  const service = pattern && reference.service(pattern.service);
  if (!pattern || !service) return undefined;
  const name = reference.iam.services.get(pattern.service)!;
  if (/[*?]/.test(pattern.name)) {
    const names = (matchedActions(pattern, reference) ?? []).map(({ action }) => action.name);
    return names.length === 0
      ? undefined
      : {
          text: `${names.length} of the ${service.actions.length} actions of ${name}: ${some(names, 12)}.`,
          url: authorizationPage(name),
        };
  }
  const action = service.named(pattern.name);
  const text = action && actionDescription(reference, pattern.service, action.name);
  return text === undefined ? undefined : { text: sentence(text), url: authorizationPage(name, action!.name) };
}

/** The description of a condition key. */
export function describedKey(name: string, reference: IamReference): Described | undefined {
  const key = conditionKey(reference, name);
  if (!key) return undefined;
  const words = globalKeyWords(key.name);
  if (words !== undefined) return { text: sentence(words), url: GLOBAL_KEYS_PAGE };
  const prefix = name.split(':')[0]!.toLowerCase();
  const text = keyDescription(reference, prefix, key.name);
  const service = reference.iam.services.get(prefix);
  if (text !== undefined && service !== undefined) return { text: sentence(text), url: authorizationPage(service) };
  return { text: sentence(kindWords(key)), url: GLOBAL_KEYS_PAGE };
}

function sentence(text: string): string {
  return `${capital(text.replace(/\.$/, ''))}.`;
}
