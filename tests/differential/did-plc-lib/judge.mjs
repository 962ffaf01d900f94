// Judges logs by npm @did-plc/lib: a line of {did, log} in, a line of {verdict, head, nullified, why} out. `log` is the text
// that a directory serves. An audit log is replayed as the directory takes operations in, with its clock at each createdAt.

import { createInterface } from 'node:readline'
import { cidForCbor } from '@atproto/common'
import lib from '@did-plc/lib'

const realNow = Date.now

function entriesOf(text, did) {
  if (/^[ \t\r\n]*\{/.test(text)) {
    const lines = [...new Set(text.split('\n').filter((line) => line.trim() !== ''))]
    return lines.map((line) => JSON.parse(line)).filter((entry) => entry.did === did)
  }
  return JSON.parse(text)
}

async function bare(did, operations) {
  await lib.validateOperationLog(did, operations)
  return { head: String(await cidForCbor(operations.at(-1))), nullified: [] }
}

async function replay(did, entries) {
  let ops = []
  const all = []
  const nullified = new Set()
  for (const { operation, createdAt } of entries) {
    const time = new Date(createdAt)
    Date.now = () => time.getTime()
    const next = await lib.assureValidNextOp(did, ops, operation)
    next.nullified.forEach((cid) => nullified.add(String(cid)))
    const cid = await cidForCbor(operation)
    all.push(String(cid))
    ops = ops.filter((op) => !nullified.has(String(op.cid)))
    ops.push({ did, operation, cid, nullified: false, createdAt: time })
  }
  return { head: String(ops.at(-1).cid), nullified: all.filter((cid) => nullified.has(cid)) }
}

async function judge({ did, log }) {
  try {
    const entries = entriesOf(log, did)
    const isAudit = entries[0]?.operation !== undefined
    return { verdict: 'verified', ...(await (isAudit ? replay : bare)(did, entries)) }
  } catch (error) {
    return { verdict: 'rejected', why: `${error.constructor.name}: ${error.message}` }
  } finally {
    Date.now = realNow
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await judge(JSON.parse(line)))}\n`)
}
