/** The corpus's cases of several directories (tests/corpus/README.md) for JavaScript. How the files are read is the caller's. */

/** The cases of the list. */
export function directoryCasesOf({ format, cases }) {
  if (format !== 1) throw new Error(`directories.json has the format ${format}, expected 1`);
  if (cases.length < 100) throw new Error(`only ${cases.length} cases of several directories`);
  return cases;
}

/** What the case comes to that it does not expect: nothing, or one sentence. */
export async function directoryDifference(api, expected, read) {
  const [wanted, found] = expected.kind === 'newest'
    ? [outcome(expected), await newestOf(api, expected, read)]
    : [expected.differs ? 'plc.document.differs' : null, await documentOf(api, expected, read)];
  const [left, right] = [wanted, found].map((value) => JSON.stringify(value));
  return left === right ? [] : [`${expected.name}: expected ${left}, found ${right}`];
}

const outcome = ({ code = null, operation = null, newest = null, lagging = [] }) => ({ code, operation, newest, lagging });

/** The code and its operation, or the places of the newest log and of those that lag. */
async function newestOf(api, { did, logs }, read) {
  const identities = {};
  try {
    for (const [at, log] of logs.entries()) {
      const identity = await api.verifyLog({ did, log: await read(log) });
      identities[`https://${at}.example`] = identity;
    }
    const { url, identity, warnings } = await api.newest(identities);
    if (identity !== identities[url]) throw new Error(`not the identity of ${url}`);
    const places = Object.keys(identities);
    // A warning names the directory that lags first.
    const lagging = warnings.map(({ code, message }) => (code === 'plc.directory.lag' ? places.indexOf(message.split('"')[1]) : code));
    return outcome({ newest: places.indexOf(url), lagging });
  } catch (error) {
    if (error?.name !== 'FedVerifyError') throw error;
    return outcome({ code: error.code, operation: error.operation });
  }
}

async function documentOf(api, { did, log, document }, read) {
  const identity = await api.verifyLog({ did, log: await read(log) });
  const warning = await identity.compareDocument(await read(document), 'https://a.example');
  return warning === null ? null : warning.code;
}
