/**
 * The options of Node.js for the server. It creates much short-lived data with each edit, for which the process would keep 48 MB by default; with less than 4 MB
 * for each half, more of it survives and has to be collected later.
 * https://nodejs.org/api/cli.html#--max-semi-space-sizesize-in-mib
 */
export const SERVER_OPTIONS: readonly string[] = ['--max-semi-space-size=4'];
