// A second check of the compiler's result, whatever parser and rewriting have done: the text must be the body of one function, and nothing after it. Text that ended the function early would run
// when the expression is evaluated, outside of the trampoline that keeps exceptions inside of V8.
import { parse } from 'acorn';
import { CompileError } from './errors.ts';
import type { Rewritten } from './rewrite.ts';

const GeneratorFunction = Object.getPrototypeOf(function* () { /* only its constructor is wanted */ }).constructor as FunctionConstructor;
const AsyncGeneratorFunction = Object.getPrototypeOf(async function* () { /* likewise */ }).constructor as FunctionConstructor;

export function assertContained({ code, parameter, body }: Pick<Rewritten, 'code' | 'parameter' | 'body'>, isAsync: boolean): void {
  try {
    // V8 itself parses the text as a function's body, and refuses it if the body ends before the text. Nothing runs.
    new (isAsync ? AsyncGeneratorFunction : GeneratorFunction)(parameter, body);
  } catch (error) {
    if (!(error instanceof EvalError)) throw new CompileError(`V8 does not accept the module: ${(error as Error).message}`, { line: 1, column: 1 });
    assertContainedByParser(code);
  }
}

/** The check for an isolate that does not allow code from strings. */
function assertContainedByParser(code: string): void {
  const { body } = parse(code, { ecmaVersion: 'latest', sourceType: 'script', allowAwaitOutsideFunction: false });
  const [statement] = body;
  if (body.length !== 1 || statement?.type !== 'ExpressionStatement' || statement.expression.type !== 'FunctionExpression') {
    throw new CompileError('The module does not stay inside of its function', { line: 1, column: 1 });
  }
}
