/** The page: takes files, has a Web Worker verify them, and shows each step. */
import { FedVerifyError } from '../js/dist/fedverify.js';
import { verifyLog } from '../js/dist/worker.js';
import { element } from './element.js';
import { describeOperation, drawHistory } from './history.js';

const EXAMPLE = new URL('../../examples/fair/', import.meta.url);
const SLOTS = ['package', 'log', 'metadata'];
/** Characters of the report that are shown. A long history has millions, and the page would stop for seconds to lay them out. */
const SHOWN_REPORT = 200_000;
/** As many bytes of a log as the verifier reads, and how long the directory may take, in milliseconds. */
const LOG_BYTES = 8 << 20;
const PATIENCE = 30_000;

const at = (id) => document.getElementById(id);

/** The files that were chosen. */
const chosen = {};
/** Counts verifications, so that a late answer to an earlier one shows nothing. */
let turn = 0;

/* Choosing */

function choose(slot, file) {
  chosen[slot] = file;
  at(slot).closest('.slot').classList.toggle('filled', file !== undefined);
  at(`${slot}-name`).textContent = file === undefined ? 'no file chosen' : `${file.name}, ${bytesText(file.size)}`;
  if (file !== undefined && slot !== 'package') suggestIdentity(slot, file);
}

/** Fills in the identity that a file names, and says that it is only the file's word. */
async function suggestIdentity(slot, file) {
  if (at('did').value !== '' || file.size > 8 << 20) return;
  try {
    const document = JSON.parse(await file.text());
    const did = slot === 'log' ? document[0]?.did : document.id;
    if (typeof did !== 'string' || !did.startsWith('did:') || did.length > 200 || at('did').value !== '') return;
    at('did').value = did;
    at('did-note').textContent = `Taken from the ${slot}. Check that it is the identity you expect.`;
  } catch {
    // Without JSON there is no identity to suggest; the verification will say what is wrong.
  }
}

/** Finds a dropped file's slot: by its name, then by its content, then by what is still missing. */
async function slotOf(file) {
  if (/\.zip$/i.test(file.name)) return 'package';
  const start = (await file.slice(0, 64).text()).trimStart();
  if (start.startsWith('[')) return 'log';
  if (start.startsWith('{')) return 'metadata';
  return SLOTS.find((slot) => chosen[slot] === undefined) ?? 'package';
}

function clear() {
  turn += 1;
  at('inputs').reset();
  for (const slot of SLOTS) choose(slot, undefined);
  at('did-note').textContent = '';
  at('missing').textContent = '';
  at('result').hidden = true;
}

async function chooseExample() {
  clear();
  const names = { package: 'hello-fair-1.1.0.zip', log: 'log.json', metadata: 'metadata.json' };
  const fetched = async (name) => {
    const response = await fetch(new URL(name, EXAMPLE));
    if (!response.ok) throw new Error(`the server answered with status ${response.status} for ${name}`);
    return new File([await response.blob()], name);
  };
  try {
    at('did').value = (await (await fetched('did.txt')).text()).trim();
    for (const [slot, name] of Object.entries(names)) choose(slot, await fetched(name));
  } catch (error) {
    at('missing').textContent = `The example is not available here: ${error.message}`;
    return;
  }
  await verify();
}

