// The limits of a value that crosses. Both sides charge the same for each part of it (Values/ValueCost.cs). The host counts the exact bytes of UTF-8. JavaScript counts a string's length, which
// is never more, so that encoding a value that is far too large stops early.
import { settings } from '../kernel/settings.ts';
import { ConversionError } from './conversion-error.ts';

export interface Limits { depth: number; bytes: number }

export const valueLimits = (): Limits => ({ depth: settings.maxValueDepth, bytes: settings.maxValueBytes });

/** The limits of an encoded error: parts that exceed them are left out, because an error must always be reported. */
export const ERROR_LIMITS: Limits = { depth: 8, bytes: 64 * 1024 };

export const tooDeep = ({ depth }: Limits): ConversionError => new ConversionError(`Depth exceeded maximum limit of ${depth}`);
export const tooLarge = (size: number, { bytes }: Limits): ConversionError => new ConversionError(`Size (${size} bytes) exceeded maximum limit of ${bytes} bytes`);
