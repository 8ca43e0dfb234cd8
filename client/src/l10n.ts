/** Puts arguments into a text in the language of the editor, for `{0}`, `{1}` and so on. */
export type Translate = (message: string, ...args: readonly (string | number)[]) => string;

let translate: Translate = (message, ...args) =>
  message.replaceAll(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));

/**
 * The texts of the client. `l10n.t` of VS Code translates them once the extension is active; modules that run without
 * VS Code use this instead of its API. `tools/l10n-bundle.ts` collects all texts from the calls.
 */
export const l10n: { readonly t: Translate } = { t: (message, ...args) => translate(message, ...args) };

/** The translation, for a part that is bundled with its own copy of this module. */
export function translation(): Translate {
  return translate;
}

/** Sets the translation. */
export function translateWith(by: Translate): void {
  translate = by;
}
