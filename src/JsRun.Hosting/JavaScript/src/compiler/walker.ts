// One walk over the syntax tree: where imported names are used, with the scopes that may hide them, and what else must be rewritten.
import type {
  AnyNode, BlockStatement, Class, Function as FunctionNode, ImportExpression, MetaProperty, NewExpression, Node, Pattern, Program, UnaryExpression, VariableDeclaration,
} from 'acorn';
import { patternNames } from './patterns.ts';
import { Scope } from './scope.ts';

/** `callee`: the node begins the callee of a `new` expression, where a call would belong to the `new`. */
export type ReferenceForm = 'read' | 'write' | 'callee' | 'typeof';

interface Use { start: number; end: number; name: string; form: ReferenceForm; shorthand: boolean; scope: Scope }

export class Walker {
  readonly references: Use[] = [];
  readonly metas: { start: number; end: number; deleted: boolean }[] = [];
  readonly imports: ImportExpression[] = [];
  readonly globalArguments: Use[] = [];
  readonly dollarNames = new Set<string>();
  async = false;
  /** Whether the top level declares something with `using`. */
  disposes = false;

  readonly #imported: { has(name: string): boolean };
  /** Functions of any kind around the node; none is the top level. */
  #functions = 0;
  /** Those among them that have `arguments` of their own. */
  #ordinaryFunctions = 0;
  #callee: Node | undefined;
  #typeof: Node | undefined;
  #deleted: Node | undefined;

  constructor(imported: { has(name: string): boolean }) { this.#imported = imported; }

  walk(program: Program): void {
    const scope = new Scope(null, true);
    for (const statement of program.body) this.#visit(statement, scope);
  }

  #visit(root: AnyNode, scope: Scope): void {
    let node = root;
    // A loop and no recursion: the left operands of long sums and conditions nest deeply.
    while (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') {
      this.#visit(node.right, scope);
      node = node.left as AnyNode;
    }
    switch (node.type) {
      case 'Identifier': return this.#use(node, scope, 'read', false);
      case 'MemberExpression':
        this.#visit(node.object, scope);
        if (node.computed) this.#visit(node.property, scope);
        return;
      case 'Property':
        if (node.computed) this.#visit(node.key, scope);
        if (node.shorthand && node.value.type === 'Identifier') return this.#use(node.value, scope, 'read', true);
        return this.#visit(node.value, scope);
      case 'FunctionDeclaration':
        this.#declare(node.id, scope);
        return this.#function(node, scope, true);
      case 'FunctionExpression': {
        const inner = new Scope(scope, false);
        this.#declare(node.id, inner);
        return this.#function(node, inner, true);
      }
      case 'ArrowFunctionExpression': return this.#function(node, scope, false);
      case 'ClassDeclaration':
        this.#declare(node.id, scope);
        return this.#class(node, scope);
      case 'ClassExpression': return this.#class(node, scope);
      case 'PropertyDefinition':
        if (node.computed) this.#visit(node.key, scope);
        if (node.value) this.#inFunction(true, node.value, scope);
        return;
      case 'MethodDefinition':
        if (node.computed) this.#visit(node.key, scope);
        return this.#visit(node.value, scope);
      case 'StaticBlock': return this.#inFunction(true, node.body, new Scope(scope, true));
      case 'VariableDeclaration': return this.#variables(node, scope);
      case 'BlockStatement': return this.#all(node.body, new Scope(scope, false));
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement': return this.#loop(node, new Scope(scope, false));
      case 'SwitchStatement':
        this.#visit(node.discriminant, scope);
        return this.#all(node.cases, new Scope(scope, false));
      case 'CatchClause': {
        const inner = new Scope(scope, false);
        if (node.param) this.#bind(node.param, inner, inner);
        return this.#visit(node.body, inner);
      }
      case 'LabeledStatement': return this.#visit(node.body, scope);
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'ImportDeclaration':
      case 'ExportAllDeclaration': return;
      case 'ExportNamedDeclaration':
        if (node.declaration) this.#visit(node.declaration, scope);
        return;
      case 'AssignmentExpression':
        this.#assign(node.left, scope);
        return this.#visit(node.right, scope);
      case 'UpdateExpression': return this.#assign(node.argument as Pattern, scope);
      case 'NewExpression':
        this.#callee = head(node);
        return this.#children(node, scope);
      case 'UnaryExpression': return this.#unary(node, scope);
      case 'AwaitExpression':
        if (this.#functions === 0) this.async = true;
        return this.#visit(node.argument, scope);
      case 'MetaProperty': return this.#meta(node);
      case 'ImportExpression':
        this.imports.push(node);
        return this.#children(node, scope);
      default: return this.#children(node, scope);
    }
  }

  #all(nodes: readonly (AnyNode | null)[], scope: Scope): void {
    for (const node of nodes) if (node !== null) this.#visit(node, scope);
  }

