// The entries of the compiler. An ES module becomes an expression that evaluates to the module's function (rewrite.ts), with its shape for the linker. A classic script has its imports
// rewritten, or stays as it is.
import './text-decoder.ts';
import type { GlobalScope } from '../linker/global-names.ts';
import { compile } from './compile.ts';
import { describeFailure } from './errors.ts';
import { rewriteScript } from './script.ts';

/** @param scope a GlobalScope, or below zero if no instances are made of the module */
function compileToJson(source: string, fileName: string, scope: GlobalScope | -1): string {
  try {
    return JSON.stringify(compile(source, fileName, scope < 0 ? undefined : scope as GlobalScope));
  } catch (error) {
    return JSON.stringify({ error: describeFailure(error) });
  }
}

Object.defineProperty(globalThis, '__jsrunCompile', { value: compileToJson });
Object.defineProperty(globalThis, '__jsrunRewriteScript', { value: (source: string, script: number) => rewriteScript(source, script) ?? '' });
