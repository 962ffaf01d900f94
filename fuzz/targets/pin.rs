//! A pin that is read is the same after it was written and read again; merging two does not depend on their order, is the
//! same again when repeated, and forgets nothing; a pin with any byte of its facts changed is refused.
#![no_main]

use fedverify::{Limits, Pin};
use fedverify_fuzz::stretch::stretched;
use fedverify_fuzz::{check_message, parts};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|data: &[u8]| {
    let data = &*stretched(data);
    let limits = Limits::default();
    let pins: Vec<Pin> = parts(data).iter().filter_map(|(_, json)| read(json, &limits)).collect();
    let [first, rest @ ..] = pins.as_slice() else { return };
    check_damage(first, data.len(), &limits);
    for second in rest.iter().take(3) {
        check_merge(first, second);
    }
    check_merge(first, first);
});

fn read(json: &[u8], limits: &Limits) -> Option<Pin> {
    match Pin::parse(json, limits) {
        Ok(pin) => {
            assert_eq!(Pin::parse(pin.to_json().as_bytes(), limits).as_ref(), Ok(&pin));
            Some(pin)
        }
        Err(error) => {
            check_message(error.message());
            None
        }
    }
}

/// One bit, in a place that the input's length chooses.
fn check_damage(pin: &Pin, chosen: usize, limits: &Limits) {
    let mut json = pin.to_json().into_bytes();
    let at = chosen * 31 % json.len();
    json[at] ^= 1;
    if let Ok(damaged) = Pin::parse(&json, limits) {
        // Only a letter of hexadecimal in the other case could say the same, and no pin has one.
        panic!("read with byte {at} changed: {}", damaged.to_json());
    }
}

/// Whether the pins say different things of what one operation's bytes and its log decide: no two visits saw that, so somebody wrote
/// one of the pins by hand. Which of the two then counts depends on the order.
fn contradict(first: &Pin, second: &Pin) -> bool {
    let [first, second] =
        [first, second].map(|pin| serde_json::from_str::<Value>(&pin.to_json()).expect("JSON"));
    let is_one_text = first["log"]["sha256"] == second["log"]["sha256"];
    let names: &[&str] = if is_one_text { &["signer", "size", "createdAt"] } else { &["signer", "size"] };
    let operations = |pin: &Value| pin["operations"].as_array().cloned().unwrap_or_default();
    let others = operations(&second);
    let differs = operations(&first).iter().any(|operation| {
        let mut same = others.iter().filter(|other| other["cid"] == operation["cid"]);
        same.any(|other| names.iter().any(|name| other[*name] != operation[*name]))
    });
    differs || (is_one_text && first["log"] != second["log"])
}

fn check_merge(first: &Pin, second: &Pin) {
    let limits = Limits::default();
    let (merged, other_way) = (first.merge(second, &limits), second.merge(first, &limits));
    let Ok(merged) = merged else { return assert!(other_way.is_err()) };
    if contradict(first, second) {
        return;
    }
    assert_eq!(Ok(&merged), other_way.as_ref());
    assert_eq!(merged.merge(second, &limits).as_ref(), Ok(&merged));
    assert_eq!(merged.merge(first, &limits).as_ref(), Ok(&merged));
    let seen: Vec<&str> = merged.seen().map(|(cid, _)| cid).collect();
    assert!(first.seen().chain(second.seen()).all(|(cid, _)| seen.contains(&cid)));
    assert!(Pin::parse(merged.to_json().as_bytes(), &limits).is_ok());
}
