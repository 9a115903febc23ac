// The format of values that cross: one flat text for each value. A character tells the type of each item, and every string has its length before it, so that no data can be taken for a type.
// Values/ValueReader.cs and ValueWriter.cs read and write the same. undefined, null, booleans and numbers cross as themselves, every other value as the text of one item:
//
//   u undefined   n null   t true   f false
//   i<digits>;  an integer that is safe      d<number>;  any other number      b<digits>;  a BigInt      D<milliseconds>;  a Date
//   s<length>:<text>                         '<text to the end>  a string that is the whole value
//   [<count>:<items>                         {<entries>}  each entry <length>:<key><value>
//   M<entries>}  each entry .<key><value>    S<entries>}  each entry .<value>
//   B<kind>,<bytes>;  a typed array or a buffer, whose bytes come in the same order through the transfer buffer
//   E<name item><message item><stack item><host error>;[c<cause>][a<errors>]<properties>}
//   R<kind><id>;  something that stays on its side and is known there by a number: a function, a stream

/** The characters that begin items. JavaScript's alone as an enum: in C#, ValueReader and ValueWriter have the characters themselves. */
export const enum Tag {
  Undefined = 'u', Null = 'n', True = 't', False = 'f', Integer = 'i', Number = 'd', BigInt = 'b', Date = 'D', String = 's', Text = '\'', Array = '[', Object = '{',
  Map = 'M', Set = 'S', Bytes = 'B', Error = 'E', Reference = 'R', End = '}', Entry = '.', Cause = 'c', Errors = 'a',
}

/** What `B` holds. */
export const enum ByteKind { Uint8, Int8, Uint8Clamped, Int16, Uint16, Int32, Uint32, Float32, Float64, BigInt64, BigUint64, Float16, Buffer, View }

/** What `R` refers to; the owners of other kinds have letters of their own. JavaScript's alone as an enum: in C#, each keeper of references has its letter itself. */
export const enum ReferenceKind { Function = 'F' }

/** undefined, null, a boolean, a number, or an encoded value. */
export type Payload = undefined | null | boolean | number | string;
