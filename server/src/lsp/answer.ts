import type { CancellationToken } from 'vscode-languageserver';
import { LSPErrorCodes, ResponseError } from './protocol.ts';
import type { Log } from './log.ts';
import { Abandoned, Superseded } from './run.ts';

/**
 * Answers a request. A cancelled request, or one about an outdated text, gets that error; any other failure is logged
 * and gets the empty result, because clients show errors to users.
 */
export async function answer<T, E = never>(
  log: Log,
  token: CancellationToken,
  request: string,
  nothing: T,
  work: () => Promise<T>,
  superseded: () => ResponseError<E> = contentModified,
): Promise<T | ResponseError<E>> {
  try {
    return await work();
  } catch (error) {
    if (token.isCancellationRequested || error instanceof Abandoned)
      return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
    if (error instanceof Superseded) return superseded();
    log.failure(`answer ${request}`, error);
    return nothing;
  }
}

function contentModified<E>(): ResponseError<E> {
  return new ResponseError(LSPErrorCodes.ContentModified, 'The document was changed.');
}
