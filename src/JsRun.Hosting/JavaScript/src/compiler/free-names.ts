// The free names of a module: those that nothing in it declares. In an instance they are names of the instance's own global object, so the compiler must not leave them to V8's global scope,
// unless the value is the same frozen one in every instance.
import { CONSTANTS, GLOBAL_NAMES, GlobalScope, OWN_IN_INSTANCE, SELVES } from '../linker/global-names.ts';
import type { ReferenceForm } from './walker.ts';

/** A use of a free name that becomes a call of the linker. */
export interface FreeUse {
  start: number;
  end: number;
  name: string;
  form: ReferenceForm;
  /** `{ name }`: the key must stay. */
  shorthand: boolean;
}

export interface FreeNames {
  /** The least scope with which the module behaves as in a context of its own. */
  needs: GlobalScope;
  uses: readonly FreeUse[];
}

const constants = new Set(CONSTANTS);
const selves = new Set(SELVES);
const own = new Set(OWN_IN_INSTANCE);
const globals = new Set(GLOBAL_NAMES);

export function findFreeNames(uses: readonly FreeUse[]): FreeNames {
  const needsObject = uses.some(({ name, form }) => selves.has(name) || form === 'write' && !constants.has(name));
  return { needs: needsObject ? GlobalScope.Variables : GlobalScope.Direct, uses: uses.filter(({ name }) => !constants.has(name)) };
}

export interface Scoped {
  /** Names that become variables of the module. */
  variables: string[];
  /** Uses that become calls of the linker. */
  calls: FreeUse[];
}

/** Divides the uses as the scope asks. */
export function divide({ uses }: FreeNames, scope: GlobalScope): Scoped {
  const variables = new Set<string>();
  const calls: FreeUse[] = [];
  for (const use of uses) {
    const { name, form } = use;
    const isVariable = selves.has(name) || globals.has(name) && (scope === GlobalScope.Variables || scope === GlobalScope.Direct && own.has(name));
    // An assignment goes through the global object, so that all modules of the instance see it.
    if (isVariable && form !== 'write') variables.add(name);
    else if (isVariable || !globals.has(name) || scope === GlobalScope.Object) calls.push(use);
  }
  return { variables: [...variables], calls };
}
