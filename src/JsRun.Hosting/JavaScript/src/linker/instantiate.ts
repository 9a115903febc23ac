// Runs a module's function up to its first `yield`: its functions are hoisted and its exports' getters known.
import { currentGlobal, followGlobal, readGlobal, writeGlobal } from '../kernel/instance-global.ts';
import { apply, create, defineProperty, freeze, ReferenceErrorOf, TypeErrorOf } from './intrinsics.ts';
import { builtinOf } from './builtins.ts';
import { importModule } from './dynamic.ts';
import type { Getter, ModuleRecord } from './record.ts';
import { prepare } from './synthetic.ts';

const generatorNext = Object.getPrototypeOf(function* () { /* only its prototype is wanted */ }).prototype.next as Generator['next'];
const asyncGeneratorNext = Object.getPrototypeOf(async function* () { /* likewise */ }).prototype.next as AsyncGenerator['next'];

export function instantiate(module: ModuleRecord): void {
  const { run } = module;
  if (run === undefined) return prepare(module);
  module.generator = apply(run, undefined, [contextOf(module)]) as Generator | AsyncGenerator;
  resume(module);
}

/** Runs the module to the next `yield`, or to its end. Returns a promise for an asynchronous module. */
export function resume({ generator, shape }: ModuleRecord): unknown {
  return apply(shape.async ? asyncGeneratorNext : generatorNext, generator, []);
}

/** The parameter of a module's function: what the compiled code uses of the linker. */
function contextOf(module: ModuleRecord): object {
  let meta: object | undefined;
  return freeze({
    __proto__: null,
    link(getters: Getter[], takeImports: (getters: Getter[]) => void, defaultFunction?: object) {
      module.getters = getters;
      module.takeImports = takeImports;
      if (defaultFunction !== undefined) defineProperty(defaultFunction, 'name', { __proto__: null, value: 'default', configurable: true } as PropertyDescriptor);
    },
    get meta() {
      return meta ??= defineMeta(module.url);
    },
    import: (specifier: unknown, options: unknown) => importModule(module, specifier, options),
    /** An assignment to an imported name. */
    assign(name: string) {
      throw new TypeErrorOf(`Assignment to constant variable '${name}': imports cannot be assigned to`);
    },
    /** The global variable `arguments`, which the function's own would hide. */
    arguments(isTypeof?: boolean) {
      const global = currentGlobal();
      if (!isTypeof && !('arguments' in global)) throw new ReferenceErrorOf('arguments is not defined');
      return (global as { arguments?: unknown }).arguments;
    },
    /** Instances only: the global object, from which a module's variables take their first values. */
    get globals() {
      return currentGlobal();
    },
    /** Instances only: keeps a module's variables equal to the global object's properties. */
    follow: followGlobal,
    /** Instances only: a free name that is not a variable of the module. */
    global: (name: string, isTypeof?: boolean) => readGlobal(name, isTypeof === true),
    setGlobal: writeGlobal,
  });
}

function defineMeta(url: string): object {
  const meta = create(null) as { url: string; builtin?: object };
  meta.url = url;
  const builtin = builtinOf(url);
  if (builtin !== undefined) meta.builtin = builtin;
  return meta;
}
