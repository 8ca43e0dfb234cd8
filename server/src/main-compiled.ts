/** The command-line process of a build. It keeps the compiled code of what it loads from here on. */
import { keepCode } from './cli/kept-code.ts';

keepCode(process.version, process.env, import.meta.url);
void import('./main-cli.ts');
