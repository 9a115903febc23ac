declare module 'whatwg-url/lib/url-state-machine.js' {
  interface UrlRecord {
    scheme: string;
    username: string;
    password: string;
    host: any;
    port: number | null;
    path: any;
    query: string | null;
    fragment: string | null;
  }

  const machine: {
    basicURLParse(input: string, options: { baseURL?: UrlRecord | null; url?: UrlRecord; stateOverride?: string }): UrlRecord | null;
    serializeURL(record: UrlRecord): string;
    serializeURLOrigin(record: UrlRecord): string;
    serializeHost(host: any): string;
    serializePath(record: UrlRecord): string;
    hasAnOpaquePath(record: UrlRecord): boolean;
    cannotHaveAUsernamePasswordPort(record: UrlRecord): boolean;
    setTheUsername(record: UrlRecord, username: string): void;
    setThePassword(record: UrlRecord, password: string): void;
  };
  export default machine;
}
