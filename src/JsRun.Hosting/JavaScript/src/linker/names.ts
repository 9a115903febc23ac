/** The name that replaces `import` in rewritten scripts: a letter that no script uses. It is a constant of the context's scripts, and not a property of the global object. */
export const IMPORT_NAME = '\uA7F7';

/** Names of the global object under which ClearScript and the kernel keep their own: no script may define them, and no instance sees them. */
export const RESERVED: readonly string[] = ['EngineInternal', 'isHostObjectKey', 'moduleResultKey', 'getPromiseState', 'getPromiseResult', 'toJson', '__jsrun', '__jsrunNative', IMPORT_NAME];
