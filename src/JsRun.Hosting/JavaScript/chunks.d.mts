export function divide(code: string, paths: readonly string[], chunkOf: (path: string) => string | undefined): string;
