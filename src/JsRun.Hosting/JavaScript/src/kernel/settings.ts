/** What the host tells a context before any user code runs. */
export interface KernelSettings {
  surface: 'Contained' | 'Full';
  /** The string values given to functions as `env`. */
  env: Record<string, string>;
  maxTimers: number;
  maxConsoleBytes: number;
  /** The most that WebAssembly memories may hold in the contained surface, in bytes. */
  maxWasmBytes: number;
}
