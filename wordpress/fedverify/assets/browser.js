/**
 * Verifies in the browser of an administrator what the server cannot: identities that were not verified for long, unasked, and what
 * "Verify now" is pressed for. The bytes come from this site, the work is done by the verifier in a Worker, and the report goes back
 * to this site.
 *
 * @typedef {{ verdict?: string, meaning?: string, remedy?: string, status?: number }} Details
 * @typedef {{ ticket: string, did: string, evidence: 'log' | 'document', pin: string | null, now: number }} Begun
 * @typedef {{ url: string, version: string, bytes: number }} Archive
 * @typedef {{ version?: string, install?: string | null }} Outcome
 */

/** @type {{ root: string, nonce: string, module: string, due: string[], names: Record<string, string>, strings: Record<string, string> }} */
const data = window.fedverifyBrowser;
const { strings } = data;

/** The server's word that something is not let through. */
class Refusal extends Error {
	/** @param {{ code: string, message: string, data?: Details }} answer */
	constructor( { code, message, data: details = {} } ) {
		super( message );
		this.code = code;
		this.verdict = details.verdict ?? 'undetermined';
		this.meaning = details.meaning ?? '';
		this.remedy = details.remedy ?? '';
	}
}

/**
 * @param {string} text
 * @param {string} value
 */
const filled = ( text, value ) => text.replace( '%s', () => value );

/**
 * A name that keeps its own direction in a sentence: FIRST STRONG ISOLATE, POP DIRECTIONAL ISOLATE.
 *
 * @param {string} name
 */
const isolated = ( name ) => `\u2068${ name }\u2069`;

/**
 * @param {string} route
 * @param {object} body
 * @returns {Promise<Response>}
 */
async function ask( route, body ) {
	const response = await fetch( data.root + route, {
		method: 'POST',
		credentials: 'same-origin',
		headers: { 'Content-Type': 'application/json', 'X-WP-Nonce': data.nonce },
		body: JSON.stringify( body ),
	} );
	if ( ! response.ok ) {
		throw new Refusal( await response.json().catch( () => ( { code: `http.${ response.status }`, message: response.statusText } ) ) );
	}
	return response;
}

/**
 * @param {string} route
 * @param {object} body
 */
const answer = async ( route, body ) => ( await ask( route, body ) ).json();

/**
 * @param {string} ticket
 * @param {string} part
 */
const document_ = async ( ticket, part ) => new Uint8Array( await ( await ask( 'bytes', { ticket, part } ) ).arrayBuffer() );

/**
 * What the verifier reports, whatever it says. Only what is no report is thrown.
 *
 * @param {Promise<any>} verification
 * @returns {Promise<any>}
 */
async function reported( verification ) {
	try {
		const result = await verification;
		return result.report ?? result;
	} catch ( error ) {
		const { report } = /** @type {{ report?: object }} */ ( error ?? {} );
		if ( report === undefined ) throw error;
		return report;
	}
}

/**
 * Verifies an identity, and the archive that waits for it.
 *
 * @param {string} did
 * @param {boolean} hasPackage whether the archive is wanted
 * @param {(text: string, done?: number, total?: number) => void} tell
 * @returns {Promise<Outcome>}
 */
async function verify( did, hasPackage, tell ) {
	const { verifyLog, verifyPackage, verifyWebDocument } = await import( data.module );
	tell( filled( strings.fetching, isolated( data.names[ did ] ?? did ) ) );
	/** @type {Begun} */
	const { ticket, evidence, pin, now } = await answer( 'begin', { did } );
	const bytes = await document_( ticket, 'log' );
	const clock = new Date( now * 1000 );
	const isLog = evidence === 'log';

	tell( strings.verifying );
	const identity = await reported( isLog ? verifyLog( { did, log: bytes, pin, now: clock } ) : verifyWebDocument( { did, document: bytes, now: clock } ) );
	tell( strings.checking );
	/** @type {{ archive: Archive | null }} */
	const { archive } = await answer( 'report', { ticket, part: 'log', package: hasPackage, report: JSON.stringify( identity ) } );
	if ( archive === null ) return {};

	const text = filled( strings.archive, archive.version );
	tell( text, 0, archive.bytes );
	const metadata = await document_( ticket, 'metadata' );
	const { body } = await ask( 'bytes', { ticket, part: 'archive' } );
	const report = await reported( verifyPackage( {
		did,
		...( isLog ? { log: bytes, pin: identity.pin, noDowngrade: true } : { document: bytes } ),
		now: clock,
		metadata,
		release: archive.version,
		artifactUrl: archive.url,
		package: body,
		onProgress: ( /** @type {number} */ done ) => tell( text, done, archive.bytes ),
	} ) );
	const { install } = await answer( 'report', { ticket, part: 'archive', report: JSON.stringify( report ) } );
	return { version: archive.version, install };
}

