/** What starts anew with each evaluation. Folders of higher layers set these functions. */
export const beginnings = {
  console(): void {},
};
