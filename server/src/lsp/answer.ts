import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';
import type { Log } from './log.ts';
import { Abandoned, Superseded } from './run.ts';

/**
 * The answer to a request. A request that the client cancelled, or that is about a text that is no more, is answered so;
 * anything else that goes wrong becomes a line in the log and the answer that stands for nothing, because clients show
 * errors to the user.
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
