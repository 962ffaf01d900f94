//! Cases about what a verifier remembers: `did-plc.md`, "Pins", and `fair.md`, "What a pin remembers of releases".

mod clock;
mod downgrade;
mod json;
mod json_values;
mod kept;
mod languages;
mod limits;
mod logs;
mod proven;
mod releases;
mod versions;
mod visits;

use crate::case::Case;
use crate::cases::publisher::{daily, genesis, root, update};
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::SignedOp;
use crate::pin::{PinFile, Visit};

pub(super) fn cases() -> Vec<Case> {
    [
        logs::cases(),
        visits::cases(),
        clock::cases(),
        kept::cases(),
        json::cases(),
        json_values::cases(),
        limits::cases(),
        releases::cases(),
        versions::cases(),
        languages::cases(),
        downgrade::cases(),
        proven::cases(),
    ]
    .concat()
}

/// An update by the daily key, which cases call A. It is accepted at hour 0.
fn a() -> SignedOp {
    update(1).after(&genesis()).sign(&daily())
}

/// The genesis alone, an hour before A.
fn before_a() -> Log {
    Log::new(&genesis(), Moment::hour(-1))
}

/// The genesis and A.
fn with_a() -> Log {
    before_a().then(&a(), Moment::hour(0))
}

/// The genesis, A, and the recovery by the root key that undoes A, dated so many hours after A.
fn recovered(hours: i64) -> Log {
    with_a().then(&update(2).after(&genesis()).sign(&root()), Moment::hour(hours))
}

/// A verifier's clock, so many hours after A.
fn hour(hours: i64) -> u64 {
    Moment::hour(hours).seconds()
}

/// The pin after visits to a directory that served this log each time, at these hours after A.
fn seen(log: &Log, hours: impl IntoIterator<Item = i64>) -> PinFile {
    let mut hours = hours.into_iter();
    let first = PinFile::first(&Visit::audit(log, hour(hours.next().expect("a first visit"))));
    hours.fold(first, |pin, at| pin.next(&Visit::audit(log, hour(at))))
}

/// A visit by a verifier that remembers this pin.
fn visit(name: &str, rule: &str, about: &str, log: &Log, pin: &PinFile, now: u64) -> Case {
    let case = Case::plc(format!("pin/{name}")).rule(rule).about(about).log(log);
    case.file("pin", "pin.json", pin.json().pretty()).now(now)
}

/// A visit that verifies, and the pin that is kept.
fn accepted(
    name: &str,
    rule: &str,
    about: &str,
    log: &Log,
    pin: &PinFile,
    now: u64,
    warnings: &[&'static str],
) -> Case {
    let kept = pin.next(&Visit::audit(log, now));
    visit(name, rule, about, log, pin, now).verified_as(log, warnings).keeps(&kept)
}
