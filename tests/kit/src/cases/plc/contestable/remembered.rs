//! Verifiers that saw the log before.

use super::{ACCEPTED, FIRST_ALIAS, after_genesis, case, item, listed, log_with_times};
use crate::case::Case;
use crate::cases::publisher::{daily, log, root, update};
use crate::json::Json;
use crate::log::Log;
use crate::moment::Moment;
use crate::pin::{PinFile, Visit};

pub(super) fn cases() -> Vec<Case> {
    [with_times(), without_times()].concat()
}

/// What an earlier visit did not see is no older than the first visit that did.
fn with_times() -> Vec<Case> {
    let updated = after_genesis(update(1), &daily());
    let at = |name: &str, about: &str, log: &Log, pin: &PinFile, now: Moment, until: Option<Moment>| {
        let item = until.map(|until| item(log, 1, until, &[root()], FIRST_ALIAS));
        listed(&format!("remembered/{name}"), about, log, now.seconds(), item)
            .file("pin", "pin.json", pin.json().pretty())
            .keeps(&pin.next(&Visit::audit(log, now.seconds())))
    };
    let before = PinFile::first(&Visit::audit(&log(), ACCEPTED.seconds()));
    let (long_after, end) = (Moment::hour(1000), Moment::hour(1072));
    let second_visit = before.next(&Visit::audit(&updated, long_after.seconds()));
    let first_visit = PinFile::first(&Visit::audit(&updated, long_after.seconds()));
    let future = log_with_times(Moment::hour(10).to_string());
    let fresh = PinFile::first(&Visit::audit(&updated, Moment::hour(2).seconds()));
    let year = -365 * 24;
    let redated = updated
        .clone()
        .edit(0, |entry| entry.set("createdAt", Moment::hour(year).to_string()))
        .edit(1, |entry| entry.set("createdAt", Moment::hour(year + 1).to_string()));
    let seen_early = before.next(&Visit::audit(&future, Moment::hour(2).seconds()));
    vec![
        at(
            "seen-now",
            "The update is dated 999 hours ago, and an earlier visit did not see it: it is as old as this visit.",
            &updated,
            &before,
            long_after,
            Some(end),
        ),
        at(
            "seen-at-deadline",
            "Exactly 72 hours after the second visit, the first to see the update.",
            &updated,
            &second_visit,
            end,
            Some(end),
        ),
        at("seen-after-deadline", "One second more.", &updated, &second_visit, end.plus_ms(1000), None),
        at(
            "seen-at-first-visit",
            "The first visit saw the update already, so createdAt counts.",
            &updated,
            &first_visit,
            long_after.plus_hours(1),
            None,
        ),
        at(
            "seen-in-the-same-second",
            "The update is dated 999 hours ago, and an earlier visit in this very second did not see it.",
            &updated,
            &PinFile::first(&Visit::audit(&log(), long_after.seconds())),
            long_after,
            Some(end.plus_ms(1000)),
        ),
        at(
            "seen-with-the-clock-set-back",
            "The update is dated 999 hours ago; a visit an hour later, by its clock, did not see it.",
            &updated,
            &PinFile::first(&Visit::audit(&log(), long_after.plus_hours(1).seconds())),
            long_after,
            Some(end),
        ),
        at(
            "seen-at-first-visit-in-the-future",
            "The first visit, by a clock 70 years ahead, saw the update already. The highest key added another one since.",
            &updated.clone().then(&update(2).after(&updated.operations()[1]).sign(&root()), Moment::hour(2)),
            &PinFile::first(&Visit::audit(&updated, Moment::hour(70 * 365 * 24).seconds())),
            long_after,
            None,
        ),
        at(
            "dated-after-first-seen",
            "The update was seen before the time that it is dated: the later of the two counts.",
            &future,
            &seen_early,
            Moment::hour(80),
            Some(Moment::hour(82)),
        ),
        at(
            "created-at-rewritten",
            "The directory dates the update a year back, after a first visit: createdAt as first served counts.",
            &redated,
            &fresh,
            Moment::hour(73),
            Some(Moment::hour(73)),
        ),
        listed(
            "remembered/first-visit",
            "A first visit: createdAt counts.",
            &updated,
            long_after.seconds(),
            [],
        )
        .flag("remember")
        .keeps(&first_visit),
    ]
}

/// A bare log has no times but those that a pin remembers.
fn without_times() -> Vec<Case> {
    let updated = after_genesis(update(1), &daily());
    let now = Moment::hour(60);
    let bare = |name: &str, about: &str, pin: Option<&PinFile>, until: Option<Moment>| {
        let case = case(&format!("bare/{name}"), about, &updated, now.seconds())
            .log_text(updated.did(), updated.bare().pretty())
            .verified_as(&updated, &["plc.log.bare"])
            .fact(
                "contestable",
                Json::array(until.map(|until| item(&updated, 1, until, &[root()], FIRST_ALIAS))),
            );
        match pin {
            Some(pin) => case
                .file("pin", "pin.json", pin.json().pretty())
                .keeps(&pin.next(&Visit::bare(&updated, now.seconds()))),
            None => case,
        }
    };
    let audit_first = PinFile::first(&Visit::audit(&updated, Moment::hour(2).seconds()));
    let genesis_first = PinFile::first(&Visit::bare(&log(), Moment::START.seconds()));
    let seen_later = genesis_first.next(&Visit::bare(&updated, Moment::hour(40).seconds()));
    let bare_first = PinFile::first(&Visit::bare(&updated, Moment::hour(2).seconds()));
    vec![
        bare(
            "first-visit",
            "A first visit: nothing says how old the update is, so it may be of this moment.",
            None,
            Some(Moment::hour(132)),
        ),
        bare(
            "created-at-remembered",
            "An audit log of an earlier visit said when it was accepted.",
            Some(&audit_first),
            Some(Moment::hour(73)),
        ),
        bare(
            "first-seen-later",
            "A later visit was the first to see the update.",
            Some(&seen_later),
            Some(Moment::hour(112)),
        ),
        bare(
            "first-seen-now",
            "This visit is the first to see the update.",
            Some(&genesis_first),
            Some(Moment::hour(132)),
        ),
        bare(
            "seen-at-first-visit",
            "The first visit saw the update already, in a bare log without times: it is no younger than that.",
            Some(&bare_first),
            Some(Moment::hour(74)),
        ),
    ]
}
