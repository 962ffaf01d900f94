//! What becomes of a panic, without PHP. With PHP: `panic.phpt`.

#[path = "../src/guard.rs"]
mod guard;

use fedverify::Code;

#[test]
fn a_panic_becomes_an_error_and_nothing_else_does() {
    let refusal = |error: fedverify::Error| error.code();
    assert_eq!(guard::guarded(|| Ok::<_, Code>(7), refusal), Ok(7));
    assert_eq!(guard::guarded(|| Err::<(), _>(Code::PlcLogEmpty), refusal), Err(Code::PlcLogEmpty));
    assert_eq!(guard::guarded::<(), _>(|| std::panic::panic_any(7), refusal), Err(Code::ApiPanicked));
}
