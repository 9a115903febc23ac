// A check before the outcome of an operation is reported to the host: an operation that has exceeded a limit must not count as done.
export let beforeOutcome: () => void = () => {};

/** Sets the check; only one folder has one. */
export function seeToOutcomes(f: () => void): void { beforeOutcome = f; }