  #children(node: Node, scope: Scope): void {
    for (const key in node) {
      const child = (node as unknown as Record<string, unknown>)[key];
      if (typeof child !== 'object' || child === null) continue;
      if (Array.isArray(child)) this.#all(child as AnyNode[], scope);
      else if (typeof (child as Node).type === 'string') this.#visit(child as AnyNode, scope);
    }
  }

  #use(node: { name: string } & Node, scope: Scope, form: ReferenceForm, shorthand: boolean): void {
    const { name, start, end } = node;
    if (name.startsWith('$')) this.dollarNames.add(name);
    const isArguments = name === 'arguments' && this.#ordinaryFunctions === 0;
    if (!isArguments && (name === 'arguments' || !this.#imported.has(name))) return;
    if (node === this.#callee) form = 'callee';
    if (node === this.#typeof) form = 'typeof';
    (isArguments ? this.globalArguments : this.references).push({ start, end, name, form, shorthand, scope });
  }

  #declare(id: { name: string } | null | undefined, scope: Scope): void {
    if (!id) return;
    if (id.name.startsWith('$')) this.dollarNames.add(id.name);
    if (this.#imported.has(id.name)) scope.hide(id.name);
  }

  /** A pattern that declares names in `scope`; its defaults and computed keys are evaluated in `outer`. */
  #bind(pattern: Pattern, scope: Scope, outer: Scope): void {
    for (const name of patternNames(pattern)) this.#declare({ name }, scope);
    this.#expressionsOf(pattern, outer);
  }

  #expressionsOf(pattern: Pattern, scope: Scope): void {
    switch (pattern.type) {
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          if (property.type === 'Property' && property.computed) this.#visit(property.key, scope);
          this.#expressionsOf(property.type === 'Property' ? property.value : property.argument, scope);
        }
        break;
      case 'ArrayPattern':
        for (const element of pattern.elements) if (element) this.#expressionsOf(element, scope);
        break;
      case 'AssignmentPattern':
        this.#expressionsOf(pattern.left, scope);
        this.#visit(pattern.right, scope);
        break;
      case 'RestElement': this.#expressionsOf(pattern.argument, scope); break;
    }
  }

  /** A pattern that assigns to what is there. */
  #assign(target: Pattern, scope: Scope, shorthand = false): void {
    switch (target.type) {
      case 'Identifier': return this.#use(target, scope, 'write', shorthand);
      case 'ObjectPattern':
        for (const property of target.properties) {
          if (property.type === 'RestElement') this.#assign(property.argument, scope);
          else {
            if (property.computed) this.#visit(property.key, scope);
            this.#assign(property.value, scope, property.shorthand);
          }
        }
        return;
      case 'ArrayPattern':
        for (const element of target.elements) if (element) this.#assign(element, scope);
        return;
      case 'AssignmentPattern':
        this.#assign(target.left, scope, shorthand);
        return this.#visit(target.right, scope);
      case 'RestElement': return this.#assign(target.argument, scope);
      default: return this.#visit(target, scope);
    }
  }

  #variables({ kind, declarations }: VariableDeclaration, scope: Scope): void {
    if (kind === 'await using' && this.#functions === 0) this.async = true;
    if ((kind === 'using' || kind === 'await using') && this.#functions === 0) this.disposes = true;
    for (const { id, init } of declarations) {
      this.#bind(id, kind === 'var' ? scope.variables : scope, scope);
      if (init) this.#visit(init, scope);
    }
  }

  #loop(node: AnyNode & { type: 'ForStatement' | 'ForInStatement' | 'ForOfStatement' }, scope: Scope): void {
    if (node.type === 'ForStatement') return this.#children(node, scope);
    if (node.type === 'ForOfStatement' && node.await && this.#functions === 0) this.async = true;
    if (node.left.type === 'VariableDeclaration') this.#visit(node.left, scope);
    else this.#assign(node.left, scope);
    this.#visit(node.right, scope);
    this.#visit(node.body, scope);
  }

  #function(node: FunctionNode, outer: Scope, ordinary: boolean): void {
    // Defaults of parameters do not see the body's variables.
    const parameters = new Scope(outer, true);
    const body = new Scope(parameters, true);
    this.#enter(ordinary);
    for (const parameter of node.params) this.#bind(parameter, parameters, parameters);
    if (node.body.type === 'BlockStatement') this.#all((node.body as BlockStatement).body, body);
    else this.#visit(node.body, body);
    this.#leave(ordinary);
  }

  #class(node: Class, outer: Scope): void {
    const scope = new Scope(outer, false);
    this.#declare(node.id, scope);
    if (node.superClass) this.#visit(node.superClass, scope);
    this.#all(node.body.body, scope);
  }

  #inFunction(ordinary: boolean, node: AnyNode | readonly AnyNode[], scope: Scope): void {
    this.#enter(ordinary);
    if (Array.isArray(node)) this.#all(node, scope);
    else this.#visit(node as AnyNode, scope);
    this.#leave(ordinary);
  }

  #enter(ordinary: boolean): void {
    this.#functions++;
    if (ordinary) this.#ordinaryFunctions++;
  }

  #leave(ordinary: boolean): void {
    this.#functions--;
    if (ordinary) this.#ordinaryFunctions--;
  }

  #unary(node: UnaryExpression, scope: Scope): void {
    if (node.operator === 'typeof') this.#typeof = node.argument;
    if (node.operator === 'delete') this.#deleted = node.argument;
    this.#visit(node.argument, scope);
  }

  #meta(node: MetaProperty): void {
    if (node.meta.name === 'import') this.metas.push({ start: node.start, end: node.end, deleted: node === this.#deleted });
  }
}

/** The first operand of a chain of members, calls and templates. */
function head({ callee }: NewExpression): Node {
  let node = callee as AnyNode;
  for (;;) {
    switch (node.type) {
      case 'MemberExpression': node = node.object; break;
      case 'CallExpression': node = node.callee; break;
      case 'TaggedTemplateExpression': node = node.tag; break;
      case 'ChainExpression': node = node.expression; break;
      default: return node;
    }
  }
}
