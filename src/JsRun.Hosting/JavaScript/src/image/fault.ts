// The reason why a context cannot become an image: the first thing that its top level did and that must not be part of one.
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
