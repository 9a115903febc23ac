/** The release of Node.js whose API the modules follow. */
export const VERSION = '22.12.0';
