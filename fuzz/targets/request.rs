//! The whole way from inputs to a report, as `fedverify run` walks it: the verdict is verified exactly where there is no error,
//! the code is one of the table and has that verdict, no message can steer a terminal, the pin can be read again, the report
//! has the shape of the tables that its JSON Schema is written from, the same inputs give the same report whether they are a
//! file or come in pieces, and memory is bounded by the size of the inputs.
#![no_main]

use fedverify::tables::Verdict;
use fedverify::{Code, Limits, Pin, Report};
use fedverify_fuzz::stretch::stretched;
use fedverify_fuzz::{check_message, parts, report, report_of_pieces, request, shape};
use libfuzzer_sys::fuzz_target;
use peak_alloc::PeakAlloc;
use serde_json::Value;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// What a request may take for each byte of its inputs. `core/tests/memory.rs` allows 12 for each byte of a large document;
/// small ones have the report's own strings in proportion.
const BYTES_PER_BYTE: usize = 64;

/// What any request may take: the buffers of hashing and of reading an archive, and a report.
const BYTES_AT_LEAST: usize = 1 << 20;

fuzz_target!(|data: &[u8]| {
    let data = &*stretched(data);
    let parts = parts(data);
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let Some((request, stream)) = request(&parts) else { return };
    let first = report(&request, stream);
    let json = first.to_json();
    let taken = ALLOCATOR.peak_usage().saturating_sub(before);
    assert!(
        taken <= BYTES_AT_LEAST + BYTES_PER_BYTE * data.len(),
        "{taken} bytes for {} of input",
        data.len()
    );
    check_verdict(&first);
    check_json(&json);
    assert_eq!(report(&request, stream).to_json(), json);
    assert_eq!(report_of_pieces(&request, stream).to_json(), json);
});

fn check_verdict(report: &Report) {
    match report.error() {
        None => assert_eq!(report.verdict(), Verdict::Verified),
        Some(error) => {
            let code = error.code();
            assert_ne!(code, Code::ApiPanicked);
            let judged = if code.is_undetermined() { Verdict::Undetermined } else { Verdict::Rejected };
            assert_eq!(report.verdict(), judged);
            assert_eq!(code.as_str().parse(), Ok(code));
            assert_eq!(Code::from_number(code.number()), Some(code));
            check_message(error.message());
        }
    }
    report.warnings().iter().for_each(|warning| check_message(warning.message()));
    report.checks().for_each(|(_, _, detail)| check_message(detail));
    check_message(&report.subject());
    if let Some(pin) = report.pin() {
        let roomy = Limits { pin_bytes: u64::MAX, json_values: u64::MAX, ..Limits::default() };
        assert_eq!(Pin::parse(pin.to_json().as_bytes(), &roomy).as_ref(), Ok(pin));
    }
}

fn check_json(json: &str) {
    // In JSON every control character is an escape, but for U+007F and those above, which facts may hold.
    assert!(!json.contains(|character: char| character < ' '), "{json}");
    let json: Value = serde_json::from_str(json).expect("a report is JSON");
    let faults = shape::faults(&json);
    assert!(faults.is_empty(), "{faults:?}\n{json}");
}
