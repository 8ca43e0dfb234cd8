/**
 * Loads TypeScript in tests, with `node --import`. Each module stays one, so that calls between modules are direct, and
 * functions keep no names: tsx makes modules with getters, and sets the name of each function by a call, so that the
 * tests take a quarter more processor time with it.
 */
import Module, { register } from 'node:module';
import { pathToFileURL } from 'node:url';

register('./hooks.mjs', import.meta.url);
process.setSourceMapsEnabled(true);

/** Mocha requires test files, and awaits what it gets. */
Module._extensions['.ts'] = (module, path) => {
  module.exports = import(pathToFileURL(path).href);
};
