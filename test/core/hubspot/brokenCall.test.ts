import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite, test } from 'node:test';
import { promisify } from 'node:util';
import { brokenCall } from '../../../src/core/hubspot/setback.ts';

const kindOf = (error: unknown, started = false) => brokenCall(error, started, 1000).failure.kind;
const byCode = (code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(`connect ${code}`), { code }) });

suite('a call that broke', () => {
  const codes: Readonly<Record<string, readonly string[]>> = {
    offline: ['ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN'],
    dns: ['ENOTFOUND', 'EAI_AGAIN'],
    certificate: [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'CERT_HAS_EXPIRED',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    ],
    timeout: ['ETIMEDOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT'],
    connectionLost: ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'HPE_INVALID_CONSTANT', 'Z_DATA_ERROR'],
  };
  for (const [kind, list] of Object.entries(codes)) {
    for (const code of list) test(`${code} is ${kind}`, () => assert.equal(kindOf(byCode(code)), kind));
  }

  const messages: Readonly<Record<string, readonly string[]>> = {
    offline: ['net::ERR_INTERNET_DISCONNECTED', 'net::ERR_CONNECTION_REFUSED', 'net::ERR_ADDRESS_UNREACHABLE'],
    dns: ['net::ERR_NAME_NOT_RESOLVED'],
    proxy: [
      'net::ERR_PROXY_CONNECTION_FAILED',
      'net::ERR_TUNNEL_CONNECTION_FAILED',
      'Proxy response (407) !== 200 when HTTP Tunneling',
      'Proxy response (403) !== 200 when HTTP Tunneling',
    ],
    certificate: ['net::ERR_CERT_AUTHORITY_INVALID', 'net::ERR_SSL_PROTOCOL_ERROR'],
    timeout: ['net::ERR_CONNECTION_TIMED_OUT', 'net::ERR_TIMED_OUT'],
    connectionLost: [
      'net::ERR_CONNECTION_RESET',
      'net::ERR_EMPTY_RESPONSE',
      'terminated',
      'Proxy response (503) !== 200',
    ],
  };
  for (const [kind, list] of Object.entries(messages)) {
    for (const message of list)
      test(`"${message}" is ${kind}`, () => assert.equal(kindOf(new TypeError(message)), kind));
  }

  test('with several causes is judged by the innermost', () => {
    const both = new AggregateError([byCode('ECONNREFUSED').cause], 'connect');
    assert.equal(kindOf(new TypeError('fetch failed', { cause: both })), 'offline');
  });

  test('by a proxy that refuses a tunnel is recognized as this runtime really breaks it', async () => {
    const proxy = createServer().on('connect', ({ url }, socket) => {
      const status = url === 'login.invalid:443' ? 407 : url === 'busy.invalid:443' ? 503 : 403;
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const brokenCallFile = new URL('../../../src/core/hubspot/setback.ts', import.meta.url).href;
    const code = `
      const { brokenCall } = await import(${JSON.stringify(brokenCallFile)});
      for (const host of ['login', 'busy', 'closed']) {
        const error = await fetch('https://' + host + '.invalid/').catch((error) => error);
        const { kind, detail } = brokenCall(error, false, 1000).failure;
        console.log(kind, /\\d{3}/.exec(detail)[0]);
      }`;
    const env = { ...process.env, NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: `http://127.0.0.1:${port}`, NO_PROXY: '' };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], { env });
    await new Promise((resolve) => proxy.close(resolve));
    assert.deepEqual(stdout.trim().split(/\s+/), ['proxy', '407', 'connectionLost', '503', 'proxy', '403']);
  });

  test('without a clue is offline, or lost once an answer had begun', () => {
    assert.equal(kindOf(new TypeError('fetch failed')), 'offline');
    assert.equal(kindOf(new TypeError('odd'), true), 'connectionLost');
    assert.equal(kindOf(undefined), 'offline');
    assert.equal(kindOf('text'), 'offline');
  });

  test('for its certificate or proxy is not tried again', () => {
    assert.equal(brokenCall(byCode('CERT_HAS_EXPIRED'), false, 1).again, 'never');
    assert.equal(brokenCall(new TypeError('net::ERR_TUNNEL_CONNECTION_FAILED'), false, 1).again, 'never');
    assert.equal(brokenCall(byCode('ECONNRESET'), false, 1).again, 'soon');
  });

  test('is recognized as this runtime really breaks it', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/cut') response.writeHead(200, { 'content-length': 100 }).write('{');
      setImmediate(() => request.socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const origin = `http://127.0.0.1:${port}`;
    const breaking = async (url: string) => {
      try {
        await (await fetch(url)).text();
      } catch (error) {
        return kindOf(error, url.endsWith('/cut'));
      }
      return 'no error';
    };
    assert.equal(await breaking(`${origin}/`), 'connectionLost');
    assert.equal(await breaking(`${origin}/cut`), 'connectionLost');
    await new Promise((resolve) => server.close(resolve));
    assert.equal(await breaking(`${origin}/`), 'offline');
  });
});
