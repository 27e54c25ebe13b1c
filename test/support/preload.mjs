import 'reflect-metadata';
import { types } from 'node:util';

// Errors made by Node's core come from another realm inside Jest and would not be `instanceof Error`.
const inherited = Function.prototype[Symbol.hasInstance];
Object.defineProperty(Error, Symbol.hasInstance, {
  value(value) {
    return this === Error ? types.isNativeError(value) || inherited.call(Error, value) : inherited.call(this, value);
  },
});
