// Digests of byte arrays, which the host computes.
import { host } from '../../kernel/host.ts';
import { HostOp } from '../../kernel/ops.ts';
import { openTransfer, stage } from '../../kernel/transfer.ts';

export function digestBase64(algorithm: 'sha256' | 'sha384' | 'sha512', bytes: Uint8Array): string {
  openTransfer();
  stage(bytes);
  return host(HostOp.Digest, algorithm) as string;
}
