// A server that holds whoever asks it.
//
//     node streams.mjs AUTHORITY FILE
//
// prints a line of JSON, its ports: `tls` answers in the way that the path names, and the others hold below TLS: `silent` says nothing,
// `handshake` drips the start of one, `proxyByByte` the answer of a proxy; `record` and `recordByByte` send a part of a record, and then
// nothing more or a byte now and then.
// The file is JSON, by the path without its slash: `start` comes first, then `more` over and over (both base64), at a `pace`: `stop` (not
// at all), `drip` (a byte now and then), `flood` (as fast as it is taken); `delay` are milliseconds before all of it, and `end` says that
// the connection ends behind the start.
//
// It gives up after a while, as no attacker does. When its input ends, it prints how many were `held` until then; and of each of the
// `paths`, how often it was `asked` for, and how many bytes of the answers were `taken`.

import { readFileSync } from "node:fs";
import net from "node:net";
import tls from "node:tls";

/** How long it waits between two bytes, in milliseconds. */
const DRIP = 200;

/** When it gives up, in milliseconds after the request. */
const PATIENCE = 10_000;

/** How many bytes of a flood are written at a time. */
const PIECE = 65536;

/** The type of a record that holds a part of an answer (RFC 5246, section 6.2.1), the length of its head, and what is sent of it. */
const APPLICATION_DATA = 23;
const RECORD_HEAD = 5;
const RECORD_START = 15;

const [authority, file] = process.argv.slice(2);
const ways = JSON.parse(readFileSync(file, "utf8"));
const tally = { held: 0, paths: {} };

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Writes, and waits until the bytes are taken. */
const write = (socket, bytes) => new Promise((resolve) => socket.write(bytes, resolve));

const giveUp = (socket) => {
    if (!socket.destroyed) tally.held += 1;
    socket.destroy();
};

/** Sends bytes over and over, until the client leaves or the server gives up. */
const flood = async (socket, bytes, count) => {
    const until = Date.now() + PATIENCE;
    while (!socket.destroyed && Date.now() < until) {
        await write(socket, bytes);
        count(bytes.length);
    }
    giveUp(socket);
};

const drip = async (socket, bytes, count) => {
    const until = Date.now() + PATIENCE;
    for (let at = 0; !socket.destroyed && Date.now() < until; at = (at + 1) % bytes.length) {
        await sleep(DRIP);
        await write(socket, bytes.subarray(at, at + 1));
        count(1);
    }
    giveUp(socket);
};

const hold = (socket) => setTimeout(() => giveUp(socket), PATIENCE).unref();

const answer = async (socket, path) => {
    const counted = (tally.paths[path] ??= { asked: 0, taken: 0 });
    const count = (bytes) => (counted.taken += bytes);
    counted.asked += 1;
    const { start = "", more = "", pace = "stop", delay = 0, end = false } = ways[path] ?? { end: true };
    await sleep(delay);
    const [first, rest] = [Buffer.from(start, "base64"), Buffer.from(more, "base64")];
    await write(socket, first);
    count(first.length);
    if (end) return socket.end();
    if (pace === "drip") return drip(socket, rest, count);
    if (pace === "flood") return flood(socket, Buffer.alloc(Math.ceil(PIECE / rest.length) * rest.length, rest), count);
    hold(socket);
};

const accept = (socket) => {
    socket.on("error", () => {});
    socket.once("data", (request) => answer(socket, String(request).match(/^GET \/([^ ]*) /)?.[1] ?? ""));
};
const identity = { cert: readFileSync(`${authority}/server.pem`), key: readFileSync(`${authority}/server.key`) };
const secure = tls.createServer(identity, accept);
// Later versions hide the types of their records.
const relayed = tls.createServer({ ...identity, maxVersion: "TLSv1.2" }, accept);

const silent = net.createServer((socket) => hold(socket.on("error", () => {}).resume()));

// The start of a handshake record, and of the certificates in it.
const handshake = net.createServer((socket) => {
    socket.on("error", () => {}).resume();
    socket.write(Buffer.from("160303" + "3fff" + "0b003ffb", "hex"));
    drip(socket, Buffer.alloc(1), () => {});
});

const proxyByByte = net.createServer((socket) => {
    socket.on("error", () => {}).resume();
    socket.write("HTTP/1.1 200 OK\r\n");
    drip(socket, Buffer.from("X: y\r\n"), () => {});
});

/** Passes on what the server behind it sends, up to the second record of its answer; of that, the start together with the first. */
const relay = (proceed) =>
    net.createServer((client) => {
        const server = net.connect(relayed.address().port, "127.0.0.1");
        for (const socket of [client, server]) socket.on("error", () => {});
        client.pipe(server);
        let [waiting, first] = [Buffer.alloc(0), null];
        server.on("data", (bytes) => {
            waiting = Buffer.concat([waiting, bytes]);
            while (waiting.length >= RECORD_HEAD) {
                const length = RECORD_HEAD + waiting.readUInt16BE(3);
                if (waiting.length < length) return;
                const record = waiting.subarray(0, length);
                waiting = waiting.subarray(length);
                if (record[0] !== APPLICATION_DATA) {
                    client.write(record);
                } else if (first === null) {
                    first = record;
                } else {
                    client.write(Buffer.concat([first, record.subarray(0, RECORD_START)]));
                    client.unpipe(server).resume();
                    server.destroy();
                    return proceed(client, record.subarray(RECORD_START));
                }
            }
        });
    });

const servers = {
    tls: secure,
    silent,
    handshake,
    proxyByByte,
    record: relay(hold),
    recordByByte: relay((client, rest) => drip(client, rest, () => {})),
};
const listening = [...Object.values(servers), relayed].map(
    (server) => new Promise((resolve) => server.listen(0, "127.0.0.1", resolve)),
);
await Promise.all(listening);
console.log(JSON.stringify(Object.fromEntries(Object.entries(servers).map(([name, server]) => [name, server.address().port]))));
process.stdin.on("end", () => process.stdout.write(`${JSON.stringify(tally)}\n`, () => process.exit(0))).resume();
