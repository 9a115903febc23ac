// The operations of the crossing and their numbers. Every enum here has one in C# of the same name, or of the one that its comment gives after "In C#:"; a test compares them (CrossingTests.cs).
// Headers cross flat: "name\nvalue\nname\nvalue\n" (no header name or value can hold a line feed). Errors cross as the text of errors.ts.

/** What JavaScript asks of the host: `host(op, …)`. Returns at once with a number, a string or undefined; never throws; never calls back. */
export const enum HostOp {
  /** (level: LogLevel, text) */
  Log = 0,
  /** (timer, delay in ms, whether it repeats, for the statistics, whether it is a task of the web layer, which no limit counts): the host enters Timer(timer) once, when it is due */
  TimerStart = 1,
  /** (timer) */
  TimerStop = 2,
  /** () → milliseconds since the context's time origin, monotonic, coarsened */
  Now = 3,
  /** () → the time origin, milliseconds since 1970 */
  TimeOrigin = 4,
  /** (n): the first n bytes of the transfer buffer are filled from the system's cryptographic generator */
  RandomFill = 5,
  /** () → version 4 UUID */
  RandomUuid = 6,
  /** (lease, status, statusText, headers, BodyKind, body: the text, for Text): the handler's answer; Bytes were staged before, a Stream follows to the sink whose id is the lease */
  Respond = 7,
  /** (lease, error): the handler threw, rejected, or answered no Response */
  HandlerFailed = 8,
  /** (source, most bytes wanted) → n > 0: n bytes are in the transfer buffer; 0: end; PENDING: SourceReady follows; FAILED: SourceReady follows with the message */
  SourcePull = 9,
  /** (Uint8Array): the context's transfer buffer (transfer.ts), through which all bytes cross; once, before the first use */
  Transfer = 10,
  /** (source): nobody reads on */
  SourceCancel = 11,
  /** (sink, n bytes of the transfer buffer | string) → GO_ON; WAIT: taken, write no more before SinkReady; REFUSED: not taken, offer it again after SinkReady */
  SinkWrite = 12,
  /** (sink, error | undefined): the end, or an error midway, which must never look like a complete body */
  SinkEnd = 13,
  /** (lease): every waitUntil promise has settled and the response body has ended: the lease may go */
  LeaseSettled = 14,
  /** (call, method, url, headers, BodyKind, body: the text, for Text; Bytes were staged before; for a Stream its sink, which is −call, and then its length or NONE): FetchDone follows unless FetchAbort came first */
  Fetch = 15,
  /** (call) */
  FetchAbort = 16,
  /** (call, specifier, referrer, type): a dynamic import that the graph does not hold; ModuleLoaded follows */
  ModuleLoad = 17,
  /** (ReportKind, error): an error that nobody caught */
  Report = 18,
  /** (call, ResultKind | ERROR_RESULT, text): an evaluation's outcome */
  Result = 19,
  /** (n) → the staged bytes and the first n of the transfer buffer decoded as UTF-8, invalid sequences replaced, no BOM handling; worth it from about 2 KB */
  DecodeUtf8 = 20,
  /** (lease): a waitUntil promise was added, so the lease outlives its response */
  WaitUntil = 21,
  /** (call, error | undefined, its shape, see linker/handler.ts): a module's evaluation settled */
  ModuleDone = 22,
  /** (n): the first n bytes of the transfer buffer are kept, after those staged before, for the operation that follows */
  Stage = 23,
  /** (name) → the text of a table, as JSON (tables.ts) */
  Table = 24,
  /** (lease): what the client asked for is not a URL, so no handler can be given it */
  RequestRefused = 25,
  /** (lease): answers Quiet: nothing in the context can go on any more */
  Stalled = 26,
  /** (n): the next n bytes of the value that the host sends are put into the transfer buffer */
  ValueBytes = 30,
  /** (call, ValueOutcome, value encoded | what was thrown encoded | why it cannot cross, what was thrown then, encoded): an evaluation or a call has ended */
  Value = 31,
  /** (script, file name) → undefined, or why V8 refused it: runs a whole script, which throws nothing of user code's */
  RunScript = 32,
  /** (script, whether `await` may stand at its top level) → its plan as JSON (scripts/planner.ts), or undefined where it is evaluated as it is */
  PlanScript = 33,
  /** (script, whether `await` may stand at its top level, V8's message, whether V8 took the text and refused its declarations) → the mistake and its place, as JSON of { message, line, column }; undefined if it is not found */
  FindMistake = 34,
  // 40 to 49: host functions
  /** (function, …arguments, plain ones) → a payload of the wire, or bindings/call.ts's FAILED or PENDING */
  HostCall = 40,
  /** (function, arguments encoded as a list) → the same */
  HostCallPacked = 41,
  /** (function) → `a` or `s`, for asynchronous or not, and its name; undefined where it was revoked */
  HostFunction = 42,
  /** (object) → its members encoded: lists of a name and a function, or of a name, a getter and a setter; undefined where it was revoked */
  HostObject = 43,
  /** () → the bindings in `env`, encoded */
  HostEnvironment = 44,
  /** (call, CryptoOperation, CryptoAlgorithm, CryptoHash, CryptoKeyFormat, key, other key, number, iterations), see web/crypto/numbers.ts; the sections were staged before
   * → n: so many bytes are the result, the first of them in the transfer buffer; PENDING: CryptoDone follows; text: it failed, "name\nmessage" */
  Crypto = 60,
  /** (call) → n: the next n bytes of a result that is larger than the transfer buffer */
  CryptoRead = 61,
  /** (call): nobody reads the rest */
  CryptoDrop = 62,
  /** (key): nobody has it any more */
  CryptoRelease = 63,
  // 70 to 79: compression, and the web APIs of the network other than fetch
  /** (CodecStep, codec, …): a compression stream's step, see there */
  Codec = 70,
  /** (sha256 | sha384 | sha512) → the digest of the staged bytes, in base64 */
  Digest = 71,
  /** (SocketStep, socket, …): a WebSocket's step, see there */
  Socket = 72,
  /** (CacheStep, …): the caches of the pool group, see there */
  Cache = 73,
  /** (BroadcastStep, channel, …): a broadcast channel's step, see there */
  Broadcast = 74,
  /** (text) → its length in UTF-8: the bytes are in the transfer buffer, which must have room for three a code unit; lone surrogates are replaced */
  EncodeUtf8 = 80,
  /** () → kernel/native.ts's NativeParts, or undefined: the array of that name on the global object is taken as the journal, and V8's functions are put into it */
  AttachNative = 90,
  /** () → the operation that was ended in its midst: the microtasks that it has queued are dropped; only from an entry's own code, no microtask's */
  DropMicrotasks = 91,
  /** (stream): an item is wanted; HostStreamItem follows */
  HostStreamPull = 100,
  /** (stream): nobody reads on */
  HostStreamCancel = 101,
  /** (stream of bytes) → its source, or NONE where it has been closed */
  HostStreamOpen = 102,
  /** (MemoryState): what there is to know of the memories of WebAssembly */
  Memory = 110,
  /** (call, the first built-in that scripts have changed, or nothing; GlobalScope): answers CompareBuiltins */
  BuiltinsCompared = 120,
}

