import { allNotImplemented } from './lib/not-implemented.js';

const absent = allNotImplemented('vm', 'Script SourceTextModule SyntheticModule createContext runInContext runInNewContext runInThisContext compileFunction measureMemory', 'a function runs no code from strings');

export const { Script, SourceTextModule, SyntheticModule, createContext, runInContext, runInNewContext, runInThisContext, compileFunction, measureMemory } = absent;
const values = { isContext: () => false };
export const { isContext } = values;
export default { ...absent, ...values };
