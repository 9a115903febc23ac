import { CompactEncrypt, SignJWT, compactDecrypt, createLocalJWKSet, errors, exportJWK, generateKeyPair, generateSecret, importPKCS8, importSPKI, exportPKCS8, exportSPKI, jwtVerify } from 'jose';

async function signed(alg: string): Promise<unknown> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const token = await new SignJWT({ role: 'admin' }).setProtectedHeader({ alg, kid: 'one' }).setIssuer('jsrun').setExpirationTime('1h').sign(privateKey);
  const keys = createLocalJWKSet({ keys: [{ ...await exportJWK(publicKey), kid: 'one', alg }] });
  const { payload } = await jwtVerify(token, keys, { issuer: 'jsrun' });
  const again = await importPKCS8(await exportPKCS8(privateKey), alg);
  const other = await new SignJWT({}).setProtectedHeader({ alg }).sign(again);
  await jwtVerify(other, await importSPKI(await exportSPKI(publicKey), alg));
  const [head, body, signature] = token.split('.');
  const forged = `${head}.${btoa(JSON.stringify({ role: 'root', iss: 'jsrun' })).replace(/=+$/, '')}.${signature}`;
  const refusal = await jwtVerify(forged, publicKey).then(() => 'accepted', (error: unknown) => (error as Error).name);
  return { role: payload.role, refusal, length: body!.length > 0 };
}

async function shared(): Promise<unknown> {
  const secret = await generateSecret('HS256');
  const token = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('-1h').sign(secret);
  return jwtVerify(token, secret).then(() => 'accepted', (error: unknown) => error instanceof errors.JWTExpired ? 'expired' : String(error));
}

async function encrypted(): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair('ECDH-ES+A256KW');
  const jwe = await new CompactEncrypt(new TextEncoder().encode('for your eyes only')).setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM' }).encrypt(publicKey);
  return new TextDecoder().decode((await compactDecrypt(jwe, privateKey)).plaintext);
}

export default {
  async fetch(request: Request) {
    const alg = new URL(request.url).searchParams.get('alg');
    return Response.json(alg === null ? { shared: await shared(), encrypted: await encrypted() } : await signed(alg));
  },
};