/** What the host asks of JavaScript: `enter(number, …)`, the one trusted trampoline, which catches everything. If V8 carries frames (kernel/frames.ts), the number also has the operation: op + 256 × operation. */
export const enum EntryOp {
  /** (settings: JSON of KernelSettings): once, before any user code */
  Configure = 0,
  /** (graph: JSON of linker/graph.ts's ModuleGraph, …module functions in the graph's order) */
  AddModules = 1,
  /** (call, url): links and evaluates; ModuleDone follows */
  EvaluateModule = 2,
  /** (lease, url of the module, method, url, headers, source or NONE, params: JSON or nothing, request id) */
  HandleRequest = 3,
  /** (timer) */
  Timer = 4,
  /** (source, n | 0 | FAILED, message?, whether the message is the text of a host error) */
  SourceReady = 5,
  /** (sink, true: go on | false: the reader has gone) */
  SinkReady = 6,
  /** (lease, AbortKind, message, whether the request goes on): aborts request.signal and, unless the request goes on, cancels the response's stream */
  Abort = 7,
  /** (call, status, statusText, headers, source | NONE); failed: (call, FAILED, name, message) */
  FetchDone = 8,
  /** (call, url, error?, whether it is one of syntax): answers ModuleLoad; AddModules came before where there was no error */
  ModuleLoaded = 9,
  /** (call, code, file name): runs a classic script; Result follows, after its promise has settled where it is one */
  Evaluate = 10,
  /** (lease): forget what belongs to it (its timers are stopped by the host) */
  Release = 11,
  /** (timer): the host stopped it with its lease: forget it */
  TimerStopped = 12,
  /** (lease): the host has nothing left to tell the context; Stalled follows where nothing else can set it going either (kernel/awaited.ts) */
  Quiet = 13,
  /** (call, code, file name, whether to await its promise, whether `await` may stand at the top level): runs a classic script; Value follows */
  EvaluateValue = 20,
  /** (call, function, list of arguments encoded, or of receiver and that list, whether it has the receiver, whether to await): Value follows */
  CallFunction = 21,
  /** (function): the host holds it no longer */
  ReleaseFunction = 22,
  /** (call, name, BindMode, value encoded): sets a global property; Value follows */
  Bind = 30,
  /** (call, name, function): adds to JsRun.ops; Value follows */
  RegisterOp = 31,
  /** (host call, its answer as that of HostCall): answers a PENDING one */
  HostCallDone = 32,
  /** (call, url, type?): links and evaluates a module that AddModules brought; Value follows with its exports */
  ImportModule = 40,
  /** (call, n | text): as Crypto answers */
  CryptoDone = 50,
  /** (call, number | text): as Cache answers */
  CacheDone = 51,
  /** (socket, SocketEvent, …): something has happened to a WebSocket, see there */
  Socket = 60,
  /** (channel, message): another channel of that name, in whatever context of the pool group, has posted it */
  Broadcast = 61,
  /** (n): V8 has told of n rejections, and of handlers that were added later: they are in the journal of kernel/native.ts; entered when all microtasks have run */
  PromisesRejected = 80,
  /** (): an operation was interrupted, without its `finally` blocks, and the others go on (kernel/interrupted.ts) */
  OperationInterrupted = 81,
  /** (call, stream): reads one chunk; Value follows with a list of it, or with an empty one at the end */
  StreamRead = 90,
  /** (stream, reason): the host reads no more */
  StreamCancel = 91,
  /** (stream, HostStreamState, item): answers HostStreamPull; also tells that a stream of bytes has ended */
  HostStreamItem = 92,
  /** (): at the end of a turn, where memories of WebAssembly may grow by themselves: how large are they? */
  MeasureMemories = 100,
  /** (call): in a watched context: what have scripts changed? BuiltinsCompared comes before it ends */
  CompareBuiltins = 110,
}

