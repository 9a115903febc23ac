// Prevents code from strings: neither eval nor any of the four function constructors works, however a script gets hold of them. The names stay, because packages read them while they load.
import { replaceConstructor, replaceMethod } from './replace.ts';

type Constructor = { prototype: object; name: string; length: number };

export function forbidCodeFromStrings(): void {
  replaceMethod(globalThis, 'eval', { eval() { throw new EvalError('eval: code from strings is not allowed here'); } }.eval);
  const samples = [function () {}, async function () {}, function* () {}, async function* () {}];
  let base: object | undefined;
  for (const sample of samples) {
    const original = sample.constructor as unknown as Constructor;
    const replacement = function () { throw new EvalError(`${original.name}: code from strings is not allowed here`); };
    replaceConstructor(globalThis, original, replacement);
    // The three others inherit from Function, so their prototype must not be the original Function either.
    if (base !== undefined) Object.setPrototypeOf(replacement, base);
    base ??= replacement;
  }
}
