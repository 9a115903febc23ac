// The compiler's one entry: an ES module in, an expression out that evaluates to the module's function (see rewrite.ts), with its shape for the linker.
import './text-decoder.ts';
import { compile } from './compile.ts';
import { describeFailure } from './errors.ts';

function compileToJson(source: string, fileName: string): string {
  try {
    return JSON.stringify(compile(source, fileName));
  } catch (error) {
    return JSON.stringify({ error: describeFailure(error) });
  }
}

Object.defineProperty(globalThis, '__jsrunCompile', { value: compileToJson });
