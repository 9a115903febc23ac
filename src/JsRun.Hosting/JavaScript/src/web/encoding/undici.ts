// Stands in for undici's encoding module.
import { decodeUtf8Body } from './utf8.ts';

export default { utf8DecodeBytes: decodeUtf8Body };
