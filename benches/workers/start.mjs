/** What a page or a server waits for before its first verification: `make bench` measures the whole run. */
import { verifyLog } from '../../wasm/js/dist/fedverify.js';

// Nothing verifies before the module is there, so that the refusal of an empty log comes from it.
const { code } = await verifyLog({ did: 'did:plc:z72i7hdynmk6r22z27h6tvur', log: '[]' }).catch((error) => error);
if (code !== 'plc.log.empty') throw new Error(`expected an empty log to be refused, found ${code}`);
