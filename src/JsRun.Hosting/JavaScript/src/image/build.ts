// Builds an image of a function: applies the surface, evaluates the modules, and checks that nothing they did speaks against an image. Images/ImageScripts.cs has the scripts that call this.
import { whenLive } from '../kernel/when-live.ts';
import { shape } from '../surface/configure.ts';
import { nameShared, unname } from '../surface/refused.ts';
import { take } from '../kernel/enter.ts';
import { bindHost, host, unbindHost } from '../kernel/host.ts';
import { defineProperty, descriptorOf, getPrototypeOf, parseJson, toJson } from '../kernel/intrinsics.ts';
import { makeLazies } from '../kernel/lazies.ts';
import { HostOp } from '../kernel/ops.ts';
import type { KernelSettings } from '../kernel/settings.ts';
import { evaluateModule } from '../linker/index.ts';
import { append, deleteProperty, list } from '../linker/intrinsics.ts';
import type { ModuleGraph } from '../linker/graph.ts';
import type { ModuleFunction } from '../linker/record.ts';
import { addModules } from '../linker/registry.ts';
import { releaseChance, trapChance } from './chance.ts';
import { beginBuilding, endBuilding, fault, firstFault } from './fault.ts';
import { absentHost, keepTables, lines, outcome } from './host.ts';
import { compare, remember } from './integrity.ts';
import { releaseIntl, trapIntl } from './intl.ts';
import { releaseLateFeatures, trapLateFeatures } from './late-features.ts';
import { makeMentioned } from './mentions.ts';
import { releaseStackTraceLimit, trapStackTraceLimit } from './stack-trace-limit.ts';

const NativeError = Error;
const generators = [getPrototypeOf(function* () { /* only its prototype is wanted */ })!, getPrototypeOf(async function* () { /* likewise */ })!];
const COLLECT = '__jsrunModule';

export interface Builder {
  /** Must be called before user code that is not in modules; `evaluate` does it itself. */
  start(ofFunction?: boolean): void;
  /** Links and evaluates. The modules' functions were collected before: each script ends with `.__jsrunModule`. */
  evaluate(graph: string, url: string): void;
  /** Called after all microtasks: prepares the context for the image. Returns whether the module handles requests. Throws the reason against an image, if there is one. */
  seal(): string;
}

/** Called before any user code. The settings have no `env`, which never becomes part of an image. */
export function beginImage(json: string): Builder {
  const functions = list<ModuleFunction>();
  const settings = parseJson(json) as KernelSettings;
  const contained = settings.surface === 'Contained';
  let atomics: PropertyDescriptor | undefined;
  deleteProperty(globalThis, '__jsrun');
  makeLazies();
  keepTables(takeTables());
  bindHost(absentHost);
  shape(settings);
  for (const prototype of generators) {
    defineProperty(prototype, COLLECT, { __proto__: null, get(this: ModuleFunction) { append(functions, this); }, configurable: true } as PropertyDescriptor);
  }

  let settles = false;
  return {
    start(ofFunction = false) {
      for (const prototype of generators) deleteProperty(prototype, COLLECT);
      remember();
      if (contained) {
        // V8 needs its own when it restores a context, although the contained surface shows another.
        atomics = descriptorOf(globalThis, 'Atomics');
        nameShared();
      }
      trapLateFeatures(contained);
      trapStackTraceLimit(ofFunction);
      trapChance(ofFunction);
      trapIntl();
      beginBuilding();
    },
    evaluate(graph, url) {
      makeMentioned(functions);
      this.start(true);
      settles = true;
      addModules(graph, functions);
      // V8 aborts when it runs such a declaration in a context that is being made an image.
      if (disposes(graph)) fault("declares something with 'using'");
      else evaluateModule(0, url);
    },
    seal() {
      releaseLateFeatures();
      releaseStackTraceLimit();
      releaseChance();
      releaseIntl();
      if (atomics !== undefined && unname('Atomics')) defineProperty(globalThis, 'Atomics', atomics);
      compare();
      if (settles && outcome === undefined) fault('has not ended: an await at the top level waits for something from outside');
      else if (outcome?.error !== undefined) fault(`threw: ${(parseJson(outcome.error) as Error).message}`);
      const reason = firstFault();
      if (reason !== undefined) throw new NativeError(`its top level ${reason}`);
      endBuilding();
      keepTables(undefined);
      whenLive(tellLines);
      unbindHost();
      defineProperty(globalThis, '__jsrun', { __proto__: null, value: take, configurable: true } as PropertyDescriptor);
      return toJson({ __proto__: null, handles: outcome?.handles === true });
    },
  };
}

/** The tables that the builder's script has defined (Engine/Bundles.cs). */
function takeTables(): Record<string, string> | undefined {
  const tables = descriptorOf(take, 'tables')?.value as Record<string, string> | undefined;
  deleteProperty(take, 'tables');
  return tables;
}

function tellLines(): void {
  for (let i = 0; i < lines.length; i++) host(HostOp.Log, lines[i]!.level, lines[i]!.text);
}

defineProperty(take, 'image', { __proto__: null, value: beginImage } as PropertyDescriptor);

function disposes(graph: string): boolean {
  const { modules } = parseJson(graph) as ModuleGraph;
  for (let i = 0; i < modules.length; i++) if (modules[i]!.shape?.disposes === true) return true;
  return false;
}
