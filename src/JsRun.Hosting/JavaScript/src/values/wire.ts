// The wire of values: one flat text for each value, typed by position, every string with its length before it, so that nothing in the data can pass for a type.
// Values/Wire.cs mirrors the tags. A value crosses as itself where it is undefined, null, a boolean or a number, else as the text of one item:
//
//   u undefined   n null   t true   f false
//   i<digits>;  an integer that is safe      d<number>;  any other number      b<digits>;  a BigInt      D<milliseconds>;  a Date
//   s<length>:<text>                         '<text to the end>  a string that is the whole value
//   [<count>:<items>                         {<entries>}  each entry <length>:<key><value>
//   M<entries>}  each entry .<key><value>    S<entries>}  each entry .<value>
//   B<kind>,<bytes>;  a typed array or a buffer, whose bytes come in the same order through the transfer buffer
//   E<name item><message item><stack item><host error>;[c<cause>][a<errors>]<properties>}
//   R<kind><id>;  something that stays on its side and is known there by a number: a function, a stream

export const enum Tag {
  Undefined = 'u', Null = 'n', True = 't', False = 'f', Integer = 'i', Number = 'd', BigInt = 'b', Date = 'D', String = 's', Text = '\'', Array = '[', Object = '{',
  Map = 'M', Set = 'S', Bytes = 'B', Error = 'E', Reference = 'R', End = '}', Entry = '.', Cause = 'c', Errors = 'a',
}

/** What `B` holds. The order is Values/ByteKind.cs's. */
export const enum ByteKind { Uint8, Int8, Uint8Clamped, Int16, Uint16, Int32, Uint32, Float32, Float64, BigInt64, BigUint64, Float16, Buffer, View }

/** What `R` refers to. The owners of other kinds take letters of their own. */
export const enum ReferenceKind { Function = 'F' }

/** undefined, null, a boolean, a number, or text of the wire. */
export type Payload = undefined | null | boolean | number | string;
