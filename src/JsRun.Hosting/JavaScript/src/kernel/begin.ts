/** What starts anew with each evaluation of the host's. Rooms above the kernel put theirs here. */
export const beginnings = {
  console(): void {},
};
