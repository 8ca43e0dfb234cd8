import type { DiagnosticTag, InitializeParams } from 'vscode-languageserver';

/** The capabilities of the client. Capabilities that it does not declare are off. */
export interface Client {
  /** It pulls diagnostics, so they are not pushed. */
  readonly pullsDiagnostics: boolean;
  /** It pulls diagnostics again on a refresh request. */
  readonly refreshesDiagnostics: boolean;
  readonly relatedDocuments: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  /** It returns the data of a diagnostic in requests for code actions. */
  readonly diagnosticData: boolean;
  /** The tags of diagnostics that it shows. */
  readonly diagnosticTags: readonly DiagnosticTag[];
  /** It supports code action literals; older clients support only commands. */
  readonly codeActions: boolean;
  readonly preferredCodeActions: boolean;
  /** It shows code actions that are not applicable, with the reason. */
  readonly disabledCodeActions: boolean;
  /** It resolves the edit of a code action when the user selects it. */
  readonly resolvesEdits: boolean;
  readonly documentChanges: boolean;
  /** It asks the user before it applies edits with an annotation that needs confirmation. */
  readonly changeAnnotations: boolean;
  /** It has the command that shows the page of a rule; only the extension declares this. */
  readonly showsRules: boolean;
  /** It supports snippets in the edits of documents. */
  readonly snippetEdits: boolean;
  /** It can create files. */
  readonly createsFiles: boolean;
  readonly hover: boolean;
  /** It renders Markdown in hovers; others get plain text. */
  readonly markdownHover: boolean;
  /** It shows the icons of VS Code in Markdown; only the extension declares this. */
  readonly icons: boolean;
  /** It supports completion. */
  readonly completion: boolean;
  /** It supports snippets with placeholders. */
  readonly snippets: boolean;
  /** It supports insertion without adjusted indentation. */
  readonly insertsAsIs: boolean;
  readonly markdownCompletion: boolean;
  /** It has VS Code's command that triggers completion again; only the extension declares this. */
  readonly suggestsOn: boolean;
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  /** It supports file watchers. */
  readonly watchesFiles: boolean;
  readonly workspaceFolders: boolean;
  /** It shows the status of documents; only the extension declares this. */
  readonly status: boolean;
  /** It declares position encodings; UTF-16 is always one of them. */
  readonly positionEncodings: boolean;
}

/** The capabilities that a client declares when it initializes the server. */
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
    // Clients of protocol 3.17 declare these under publishDiagnostics for both modes.
    relatedInformation: pulled?.relatedInformation ?? published?.relatedInformation ?? false,
    codeDescription: pulled?.codeDescriptionSupport ?? published?.codeDescriptionSupport ?? false,
    diagnosticData: pulled?.dataSupport ?? published?.dataSupport ?? false,
    diagnosticTags: (pulled ?? published)?.tagSupport?.valueSet ?? published?.tagSupport?.valueSet ?? [],
    codeActions: codeAction?.codeActionLiteralSupport !== undefined,
    preferredCodeActions: codeAction?.isPreferredSupport ?? false,
    disabledCodeActions: codeAction?.disabledSupport ?? false,
    resolvesEdits:
      (codeAction?.dataSupport ?? false) && (codeAction?.resolveSupport?.properties?.includes('edit') ?? false),
    hover: textDocument?.hover !== undefined,
    markdownHover: textDocument?.hover?.contentFormat?.includes('markdown') ?? false,
    completion: completion !== undefined,
    snippets: completion?.completionItem?.snippetSupport ?? false,
    insertsAsIs: completion?.completionItem?.insertTextModeSupport?.valueSet?.includes(1) ?? false,
    markdownCompletion: completion?.completionItem?.documentationFormat?.includes('markdown') ?? false,
    suggestsOn: isOurs,
    icons: isOurs,
    changeAnnotations: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    showsRules: isOurs,
    documentChanges: workspace?.workspaceEdit?.documentChanges ?? false,
    snippetEdits: workspace?.workspaceEdit?.snippetEditSupport ?? false,
    createsFiles:
      (workspace?.workspaceEdit?.documentChanges ?? false) &&
      (workspace?.workspaceEdit?.resourceOperations?.includes('create') ?? false),
    configuration: workspace?.configuration ?? false,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    workspaceFolders: workspace?.workspaceFolders ?? false,
    status: isOurs,
    positionEncodings: general?.positionEncodings !== undefined,
  };
}
