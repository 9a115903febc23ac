import type { BuildOptions } from 'esbuild';

export function bundleNodeModules(here: string, common: BuildOptions): Promise<Record<string, string>>;
