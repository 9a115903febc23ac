export function releaseChangelog(text: string, version: string, date: string): string;
export function releaseApi(shipped: string, unshipped: string): { shipped: string; unshipped: string };
export function releaseProps(text: string, version: string): string;
export function settingsOf(schema: object): string;
