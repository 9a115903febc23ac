// How much of a value may cross. What is charged for each value is the same on both sides (Values/ValueCost.cs), and exact there, where UTF-8 is counted; here a string counts its
// length, which never is more, so that a value that is far too large ends before its text is made.
import { settings } from '../kernel/settings.ts';
import { ConversionError } from './conversion-error.ts';

export interface Limits { depth: number; bytes: number }

export const valueLimits = (): Limits => ({ depth: settings.maxValueDepth, bytes: settings.maxValueBytes });

/** What an error may take with it: it is told whatever it holds. */
export const ERROR_LIMITS: Limits = { depth: 8, bytes: 64 * 1024 };

export const tooDeep = ({ depth }: Limits): ConversionError => new ConversionError(`Depth exceeded maximum limit of ${depth}`);
export const tooLarge = (size: number, { bytes }: Limits): ConversionError => new ConversionError(`Size (${size} bytes) exceeded maximum limit of ${bytes} bytes`);
