// What is to be seen to before the host is told how something has ended: it must not count as done where it has passed a limit that only shows afterwards.
export let beforeOutcome: () => void = () => {};

/** One room does. */
export function seeToOutcomes(f: () => void): void { beforeOutcome = f; }
