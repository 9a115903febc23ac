// import(): takes the module from the graph, or asks the host for it.
import { host } from '../kernel/host.ts';
import { HostOp } from '../kernel/ops.ts';
import { type Caller, callerHere, withCaller } from '../kernel/caller.ts';
import { requestedType } from './attributes.ts';
import type { ModuleType } from './graph.ts';
import { type Capability, later, newCapability, SyntaxErrorOf, table, TypeErrorOf } from './intrinsics.ts';
import { namespaceOf } from './namespace.ts';
import { ModuleRecord } from './record.ts';
import { findModule, findRequested } from './registry.ts';
import { linkAndEvaluate } from './run.ts';
import type { Referrer } from './scripts.ts';

interface Load { referrer: Referrer; specifier: string; type: ModuleType | undefined; capability: Capability; caller: Caller }

const loads = table<Load>();
let lastCall = 0;

/** What `import(specifier, options)` evaluates to. */
export function importModule(referrer: Referrer, target: unknown, options: unknown): Promise<unknown> {
  const capability = newCapability();
  try {
    const specifier = `${target as string}`;
    const type = requestedType(options);
    const module = (referrer instanceof ModuleRecord ? findRequested(referrer, specifier, type) : undefined) ?? referrer.found[foundKey(specifier, type)];
    if (module === undefined) load({ referrer, specifier, type, capability, caller: callerHere() });
    else {
      const caller = callerHere();
      later(() => settle(module, capability, caller));
    }
  } catch (error) {
    capability.reject(error);
  }
  return capability.promise;
}

function load(request: Load): void {
  const call = ++lastCall;
  loads[call] = request;
  host(HostOp.ModuleLoad, call, request.specifier, request.referrer.url, request.type);
}

/** The host's answer to ModuleLoad; AddModules has brought the modules before. */
export function moduleLoaded(call: number, url: string, error?: string, isSyntax?: boolean): void {
  const request = loads[call];
  if (request === undefined) return;
  delete loads[call];
  const { referrer, specifier, type, capability, caller } = request;
  const module = error === undefined ? findModule(url, type, referrer instanceof ModuleRecord ? referrer.records : undefined) : undefined;
  if (module === undefined) {
    return capability.reject(withCaller(new (isSyntax ? SyntaxErrorOf : TypeErrorOf)(error ?? `Cannot find the module '${specifier}'\n    imported by ${referrer.url}`), caller));
  }
  referrer.found[foundKey(specifier, type)] = module;
  settle(module, capability, caller);
}

function settle(module: ModuleRecord, capability: Capability, caller: Caller): void {
  linkAndEvaluate(module, () => capability.resolve(namespaceOf(module)), capability.reject, caller);
}

function foundKey(specifier: string, type: ModuleType | undefined): string {
  return `${type ?? 'js'} ${specifier}`;
}
