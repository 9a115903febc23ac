declare module 'tr46' {
  export function toASCII(domain: string, options: object): string | null;
}
