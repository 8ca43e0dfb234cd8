/**
 * Makes code that tsx compiled run faster: it sets the name of each function by a call, also of one that is made a million times. Functions in stacks
 * that have no name of their own are then without one.
 */
const Module = require('node:module');

const HELPER = 'var __name=(target,value)=>__defProp(target,"name",{value,configurable:true});';
const compile = Module.prototype._compile;

Module.prototype._compile = function (content, ...rest) {
  return compile.call(this, content.replace(HELPER, 'var __name=target=>target;'), ...rest);
};
