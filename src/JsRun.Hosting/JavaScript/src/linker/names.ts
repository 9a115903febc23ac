/** What `import` is called in rewritten scripts: a letter that nobody writes. A constant of the context's scripts, and no property of the global object. */
export const IMPORT_NAME = '\uA7F7';
