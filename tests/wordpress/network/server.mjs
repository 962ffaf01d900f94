// Every host of the tests' network, on one port, with and without TLS.
//
//     node server.mjs FOLDER AUTHORITY
//
// prints the port. What hosts answer is in FOLDER/answers/<SHA-1 of "host path">.json, which the scenarios write (see
// runner/Network.php): a list of answers; the first request gets the first, the last is repeated. An answer has `status`, `headers`,
// and a body: `body` (base64), `giant` (so many bytes of `filler`), with one of the behaviours `hang` (no answer), `drip` (a byte every
// so many milliseconds), `delay` (milliseconds), `cut` (so many bytes, then the connection breaks). Each request is a line of
// FOLDER/requests.jsonl.

import { createHash } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import tls from "node:tls";

const [folder, authority] = process.argv.slice(2);
const counts = new Map();

const certificate = (name) => ({
    cert: readFileSync(`${authority}/${name}.pem`),
    key: readFileSync(`${authority}/${name}.key`),
});
const contexts = Object.fromEntries(
    ["server", "stranger", "expired"].map((name) => [name, tls.createSecureContext(certificate(name))]),
);

const answersOf = (host, path) => {
    for (const candidate of [path, path.split("?")[0], "*"]) {
        const name = createHash("sha1").update(`${host} ${candidate}`).digest("hex");
        try {
            const answers = JSON.parse(readFileSync(`${folder}/answers/${name}.json`, "utf8"));
            const key = `${name} ${answers.version}`;
            const count = counts.get(key) ?? 0;
            counts.set(key, count + 1);
            return answers.list[Math.min(count, answers.list.length - 1)];
        } catch (error) {
            if (error.code !== "ENOENT") throw error;
        }
    }
    return { status: 404, headers: { "content-type": "application/json" }, body: Buffer.from('{"message":"not here"}').toString("base64") };
};

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const sendGiant = async (response, { giant, filler = " ", head = "", tail = "" }) => {
    response.setMaxListeners(0);
    response.write(Buffer.from(head, "base64"));
    const chunk = Buffer.alloc(1 << 16, filler);
    for (let left = giant; left > 0 && !response.destroyed; left -= chunk.length) {
        if (!response.write(left < chunk.length ? chunk.subarray(0, left) : chunk)) {
            await Promise.race([
                new Promise((resolve) => response.once("drain", resolve)),
                new Promise((resolve) => response.once("close", resolve)),
            ]);
        }
    }
    response.end(Buffer.from(tail, "base64"));
};

const answer = async (request, response, isSecure) => {
    const host = (request.headers.host ?? "").toLowerCase();
    const line = { host, path: request.url, method: request.method, tls: isSecure, agent: request.headers["user-agent"] ?? "", at: Date.now() };
    appendFileSync(`${folder}/requests.jsonl`, `${JSON.stringify(line)}\n`);
    request.resume();
    const how = answersOf(host, request.url);
    if (how.hang) return;
    if (how.delay) await sleep(how.delay);
    response.writeHead(how.status ?? 200, how.headers ?? {});
    if (how.giant) return sendGiant(response, how);
    const body = Buffer.from(how.body ?? "", "base64");
    if (how.cut !== undefined) {
        response.write(body.subarray(0, how.cut), () => setTimeout(() => request.socket.destroy(), 20));
        return;
    }
    if (how.drip) {
        for (const byte of body) {
            if (response.destroyed) return;
            response.write(Buffer.of(byte));
            await sleep(how.drip);
        }
        return response.end();
    }
    response.end(body);
};

const plain = http.createServer((request, response) => answer(request, response, false));
const secure = https.createServer(
    {
        ...certificate("server"),
        SNICallback: (name, done) => done(null, contexts[name.split(".")[0]] ?? contexts.server),
    },
    (request, response) => answer(request, response, true),
);
for (const server of [plain, secure]) {
    server.keepAliveTimeout = 1000;
    server.requestTimeout = 0;
    server.on("clientError", (_, socket) => socket.destroy());
}

const port = net.createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (first) => {
        socket.pause();
        socket.unshift(first);
        (first[0] === 0x16 ? secure : plain).emit("connection", socket);
        process.nextTick(() => socket.resume());
    });
});
port.listen(0, "127.0.0.1", () => console.log(port.address().port));
process.stdin.on("end", () => process.exit(0)).resume();
