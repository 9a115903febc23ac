// Variable-length quantities, as source maps have them: whole numbers as text, small ones in one character.
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function encode(number: number): string {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1;
  let text = '';
  do {
    const digit = rest & 31;
    rest >>>= 5;
    text += DIGITS[rest > 0 ? digit | 32 : digit]!;
  } while (rest > 0);
  return text;
}

export function* decode(text: string): Generator<number, undefined> {
  let number = 0;
  let shift = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = DIGITS.indexOf(text[i]!);
    number |= (digit & 31) << shift;
    shift += 5;
    if (digit < 32) {
      yield number & 1 ? -(number >>> 1) : number >>> 1;
      number = shift = 0;
    }
  }
  return undefined;
}
