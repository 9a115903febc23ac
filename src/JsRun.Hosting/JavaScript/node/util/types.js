import * as types from '../lib/types.js';

export * from '../lib/types.js';
export default { ...types };