/** What JavaScript tells the host about the memories of WebAssembly. */
export const enum MemoryState {
  /** There are some. */
  Made = 0,
  /** There are some that can grow: MeasureMemories is to be entered at the end of turns. */
  MayGrow = 1,
  /** They have grown past MaxArrayBufferBytes. */
  Exceeded = 2,
  /** There is no room: what only WeakRefs have kept for the time of the turn may go. */
  Short = 3,
}

export const NONE = -1;
export const PENDING = -1;
export const FAILED = -2;
export const GO_ON = 1;
export const WAIT = 0;
export const REFUSED = -1;
/** What Result has in place of a ResultKind if the evaluation failed. */
export const ERROR_RESULT = 7;

/** The steps of a compression stream. */
export const enum CodecStep {
  /** (format, 1: compress | 0: decompress) → GO_ON | REFUSED: there are too many */
  Start = 0,
  /** (n): the first n bytes of the transfer buffer are input; Read until nothing comes before the next Write */
  Write = 1,
  /** () → n > 0: n bytes of output are in the transfer buffer; 0: more input is needed, or after End: that was all; a string: what is wrong with the input */
  Read = 2,
  /** (): there is no more input */
  End = 3,
  /** (): whatever it holds is let go */
  Close = 4,
}

/** What is asked of a WebSocket. */
export const enum SocketStep {
  /** (url, protocols joined by commas) */
  Open = 0,
  /** (text) → GO_ON | REFUSED: too much waits to be sent */
  SendText = 1,
  /** (): the staged bytes → as SendText */
  SendBytes = 2,
  /** () → n bytes of the message that JavaScript is being told of are in the transfer buffer */
  Read = 3,
  /** (code, reason), after what waits to be sent; 1005 for no code, 1006 to end it at once */
  Close = 4,
}

