// The settings that the host sends to a context before any user code runs.
export interface KernelSettings {
  surface: 'Contained' | 'Full';
  /** The string values given to functions as `env`. */
  env: Record<string, string>;
  /** Whether the context is hardened, and each request has an instance of its function's modules. */
  hardened?: boolean;
  /** Whether the context remembers its built-ins, so that CompareBuiltins can tell what scripts have changed. */
  watched?: boolean;
  /** Whether `env` holds bindings too, for which the host is asked. */
  bindings?: boolean;
  maxTimers: number;
  /** The console of one request or evaluation, in bytes of UTF-8; below zero, nothing is written. */
  maxConsoleBytes: number;
  /** The most that WebAssembly memories may hold in the contained surface, in bytes. */
  maxWasmBytes: number;
  /** How deep a value that crosses may be; the outermost object is 1. */
  maxValueDepth: number;
  /** How large such a value may be, in bytes. */
  maxValueBytes: number;
}

/** The defaults hold while an image is built and before the host has sent its settings. */
export let settings: KernelSettings = { surface: 'Contained', env: {}, maxTimers: 1000, maxConsoleBytes: 256 * 1024, maxWasmBytes: 128 * 1024 * 1024, maxValueDepth: 100, maxValueBytes: 10 * 1024 * 1024 };

export function useSettings(given: KernelSettings): void { settings = given; }