async function fetchLog() {
  const did = at('did').value.trim();
  at('missing').textContent = '';
  if (!/^did:plc:[a-z2-7]{24}$/.test(did)) {
    at('missing').textContent = 'Enter the did:plc first: 32 characters.';
    return;
  }
  try {
    const response = await fetch(`https://plc.directory/${did}/log/audit`, { signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) throw new Error(`the directory answered with status ${response.status}`);
    choose('log', new File(await partsOf(response.body), `${did}.json`));
  } catch (error) {
    at('missing').textContent = `The log could not be fetched: ${error.message}. Save it from the directory and drop it here instead.`;
  }
}

/** Reads a log, but not one that is larger than any. */
async function partsOf(stream) {
  const [parts, reader] = [[], stream.getReader()];
  for (let left = LOG_BYTES; left >= 0;) {
    const { done, value } = await reader.read();
    if (done) return parts;
    parts.push(value);
    left -= value.length;
  }
  await reader.cancel();
  throw new Error(`it has more than ${bytesText(LOG_BYTES)}`);
}

/* Verifying */

async function verify() {
  const did = at('did').value.trim();
  const isPackage = chosen.package !== undefined || chosen.metadata !== undefined;
  const missing = [!did && 'the identity', !chosen.log && 'its log', isPackage && !chosen.package && 'the package',
    isPackage && !chosen.metadata && 'the metadata'].filter(Boolean);
  at('missing').textContent = missing.length ? `Still missing: ${missing.join(', ')}.` : '';
  if (missing.length) return;
  turn += 1;
  const mine = turn;
  const isMine = () => mine === turn;
  begin();
  try {
    // The page keeps no pin, so its steps speak of none.
    const identity = await verifyLog({ did, log: chosen.log, remember: false });
    if (!isMine()) return;
    showHistory(identity);
    showChecks(identity.report.checks);
    const report = isPackage ? await verifyPackage(identity, isMine) : identity.report;
    if (isMine()) end(report);
  } catch (error) {
    if (!isMine()) return;
    if (error instanceof FedVerifyError) end(error.report);
    else showVerdict('undetermined', 'Could not verify', `This page failed: ${error.message}`);
  } finally {
    if (isMine()) finish();
  }
}

async function verifyPackage(identity, isMine) {
  const version = at('release').value.trim();
  const release = await identity.verifyMetadata({ metadata: chosen.metadata, ...(version && { release: version }) });
  if (isMine()) showChecks(release.report.checks);
  return release.verifyPackage({
    package: chosen.package,
    onProgress: (done, total) => isMine() && showProgress(done, total),
  });
}

/* Showing */

function begin() {
  for (const id of ['checks', 'facts', 'warnings', 'report', 'verdict-text', 'operation']) at(id).replaceChildren();
  at('history-part').hidden = true;
  at('download').hidden = true;
  at('verify').disabled = true;
  at('result').hidden = false;
  at('result').setAttribute('aria-busy', 'true');
  showVerdict('', 'Verifying …', '');
  showProgress(0, undefined);
  at('progress-line').hidden = false;
}

function finish() {
  at('verify').disabled = false;
  at('result').removeAttribute('aria-busy');
  at('progress-line').hidden = true;
  at('result').focus({ preventScroll: true });
  at('result').scrollIntoView({ block: 'start' });
}

function end(report) {
  showChecks(report.checks);
  if (report.verdict === 'verified') {
    const { release, package: bytes, identity } = report;
    showVerdict('verified', 'Verified', release
      ? // The version is the metadata's word: the signature covers the bytes alone.
        `These bytes are signed with the key “${bytes.keyId}” of ${identity.did}, and listed as version ${release.version}.`
      : `The log holds, from the genesis of ${identity.did} to its current state.`);
  } else {
    const { code, message, remedy, operation } = report.error;
    const where = operation === undefined ? '' : `Operation ${operation}: `;
    const title = report.verdict === 'rejected' ? 'Rejected' : 'Could not verify';
    showVerdict(report.verdict, `${title}: ${code}`, `${where}${message}. ${remedy}`);
  }
  showFacts(report);
  at('warnings').replaceChildren(...report.warnings.map(({ code, message }) =>
    element('li', {}, element('code', {}, code), ` ${message}`)));
  const text = JSON.stringify(report, null, 2);
  at('report').textContent = text.length > SHOWN_REPORT ? `${text.slice(0, SHOWN_REPORT)}\n… The whole report can be downloaded.` : text;
  URL.revokeObjectURL(at('download').href);
  at('download').href = URL.createObjectURL(new Blob([`${text}\n`], { type: 'application/json' }));
  at('download').hidden = false;
}

const MARKS = { verified: 'M8 25 L19 36 L40 12', rejected: 'M12 12 L36 36 M36 12 L12 36', undetermined: 'M24 10 V28 M24 38 V38.1' };

function showVerdict(verdict, title, text) {
  at('verdict-box').className = `verdict ${verdict}`;
  at('verdict-mark').firstElementChild.setAttribute('d', MARKS[verdict] ?? 'M12 24 H12.1 M24 24 H24.1 M36 24 H36.1');
  at('verdict').textContent = title;
  at('verdict-text').textContent = text;
}

function showFacts({ identity, release, package: bytes }) {
  const rows = [
    ['Identity', identity?.did],
    ['Version', release?.version],
    ['Type', release?.type],
    ['Published at', release?.repository],
    ['Signing key', bytes?.key],
    ['SHA-256', bytes?.sha256],
    ['Size', bytes && bytesText(bytes.size)],
  ].filter(([, value]) => value !== undefined);
  at('facts').replaceChildren(...rows.flatMap(([name, value]) =>
    [element('dt', {}, name), element('dd', {}, element('code', {}, value))]));
}

const OUTCOMES = {
  pass: ['✓', 'passed'],
  fail: ['✗', 'failed'],
  skipped: ['–', 'skipped'],
  'not-reached': ['·', 'not reached'],
};

/** Shows the steps. Those that were shown before stay as they are; new ones arrive one after another. */
function showChecks(checks) {
  const shown = new Map([...at('checks').children].map((line) => [line.dataset.check, line]));
  let fresh = 0;
  const lines = checks.map(({ check, outcome, detail }) => {
    const [mark, word] = OUTCOMES[outcome];
    const line = element('li', { class: outcome, 'data-check': check },
      element('span', { class: 'outcome', 'aria-hidden': 'true' }, mark),
      element('span', { class: 'check' }, check, element('span', { class: 'away' }, ` ${word}: `)),
      element('span', { class: 'detail' }, detail));
    if (shown.has(check)) return line;
    line.classList.add('new');
    line.style.setProperty('--turn', String(fresh));
    fresh += 1;
    return line;
  });
  at('checks').replaceChildren(...lines);
}

function showProgress(done, total) {
  const bar = at('progress');
  if (total) bar.value = done / total;
  else bar.removeAttribute('value');
  at('progress-text').textContent = total ? `${bytesText(done)} of ${bytesText(total)} hashed` : 'verifying the log …';
}

function showHistory(identity) {
  at('history-part').hidden = false;
  drawHistory(at('history'), at('earlier'), identity, (entry) => {
    at('operation').replaceChildren(...describeOperation(identity, entry));
  });
}

function bytesText(size) {
  if (size < 1000) return `${size} bytes`;
  return size < 1e6 ? `${(size / 1e3).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`;
}

/* Wiring */

for (const slot of SLOTS) at(slot).addEventListener('change', ({ target }) => choose(slot, target.files[0]));
at('inputs').addEventListener('submit', (event) => {
  event.preventDefault();
  verify();
});
at('did').addEventListener('input', () => { at('did-note').textContent = ''; });
at('example').addEventListener('click', chooseExample);
at('fetch-log').addEventListener('click', fetchLog);
at('clear').addEventListener('click', clear);
for (const type of ['dragenter', 'dragover']) {
  document.addEventListener(type, (event) => {
    event.preventDefault();
    at('drop').classList.add('over');
  });
}
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) at('drop').classList.remove('over');
});
document.addEventListener('drop', async (event) => {
  event.preventDefault();
  at('drop').classList.remove('over');
  for (const file of [...event.dataTransfer.files]) choose(await slotOf(file), file);
});