/** What the host tells JavaScript about a WebSocket. */
export const enum SocketEvent {
  /** (protocol) */
  Opened = 0,
  /** (text) */
  Text = 1,
  /** (n): so many bytes are to be read before this entry ends */
  Bytes = 2,
  /** (n): so many bytes have been sent */
  Sent = 3,
  /** (message): Closed follows */
  Failed = 4,
  /** (code, reason, whether both sides agreed): nothing follows */
  Closed = 5,
}

/**
 * What is asked of the caches. All steps but Read have a call's number first, and are answered with a number, a text or PENDING: CacheDone follows. A text that begins with "!" is
 * an error: "!name\nmessage". A query is (url | undefined, whether to ignore its query part, whether to ignore Vary, the request's headers).
 */
export const enum CacheStep {
  /** (call) → the names in their order: their lengths joined by commas, a line feed, all of them */
  Names = 0,
  /** (call, name) → 1 | 0 */
  Has = 1,
  /** (call, name) → 1 | 0: there is no room */
  Open = 2,
  /** (call, name) → 1 | 0: there was none */
  Delete = 3,
  /** (call, name, …query, most entries, 0 for all without their bodies) → JSON of CacheDescription[]; their bodies are to be Read at once, one after the other */
  Match = 4,
  /** (call, name, JSON of a CacheDescription): the body was staged → 1 | 0: there is no room */
  Put = 5,
  /** (call, name, …query) → 1 | 0: none was removed */
  Remove = 6,
  /** () → n more bytes of the bodies are in the transfer buffer */
  Read = 7,
}

/** What is asked of a broadcast channel. */
export const enum BroadcastStep {
  /** (name) */
  Open = 0,
  /** (message) → GO_ON | REFUSED: it is too long */
  Post = 1,
  /** () */
  Close = 2,
}

export const enum BodyKind { None = 0, Text = 1, Bytes = 2, Stream = 3 }
/** In C#: Microsoft.Extensions.Logging.LogLevel, which has more levels than the console. */
export const enum LogLevel { Trace = 0, Debug = 1, Information = 2, Warning = 3, Error = 4 }
/** Which error nobody caught. Entry: the one that an entry itself fails with, which ends the operation that it was made for. */
export const enum ReportKind { Error = 0, UnhandledRejection = 1, Entry = 2 }
/** In C#: JsResultKind. */
export const enum ResultKind { Undefined = 0, Null = 1, Boolean = 2, Number = 3, BigInt = 4, String = 5, Json = 6 }
export const enum ValueOutcome { Value = 0, Thrown = 1, NotConvertible = 2, Pending = 3 }
export const enum HostStreamState { Item = 0, End = 1, Failed = 2, Closed = 3, BytesEnded = 4 }
export const enum AbortKind { ClientGone = 0, TimedOut = 1, Stopping = 2, Displaced = 3 }
