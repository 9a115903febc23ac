// The entry HandleRequest: calls a module's handler, and sends its response to the host.
import { environment } from '../bindings/env.ts';
import { isSomethingAwaited } from '../kernel/awaited.ts';
import { onEntry } from '../kernel/entries.ts';
import { closeInstance, isHardened, openInstance } from '../kernel/instances.ts';
import { errorText } from '../kernel/errors.ts';
import { host } from '../kernel/host.ts';
import { apply, NativeTypeError, parseJson, settle } from '../kernel/intrinsics.ts';
import { AbortKind, BodyKind, EntryOp, HostOp } from '../kernel/ops.ts';
import { stage } from '../kernel/transfer.ts';
import { openConsole } from '../web/console/output.ts';
import { handlerOf } from '../linker/handler.ts';
import { moduleNamespace } from '../linker/index.ts';
import { findModule } from '../linker/registry.ts';
import { linkAndEvaluateAtOnce } from '../linker/run.ts';
import { RequestUrl } from '../web/fetch/request-url.ts';
import { createIncomingRequest } from './incoming.ts';
import { Lease, leaseOf } from './lease.ts';
import { takeResponse } from './outgoing.ts';
import { type Outbound, pumpToSink } from '../web/bodies/sink.ts';
import { beforeOutcome } from '../kernel/outcome.ts';

/** Who sent the request: `CallerJson`. */
interface Caller {
  readonly user: object | null;
  readonly clientAddress: string | null;
}

onEntry(EntryOp.HandleRequest, (id: number, module: string, method: string, url: string, headers: string, source: number, params: string, requestId: string, caller = '') => {
  let lease: Lease | undefined;
  const fail = (error: unknown) => {
    host(HostOp.HandlerFailed, id, errorText(error));
    if (lease === undefined) host(HostOp.LeaseSettled, id);
    else lease.close();
  };
  try {
    const asked = RequestUrl.ofClient(url);
    if (asked === undefined) {
      host(HostOp.RequestRefused, id);
      host(HostOp.LeaseSettled, id);
      return;
    }
    // Inside the try block, because the lease makes an AbortSignal, whose constructor user code may have given another parent.
    const mine = lease = new Lease(id);
    openConsole(id);
    const handle = (): void => {
      const handler = handlerOf(moduleNamespace(module));
      if (handler === undefined) throw new NativeTypeError(`${module} has no default export with a fetch function`);
      const context = {
        waitUntil(promise: unknown) { mine.waitUntil(promise); },
        params: params === '' ? {} : parseJson(params) as Record<string, string>,
        requestId,
        // Only if the application has set them.
        ...(caller === '' ? undefined : parseJson(caller) as Caller),
      };
      const answer: unknown = apply(handler.fetch, handler.self, [createIncomingRequest(method, asked, headers, source, mine), environment(), context]);
      settle(answer, (value) => { respond(mine, value, fail); }, fail);
    };
    if (!isHardened) handle();
    else instantiate(id, module, handle, fail);
  } catch (error) {
    fail(error);
  }
});

/** Evaluates the module once more, for this request alone. */
function instantiate(id: number, url: string, handle: () => void, fail: (error: unknown) => void): void {
  openInstance(id);
  const module = findModule(url, undefined);
  if (module === undefined) throw new NativeTypeError(`Cannot find the module '${url}'`);
  linkAndEvaluateAtOnce(module, () => {
    try {
      handle();
    } catch (error) {
      fail(error);
    }
  }, fail);
}

function respond(lease: Lease, value: unknown, fail: (error: unknown) => void): void {
  let outgoing;
  try {
    outgoing = takeResponse(value);
  } catch (error) {
    fail(error);
    return;
  }
  const { status, statusText, headers, kind, body, length } = outgoing;
  if (kind === BodyKind.Bytes) stage(body as Uint8Array);
  beforeOutcome();
  host(HostOp.Respond, lease.id, status, statusText, headers, kind, kind === BodyKind.Text ? body : length);
  if (kind !== BodyKind.Stream) {
    lease.close();
    return;
  }
  const { id } = lease;
  lease.streaming(pumpToSink(
    id,
    body as Outbound,
    () => { lease.close(); },
    // The signal first: once the stream is cancelled the lease may settle, and then the host's Abort would not find it.
    () => { leaseOf(id)?.abort(AbortKind.ClientGone, 'The client has gone.', false); },
  ));
}

onEntry(EntryOp.Abort, (id: number, kind: AbortKind, message: string, goesOn: boolean) => { leaseOf(id)?.abort(kind, message, goesOn); });
onEntry(EntryOp.Quiet, (id: number) => {
  if (!isSomethingAwaited() && leaseOf(id)?.isAwaited === false) host(HostOp.Stalled, id);
});
onEntry(EntryOp.Release, (id: number) => {
  leaseOf(id)?.release();
  closeInstance(id);
});
