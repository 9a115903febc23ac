// Plans a classic script whose declarations must outlive it. `let`, `const` and `class` at the top level become bindings of the global scope only if V8 runs a whole script, but an exception of
// a whole script would leave V8. So the script that V8 runs holds the declarations, and none of the author's code that can throw: in its place stands a call of `$jsrun`, with which the kernel
// evaluates that piece in a try block. White space before a piece keeps it at its line and column.
//
//   var a = 1; let b = a + 1; function f() {} b * 2      →      var a; $jsrun(0); let b=$jsrun(1); function f() {} $jsrun(2);
import { TextEdits } from '../text/edits.ts';
import { assignAll, collectVars, isAnonymous, isLexical, type Node, patternNames } from './syntax.ts';

export interface Piece {
  /** What is evaluated. */
  code: string;
  /** Whether its value is the script's completion value, unless a later piece has one. */
  counts: boolean;
  /** The name of the binding, for a function or class that has none; else null. */
  name: string | null;
}

export interface Plan { script: string; pieces: Piece[] }

// The most white space, in characters, that keeps a script's pieces at their places.
const MOST_PADDING = 1 << 22;

export class Planner {
  readonly #code: string;
  readonly #strict: boolean;
  readonly #pieces: Piece[] = [];
  readonly #vars: string[] = [];
  #start = 0;
  #script = '';
  #line = 0;
  #padding = 0;
  #run: { from: number; to: number; counts: boolean; statements: Node[] } | undefined;

  constructor(code: string, strict: boolean) {
    this.#code = code;
    this.#strict = strict;
  }

  plan(body: readonly Node[]): Plan {
    this.#start = body[0]?.start ?? 0;
    for (const statement of body) {
      if (statement.type === 'FunctionDeclaration') this.#function(statement);
      else if (statement.type === 'ClassDeclaration') this.#class(statement);
      else if (isLexical(statement)) this.#declare(statement);
      else this.#statement(statement);
    }
    this.#flush();
    const vars = this.#vars.length === 0 ? '' : `var ${this.#vars.join(',')};`;
    return { script: `${this.#strict ? '"use strict";' : ''}${vars}${this.#script}`, pieces: this.#pieces };
  }

  #statement(statement: Node): void {
    collectVars(statement, this.#vars);
    this.#run ??= { from: statement.start, to: 0, counts: false, statements: [] };
    this.#run.to = statement.end;
    this.#run.counts ||= statement.type !== 'VariableDeclaration' && statement.type !== 'EmptyStatement';
    this.#run.statements.push(statement);
  }

  /** Makes the statements since the last declaration a piece. */
  #flush(): void {
    if (this.#run === undefined) return;
    const { from, to, counts, statements } = this.#run;
    this.#run = undefined;
    const edits = new TextEdits(this.#code);
    // `var` in strict code that is evaluated does not declare globals.
    if (this.#strict) for (const statement of statements) assignAll(statement, ({ kind }) => kind === 'var', edits);
    this.#script += `;${this.#piece('', from, edits.apply(from, to), '', { counts })};`;
  }

  #function(statement: Node): void {
    this.#flush();
    const text = this.#code.slice(statement.start, statement.end);
    const line = lines(this.#code.slice(0, statement.start));
    if (line > this.#line) this.#script += '\n'.repeat(line - this.#line) + ' '.repeat(column(this.#code, statement.start));
    this.#line = (line > this.#line ? line : this.#line) + lines(text);
    this.#script += text;
  }

  #class(statement: Node): void {
    this.#flush();
    const name = (statement.id as Node).name as string;
    this.#script += `let ${name}=${this.#piece('', statement.start, this.#code.slice(statement.start, statement.end), `\n;${name}`)};`;
  }

  #declare({ kind, declarations }: Node): void {
    this.#flush();
    for (const { id, init, start, end } of declarations as Node[]) {
      if ((id as Node).type !== 'Identifier') this.#destructure(kind as string, id as Node, start, end);
      else if (init === null) this.#script += `${kind as string} ${(id as Node).name as string};`;
      else this.#script += `${kind as string} ${(id as Node).name as string}=${this.#initializer(init as Node, (id as Node).name as string)};`;
    }
  }

  #initializer(init: Node, name: string): string {
    return this.#piece('(', init.start, this.#code.slice(init.start, init.end), ')', isAnonymous(init) ? { name } : {});
  }

  /** A pattern is evaluated in its piece, which returns the bound values by number. */
  #destructure(kind: string, id: Node, start: number, end: number): void {
    const names: string[] = [];
    patternNames(id, names);
    const piece = this.#piece(`${kind} `, start, this.#code.slice(start, end), `\n;({__proto__:null,${names.map((name, i) => `${i}:${name}`).join(',')}})`);
    this.#script += names.length === 0 ? `;${piece};` : `${kind}{${names.map((name, i) => `${i}:${name}`).join(',')}}=${piece};`;
  }

  /** Adds a piece and returns the call that runs it. `open` stands before the white space that keeps the text at its place. */
  #piece(open: string, start: number, text: string, close: string, more: Partial<Piece> = {}): string {
    const before = lines(this.#code.slice(0, start));
    // The text of the first piece contains the directive already.
    const prefix = `${this.#strict && start > this.#start ? '"use strict";' : ''}${open}`;
    const indent = column(this.#code, start) - (before === 0 ? prefix.length : 0);
    this.#padding += before + indent;
    const padding = this.#padding > MOST_PADDING ? '' : '\n'.repeat(before) + ' '.repeat(indent > 0 ? indent : 0);
    this.#pieces.push({ counts: false, name: null, ...more, code: `${prefix}${padding}${text}${close}` });
    return `$jsrun(${this.#pieces.length - 1})`;
  }
}

function lines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function column(code: string, at: number): number { return at - (code.lastIndexOf('\n', at - 1) + 1); }
