import type { InitializeParams } from 'vscode-languageserver';

/** What the client on the other side can do. Everything that it does not mention, it cannot. */
export interface Client {
  /** It asks for diagnostics; they are not sent unasked then. */
  readonly pullsDiagnostics: boolean;
  /** It asks again for diagnostics when told to. */
  readonly refreshesDiagnostics: boolean;
  readonly relatedDocuments: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  /** It gives the data of a diagnostic back when it asks for code actions. */
  readonly diagnosticData: boolean;
  /** It takes code actions; older clients took commands alone. */
  readonly codeActions: boolean;
  readonly preferredCodeActions: boolean;
  /** It asks for the edit of a code action when the user has chosen it. */
  readonly resolvesEdits: boolean;
  readonly documentChanges: boolean;
  readonly hover: boolean;
  /** It shows hovers as Markdown; the others get plain text. */
  readonly markdownHover: boolean;
  /** It asks for completions. */
  readonly completion: boolean;
  /** It fills in the blanks of what is inserted. */
  readonly snippets: boolean;
  /** It can be told to leave the indentation of what is inserted as it is. */
  readonly insertsAsIs: boolean;
  readonly markdownCompletion: boolean;
  /** It has VS Code's command that asks for completions again; only our own client says that it is one. */
  readonly suggestsOn: boolean;
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  /** It tells of changes on disk. */
  readonly watchesFiles: boolean;
  readonly workspaceFolders: boolean;
  /** It shows what is known of its documents; only our own client does. */
  readonly status: boolean;
  /** It says which encodings of positions it knows; UTF-16 is always one of them. */
  readonly positionEncodings: boolean;
}

export function clientOf({
  capabilities: { textDocument, workspace, general, experimental },
}: InitializeParams): Client {
  const published = textDocument?.publishDiagnostics;
  const pulled = textDocument?.diagnostic;
  const codeAction = textDocument?.codeAction;
  const completion = textDocument?.completion;
  const isOurs =
    (experimental as { readonly stackwarden?: { readonly status?: unknown } } | undefined)?.stackwarden?.status ===
    true;
  return {
    pullsDiagnostics: pulled !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport ?? false,
    relatedDocuments: pulled?.relatedDocumentSupport ?? false,
    // Clients of protocol 3.17 name these under publishDiagnostics for both ways.
    relatedInformation: pulled?.relatedInformation ?? published?.relatedInformation ?? false,
    codeDescription: pulled?.codeDescriptionSupport ?? published?.codeDescriptionSupport ?? false,
    diagnosticData: pulled?.dataSupport ?? published?.dataSupport ?? false,
    codeActions: codeAction?.codeActionLiteralSupport !== undefined,
    preferredCodeActions: codeAction?.isPreferredSupport ?? false,
    resolvesEdits:
      (codeAction?.dataSupport ?? false) && (codeAction?.resolveSupport?.properties?.includes('edit') ?? false),
    hover: textDocument?.hover !== undefined,
    markdownHover: textDocument?.hover?.contentFormat?.includes('markdown') ?? false,
    completion: completion !== undefined,
    snippets: completion?.completionItem?.snippetSupport ?? false,
    insertsAsIs: completion?.completionItem?.insertTextModeSupport?.valueSet?.includes(1) ?? false,
    markdownCompletion: completion?.completionItem?.documentationFormat?.includes('markdown') ?? false,
    suggestsOn: isOurs,
    documentChanges: workspace?.workspaceEdit?.documentChanges ?? false,
    configuration: workspace?.configuration ?? false,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    workspaceFolders: workspace?.workspaceFolders ?? false,
    status: isOurs,
    positionEncodings: general?.positionEncodings !== undefined,
  };
}
