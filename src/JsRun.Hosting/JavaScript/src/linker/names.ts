/** The name that replaces `import` in rewritten scripts: a letter that no script uses. It is a constant of the context's scripts, and not a property of the global object. */
export const IMPORT_NAME = '\uA7F7';
