/** The language server as a process: `node server.cjs --stdio`. */
import { serve } from './lsp/serve.ts';

serve(import.meta.url);
