// HTML: parsing an event stream, as it comes.
export interface StreamEvent { type: string; data: string; lastEventId: string }

export class EventStreamParser {
  readonly #dispatch: (event: StreamEvent) => void;
  readonly #retry: (milliseconds: number) => void;
  #rest = '';
  /** The last text ended with a carriage return: a line feed that follows belongs to it. */
  #return = false;
  #data = '';
  #type = '';
  #id = '';

  constructor(lastEventId: string, dispatch: (event: StreamEvent) => void, retry: (milliseconds: number) => void) {
    this.#id = lastEventId;
    this.#dispatch = dispatch;
    this.#retry = retry;
  }

  write(text: string): void {
    let from = this.#return && text.startsWith('\n') ? 1 : 0;
    if (text !== '') this.#return = false;
    const ends = /\r\n?|\n/g;
    ends.lastIndex = from;
    for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
      this.#line(this.#rest + text.slice(from, end.index));
      this.#rest = '';
      from = ends.lastIndex;
      this.#return = end[0] === '\r' && from === text.length;
    }
    this.#rest += text.slice(from);
  }

  #line(line: string): void {
    if (line === '') {
      this.#end();
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') this.#data += `${value}\n`;
    else if (name === 'event') this.#type = value;
    else if (name === 'id' && !value.includes('\0')) this.#id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) this.#retry(Number(value));
  }

  #end(): void {
    const type = this.#type === '' ? 'message' : this.#type;
    const data = this.#data;
    this.#type = this.#data = '';
    this.#dispatch({ type: data === '' ? '' : type, data: data.slice(0, -1), lastEventId: this.#id });
  }
}
