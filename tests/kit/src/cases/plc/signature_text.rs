//! How signatures are written.

use crate::case::{Case, replaced};
use crate::cases::publisher::{daily, genesis, log_with, op, root, update};
use crate::cases::rule;
use crate::encoding::{
    base64, base64_unpadded, base64url, base64url_padded, from_base64url, hex, with_trailing_bits,
};
use crate::forgery::der;
use crate::json::Json;
use crate::keys::Signature;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::SignedOp;

const RULE: &str = rule::plc::SIGNATURES;
const ENCODING: &str = "plc.signature.encoding";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = vec![
        escaped(),
        in_genesis("padded", base64url_padded),
        in_genesis("der", |sig| base64url(&der(sig.try_into().expect("64 bytes")))),
    ];
    for (name, about, write) in forms() {
        let signed = honest();
        let signature: Signature = from_base64url(signed.sig()).try_into().expect("64 bytes");
        cases.push(
            Case::plc(format!("plc/signature-text/{name}"))
                .rule(RULE)
                .about(format!(
                    "{about}; a lenient decoder gets the right bytes, and the CID is right for this string."
                ))
                .log(&log_with(&rewritten(&signed, write(&signature))))
                .rejected_at(ENCODING, 1),
        );
    }
    for (name, about, text) in [
        ("empty", "An empty string", String::new()),
        ("63-bytes", "One byte too few", base64url(&[1; 63])),
        ("65-bytes", "One byte too many", base64url(&[1; 65])),
    ] {
        cases.push(
            Case::plc(format!("plc/signature-text/{name}"))
                .rule(RULE)
                .about(format!("{about}; no key makes such a signature."))
                .log(&log_with(&rewritten(&honest(), text)))
                .rejected_at(ENCODING, 1),
        );
    }
    cases
}

fn honest() -> SignedOp {
    // Of the first such numbers, the one whose signature has a character that tells base64url from base64.
    let candidates = (1..).map(|number| update(number).after(&genesis()).sign(&daily()));
    candidates.into_iter().find(|op| op.sig().contains(['-', '_'])).expect("an endless supply")
}

/// The operation with its signature written in another way, and the CID that this gives.
fn rewritten(signed: &SignedOp, sig: String) -> SignedOp {
    SignedOp::of(signed.json().clone().with("sig", sig))
}

type Form = (&'static str, &'static str, fn(&[u8]) -> String);

fn forms() -> Vec<Form> {
    vec![
        ("padded", "Two padding characters", base64url_padded),
        ("one-padding-character", "One padding character", |sig| format!("{}=", base64url(sig))),
        ("standard-alphabet", "The alphabet of standard base64", base64_unpadded),
        ("standard-padded", "Standard base64 with padding", base64),
        ("trailing-bits", "Unused bits set in the last character", |sig| with_trailing_bits(&base64url(sig))),
        ("leading-space", "A space before it", |sig| format!(" {}", base64url(sig))),
        ("trailing-line-break", "A line break after it", |sig| format!("{}\n", base64url(sig))),
        ("inner-line-break", "A line break inside", |sig| {
            let text = base64url(sig);
            format!("{}\n{}", &text[..43], &text[43..])
        }),
        ("trailing-nul", "A NUL after it", |sig| format!("{}\0", base64url(sig))),
        ("der", "ASN.1 DER around r and s", |sig| base64url(&der(sig.try_into().expect("64 bytes")))),
        ("recovery-id", "A recovery id before r and s", |sig| base64url(&[&[27][..], sig].concat())),
        ("hex", "Hexadecimal", hex),
        ("multibase", "A multibase prefix", |sig| format!("u{}", base64url(sig))),
        ("percent", "Percent-encoding of its first character", |sig| {
            let text = base64url(sig);
            format!("%{:02X}{}", text.as_bytes()[0], &text[1..])
        }),
    ]
}

fn in_genesis(name: &str, write: fn(&[u8]) -> String) -> Case {
    let op = op();
    let signature = root().sign(&op.bytes());
    let log = Log::new(&op.with_sig(write(&signature)), Moment::START);
    Case::plc(format!("plc/signature-text/genesis-{name}"))
        .rule(RULE)
        .about("The form is wrong in the genesis; the DID asked for is the hash of this form.")
        .log(&log)
        .rejected_at(ENCODING, 0)
}

fn escaped() -> Case {
    let signed = honest();
    let log = log_with(&signed);
    let sig = signed.sig();
    let escape: String = sig.bytes().take(3).map(|byte| format!("\\u{byte:04x}")).collect();
    let text = replaced(&log.text(), &Json::from(sig).to_string(), &format!("\"{escape}{}\"", &sig[3..]));
    Case::plc("plc/signature-text/json-escapes")
        .rule(RULE)
        .about("The first characters of a signature are written with JSON escapes.")
        .log_text(log.did(), text)
        .verified_as(&log, &[])
}
