// Why a context cannot become an image: the first thing that its top level did which must not be frozen.
let reason: string | undefined;

/** From the user's top level to the sealing. */
export let building = false;

export function beginBuilding(): void { building = true; }
export function endBuilding(): void { building = false; }

/** `what` completes "its top level …". */
export function fault(what: string): void {
  if (building) reason ??= what;
}

export const firstFault = (): string | undefined => reason;
