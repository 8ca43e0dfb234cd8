/**
 * What the server uses of the protocol library at run time. Other files import only types from it: in the bundle, each
 * file that imports from a CommonJS module makes a copy of its 320 exports, with a getter each, at the start.
 */
export {
  CodeActionKind,
  CodeActionTriggerKind,
  CompletionItemKind,
  createConnection,
  DiagnosticSeverity,
  DiagnosticTag,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  Emitter,
  ErrorCodes,
  FileChangeType,
  InsertTextFormat,
  InsertTextMode,
  IPCMessageReader,
  IPCMessageWriter,
  LSPErrorCodes,
  MarkupKind,
  Message,
  PositionEncodingKind,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
