// The compiler's entries: an ES module in, an expression out that evaluates to the module's function (see rewrite.ts), with its shape for the linker; a classic script in, the same
// out with its imports rewritten, or nothing.
import './text-decoder.ts';
import { compile } from './compile.ts';
import { describeFailure } from './errors.ts';
import { rewriteScript } from './script.ts';

function compileToJson(source: string, fileName: string): string {
  try {
    return JSON.stringify(compile(source, fileName));
  } catch (error) {
    return JSON.stringify({ error: describeFailure(error) });
  }
}

Object.defineProperty(globalThis, '__jsrunCompile', { value: compileToJson });
Object.defineProperty(globalThis, '__jsrunRewriteScript', { value: (source: string, script: number) => rewriteScript(source, script) ?? '' });