/**
 * An element with text in it.
 *
 * @param {string} name
 * @param {string} text
 * @param {Record<string, string>} attributes
 */
function element( name, text, attributes = {} ) {
	const made = document.createElement( name );
	made.textContent = text;
	for ( const [ attribute, value ] of Object.entries( attributes ) ) made.setAttribute( attribute, value );
	return made;
}

/**
 * Where a form shows what comes of it.
 *
 * @param {HTMLFormElement} form
 */
function resultOf( form ) {
	const next = form.nextElementSibling;
	if ( next?.classList.contains( 'fedverify-result' ) ) return next;
	const made = element( 'div', '', { class: 'fedverify-result', role: 'status' } );
	form.after( made );
	return made;
}

/**
 * @param {Element} result
 * @param {Outcome} outcome
 */
function showOutcome( result, { version, install } ) {
	const text = version === undefined ? strings.verified : filled( strings.install, version );
	result.replaceChildren( element( 'p', text, { class: 'fedverify-good' } ) );
	if ( install ) {
		result.append( element( 'a', strings.button, { class: 'button button-primary', href: install } ) );
	} else if ( version === undefined ) {
		result.append( element( 'a', strings.reload, { href: location.href } ) );
	} else {
		result.append( element( 'p', strings.again ) );
	}
}

/**
 * @param {Element} result
 * @param {any} error
 */
function showError( result, error ) {
	const label = error.verdict === 'rejected' ? strings.refused : strings.unsure;
	const isRefusal = error instanceof Refusal;
	result.replaceChildren( element( 'p', `${ label }: ${ isRefusal ? error.meaning : strings.failed }`, { class: 'fedverify-bad' } ) );
	if ( error.message && error.message !== error.meaning ) result.append( element( 'p', error.message, { dir: 'auto' } ) );
	if ( error.remedy ) result.append( element( 'p', error.remedy, { dir: 'auto' } ) );
	if ( isRefusal ) result.append( element( 'code', error.code, { dir: 'ltr' } ) );
}

/**
 * Verifies what a button is about, and shows it beside the button.
 *
 * @param {HTMLFormElement} form
 * @param {string} did
 */
async function run( form, did ) {
	const button = form.querySelector( 'button' );
	const result = resultOf( form );
	const line = element( 'p', '' );
	const bar = element( 'progress', '', { 'aria-label': strings.progress, max: '1' } );
	result.replaceChildren( line );
	button?.setAttribute( 'aria-disabled', 'true' );
	try {
		const outcome = await verify( did, true, ( text, done, total ) => {
			// What is heard is said once.
			if ( line.textContent !== text ) line.textContent = text;
			if ( total ) {
				bar.setAttribute( 'value', String( ( done ?? 0 ) / total ) );
				if ( ! bar.isConnected ) result.append( bar );
			}
		} );
		showOutcome( result, outcome );
	} catch ( error ) {
		showError( result, error );
	} finally {
		button?.removeAttribute( 'aria-disabled' );
	}
}

/**
 * Verifies identities one after the other, and says how that went where there is a place for it.
 *
 * @param {string[]} dids
 */
async function runAll( dids ) {
	const status = document.getElementById( 'fedverify-browser-status' );
	const failed = [];
	for ( const did of dids ) {
		try {
			await verify( did, false, ( text ) => {
				if ( status ) status.textContent = text;
			} );
		} catch ( error ) {
			failed.push( did );
		}
	}
	if ( ! status ) return;
	const said = dids.length === 0 ? [ strings.nothing ] : [ filled( strings.done, String( dids.length - failed.length ) ) ];
	if ( failed.length > 0 ) said.push( filled( strings.not_done, String( failed.length ) ) );
	status.textContent = said.join( ' ' ) + ' ';
	if ( dids.length > 0 ) status.append( element( 'a', strings.reload, { href: location.href } ) );
}

document.addEventListener( 'submit', ( event ) => {
	const form = /** @type {HTMLFormElement} */ ( event.target );
	const value = ( /** @type {string} */ name ) => form.querySelector( `input[name="${ name }"]` )?.getAttribute( 'value' ) ?? '';
	const action = value( 'fedverify_action' );
	if ( action !== 'verify' && action !== 'verify_all' ) return;
	event.preventDefault();
	if ( form.querySelector( 'button' )?.getAttribute( 'aria-disabled' ) === 'true' ) return;
	if ( action === 'verify' ) run( form, value( 'fedverify_about' ) );
	else runAll( Object.keys( data.names ) );
} );

// One tab at a time, where browsers can arrange that.
if ( navigator.locks ) navigator.locks.request( 'fedverify', { ifAvailable: true }, ( lock ) => ( lock ? runAll( data.due ) : undefined ) );
else runAll( data.due );
