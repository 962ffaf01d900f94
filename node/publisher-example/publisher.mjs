#!/usr/bin/env node
// A small publisher of the Plugin Federation Network: it offers the plugins of a folder, signs their records and archives,
// and proves to nodes that it has its key. Node 18 or later, no packages.
//
//     node publisher.mjs --folder FOLDER --username NAME [--port 4000] [--key FILE] [--old-key FILE] [--url URL]
//
// --old-key names the file of the key that nodes know, where --key is a new one: the old one approves it.
// A plugin is a JSON file with slug, name, version, short_description and tags, and beside it SLUG-VERSION.zip.

import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { refusal } from './challenge.mjs';

// The most that is read of a request.
const MAX_BODY_BYTES = 4096;

const USAGE =
    'usage: publisher.mjs --folder FOLDER [--username NAME] [--port PORT] [--key FILE] [--old-key FILE] [--url URL]';

// The digits of did:key.
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

const options = given();
if (!options.folder) end(USAGE);
if (!existsSync(options.folder)) end(`the folder ${options.folder} does not exist`);
if (!/^\d{1,5}$/.test(options.port) || Number(options.port) > 65_535) {
    end(`expected a port from 0 to 65535, found --port ${options.port}`);
}

function given() {
    try {
        const known = {
            folder: { type: 'string' },
            username: { type: 'string', default: 'alice' },
            port: { type: 'string', default: '4000' },
            key: { type: 'string', default: 'publisher-key.pem' },
            'old-key': { type: 'string' },
            url: { type: 'string' },
        };
        return parseArgs({ options: known }).values;
    } catch (error) {
        return end(`${error.message}\n${USAGE}`);
    }
}

/** Says why this cannot go on. */
function end(why) {
    console.error(why);
    process.exit(2);
}

const oldKey = options['old-key'];
if (oldKey && !existsSync(oldKey)) end(`the file ${oldKey} does not exist`);

const key = privateKey(options.key);
const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' });

/** The key in this file, which is made where it is missing, and readable by its owner only. */
function privateKey(file) {
    if (!existsSync(file)) {
        const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
        writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
    }
    return createPrivateKey(readFileSync(file));
}

const signed = (bytes) => sign(null, bytes, key).toString('base64');

/** What is signed of a plugin: these four members in this order. */
function recordSignature(plugin) {
    const record = { id: plugin.slug, name: plugin.name, version: plugin.version, description: plugin.short_description };
    return signed(Buffer.from(JSON.stringify(record)));
}

/** The plugins of the folder, read at each request: a release is its archive, and then the new version in the JSON file. */
function plugins() {
    const records = readdirSync(options.folder).filter((name) => name.endsWith('.json'));
    return records.map((name) => JSON.parse(readFileSync(join(options.folder, name), 'utf8')));
}

const archive = (plugin) => readFileSync(join(options.folder, `${plugin.slug}-${plugin.version}.zip`));

/** A plugin as nodes read it. The network signs only the record; archive_signature binds the bytes, too. */
function listed({ slug, name, version, short_description, tags = {} }) {
    const plugin = { slug, name, version, short_description };
    const digest = createHash('sha384').update(archive(plugin)).digest();
    return { ...plugin, tags, signature: recordSignature(plugin), archive_signature: signed(digest) };
}

/** How nodes write a key. */
function didKey(privateKey) {
    const bytes = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-32);
    // 0xed 0x01 is Ed25519.
    let number = BigInt(`0xed01${bytes.toString('hex')}`);
    let text = '';
    for (; number > 0n; number /= 58n) text = BASE58[Number(number % 58n)] + text;
    return `did:key:z${text}`;
}

/** The change from the old key to this one, signed by the old one; nothing where there is none. */
function keyChanges(url) {
    if (!oldKey) return {};
    const old = createPrivateKey(readFileSync(oldKey));
    const change = `fedverify-node key change v1; instance=${url}; from=${didKey(old)}; to=${didKey(key)}`;
    return { keyChanges: [{ publicKey, signature: sign(null, Buffer.from(change), old).toString('base64') }] };
}

function federationInfo(url) {
    return {
        version: '1.0.0',
        features: ['plugin-distribution', 'signature-verification'],
        publicKey,
        ...keyChanges(url),
        assetInfo: { domain: new URL(url).origin, namingScheme: 'assets/author/slug/slug.zip' },
    };
}

async function body(request) {
    const chunks = [];
    let size = 0;
    for await (const chunk of request) {
        size += chunk.length;
        if (size > MAX_BODY_BYTES) throw new Error('the request is too long');
        chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

async function answer(request, url) {
    const { pathname, searchParams } = new URL(request.url, url);
    const route = `${request.method} ${pathname}`;
    if (route === 'GET /federation-info') return [200, federationInfo(url)];
    if (route === 'GET /author-data') {
        if (searchParams.get('author') !== options.username) return [404, { error: 'no such author' }];
        return [200, { username: options.username, plugins: plugins().map(listed) }];
    }
    if (route === 'POST /verify-ownership') {
        const { username, challenge } = await body(request);
        const why = username === options.username ? refusal(challenge, { instance: url, username }) : 'no such user';
        return why ? [400, { error: why }] : [200, { signature: signed(Buffer.from(challenge)) }];
    }
    const plugin = plugins().find(({ slug }) => pathname === `/assets/${options.username}/${slug}/${slug}.zip`);
    return request.method === 'GET' && plugin ? [200, archive(plugin)] : [404, { error: 'not found' }];
}

const server = createServer(async (request, response) => {
    let [status, content] = [400, { error: 'the request cannot be read' }];
    try {
        [status, content] = await answer(request, instanceUrl());
    } catch (error) {
        console.error(error);
    }
    const isBytes = Buffer.isBuffer(content);
    response.writeHead(status, { 'content-type': isBytes ? 'application/zip' : 'application/json' });
    response.end(isBytes ? content : JSON.stringify(content));
});

/** The URL under which nodes know this publisher. */
function instanceUrl() {
    return (options.url ?? `http://127.0.0.1:${server.address().port}`).replace(/\/+$/, '');
}

server.on('error', (error) => end(`cannot listen on 127.0.0.1:${options.port}: ${error.message}`));
server.listen(Number(options.port), '127.0.0.1', () => {
    console.log(`publisher ${options.username} on ${instanceUrl()}`);
    console.log(publicKey.trim());
});
