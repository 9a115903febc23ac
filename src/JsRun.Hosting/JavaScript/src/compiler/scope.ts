/** A lexical scope, as far as it matters here: which names of imports it hides. */
export class Scope {
  readonly parent: Scope | null;
  /** Where `var` goes. */
  readonly variables: Scope;
  #hidden: Set<string> | undefined;

  constructor(parent: Scope | null, isFunction: boolean) {
    this.parent = parent;
    this.variables = isFunction || parent === null ? this : parent.variables;
  }

  hide(name: string): void {
    (this.#hidden ??= new Set()).add(name);
  }

  /** Asked only after the whole module has been walked: declarations are hoisted. */
  hides(name: string): boolean {
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent) {
      if (scope.#hidden?.has(name)) return true;
    }
    return false;
  }
}
