#!/usr/bin/env node
// A small publisher of the Plugin Federation Network: it offers the plugins of a folder, signs their records and archives,
// and proves to nodes that it has its key. Node 18 or later, no packages.
//
//     node publisher.mjs --folder FOLDER --username NAME [--port 4000] [--key FILE] [--key-changes FILE] [--url URL]
//     node publisher.mjs --announce OLD-KEY-FILE [--key FILE] [--key-changes FILE] --url URL
//
// The second form is for a new key (--key): the old one approves it once, in the file of changes that the first form serves
// (key-changes.json). The old key need not be on the server, and is needed no more once all nodes know the new one.
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
    'usage: publisher.mjs --folder FOLDER [--username NAME] [--port PORT] [--key FILE] [--key-changes FILE] [--url URL], or --announce OLD-KEY-FILE --url URL';

// The digits of did:key.
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

const options = given();
if (!options.folder && !options.announce) end(USAGE);
if (options.folder && !existsSync(options.folder)) end(`the folder ${options.folder} does not exist`);
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
            announce: { type: 'string' },
            'key-changes': { type: 'string', default: 'key-changes.json' },
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

if (options.announce && !existsSync(options.announce)) end(`the file ${options.announce} does not exist`);
// The change is approved for the address under which nodes know this publisher, and for no other.
if (options.announce && !options.url) end(USAGE);

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

/** The changes of the key, the oldest first. Nodes read the last 32. */
function keyChanges() {
    const file = options['key-changes'];
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

/** Adds the change from the old key to this one, signed by the old one. */
function announce(url) {
    const old = createPrivateKey(readFileSync(options.announce));
    const change = `fedverify-node key change v1; instance=${url}; from=${didKey(old)}; to=${didKey(key)}`;
    const signature = sign(null, Buffer.from(change), old).toString('base64');
    writeFileSync(options['key-changes'], `${JSON.stringify([...keyChanges(), { publicKey, signature }], null, 4)}\n`);
    console.log(`${options['key-changes']}: ${didKey(old)} approves ${didKey(key)} at ${url}`);
}

function federationInfo(url) {
    return {
        version: '1.0.0',
        features: ['plugin-distribution', 'signature-verification'],
        publicKey,
        keyChanges: keyChanges(),
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
if (options.announce) {
    announce(instanceUrl());
} else {
    server.listen(Number(options.port), '127.0.0.1', () => {
        console.log(`publisher ${options.username} on ${instanceUrl()}`);
        console.log(publicKey.trim());
    });
}
