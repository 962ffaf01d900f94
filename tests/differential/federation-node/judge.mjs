// Judges a plugin record or a challenge as JavaScript does: the text by JSON.parse and JSON.stringify, the signature by Node's
// Ed25519 over what Buffer.from reads. A line of {kind, key, plugin | challenge, signature} in, one of {verdict, signed} out.

import { createPublicKey, verify } from 'node:crypto'
import { createInterface } from 'node:readline'

function signedText(record) {
  const { name, version } = record
  const id = record.slug !== undefined ? record.slug : record.id
  const description = record.short_description !== undefined ? record.short_description : record.description
  return JSON.stringify({ id, name, version, description })
}

function isObject(text) {
  try {
    const value = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

function judge({ kind, key, plugin, challenge, signature }) {
  try {
    if (kind === 'pfn-challenge' && isObject(challenge)) return { verdict: 'rejected', why: 'ambiguous' }
    const record = kind === 'pfn-plugin' ? JSON.parse(plugin) : {}
    const signed = kind === 'pfn-plugin' ? signedText(record) : challenge
    const bytes = Buffer.from(signature ?? record.signature, 'base64')
    const isValid = verify(null, Buffer.from(signed), createPublicKey(key), bytes)
    return { verdict: isValid ? 'verified' : 'rejected', signed }
  } catch (error) {
    return { verdict: 'rejected', why: `${error.constructor.name}: ${error.message}` }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(judge(JSON.parse(line)))}\n`)
}
