//! How often one caller may ask: by key, and without a key by address. Counted by the minute of the clock, in memory: a node
//! that starts again begins anew, and at the turn of a minute a caller may have two minutes' worth.

use crate::keys::Caller;
use crate::refusal::Refusal;
use crate::settings::Limits;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};

/// How many callers without a key are told apart in a minute. Those that come later count as one; keys never do: there are
/// only so many of them, and strangers must not use up what theirs is.
const MAX_CALLERS: usize = 10_000;

const MINUTE: u64 = 60;

/// What a request costs the node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cost {
    /// Statements of its database.
    Read,
    /// An archive's way out.
    Download,
    /// An archive read and hashed.
    Verification,
    /// Questions to a publisher.
    Visit,
}

impl Cost {
    fn limit(self, limits: &Limits) -> (u64, &'static str) {
        match self {
            Cost::Read => (limits.reads_per_minute, "requests"),
            Cost::Download => (limits.downloads_per_minute, "downloads"),
            Cost::Verification => (limits.verifications_per_minute, "verifications"),
            Cost::Visit => (limits.visits_per_minute, "visits to publishers"),
        }
    }
}

/// What was asked in this minute.
#[derive(Debug, Default)]
pub(crate) struct Rates {
    minute: u64,
    counts: BTreeMap<(Cost, String), u64>,
    /// How many of them are of strangers.
    strangers: usize,
}

impl Rates {
    /// Counts a request, which is refused where its caller has had as many as there may be.
    pub(crate) fn charge(
        &mut self,
        limits: &Limits,
        now: u64,
        cost: Cost,
        (caller, address): (&Caller, &str),
    ) -> Result<(), Refusal> {
        let minute = now.checked_div(MINUTE).unwrap_or_default();
        if minute != self.minute {
            self.minute = minute;
            self.counts.clear();
            self.strangers = 0;
        }
        let mut place = (cost, name(caller, address));
        if *caller == Caller::Nobody && !self.counts.contains_key(&place) {
            if self.strangers >= MAX_CALLERS {
                place.1.clear();
            } else {
                self.strangers = self.strangers.saturating_add(1);
            }
        }
        let count = self.counts.entry(place).or_default();
        let (most, what) = cost.limit(limits);
        if *count >= most {
            let left = MINUTE.saturating_sub(now.checked_rem(MINUTE).unwrap_or_default());
            let message = format!("expected at most {most} {what} in a minute: wait {left} s");
            return Err(Refusal::new(429, "node.rate", message).with("retry-after", left.to_string()));
        }
        *count = count.saturating_add(1);
        Ok(())
    }
}

/// Under what a caller is counted.
fn name(caller: &Caller, address: &str) -> String {
    match caller {
        Caller::Key { id, .. } => format!("key {id}"),
        Caller::Master => "master".to_owned(),
        Caller::Nobody => network(address),
    }
}

/// An address, of IPv6 its network: whoever has one address of a /64 has all of them.
fn network(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V4(address)) => address.to_string(),
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
        }
        // A host that does not know counts all of them as one.
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Role;

    fn key(id: &str) -> Caller {
        Caller::Key { id: id.to_owned(), name: id.to_owned(), role: Role::Subscriber }
    }

    fn limits() -> Limits {
        Limits { reads_per_minute: 2, visits_per_minute: 1, ..Limits::default() }
    }

    fn is_let_in(rates: &mut Rates, now: u64, cost: Cost, caller: &Caller, address: &str) -> bool {
        rates.charge(&limits(), now, cost, (caller, address)).is_ok()
    }

    #[test]
    fn a_caller_has_so_many_in_a_minute() {
        let mut rates = Rates::default();
        let mut ask = |now, cost| is_let_in(&mut rates, now, cost, &key("a"), "192.0.2.1");
        assert_eq!([60, 61, 119, 120].map(|now| ask(now, Cost::Read)), [true, true, false, true]);
        assert_eq!([120, 120].map(|now| ask(now, Cost::Visit)), [true, false]);
    }

    #[test]
    fn keys_and_networks_are_told_apart() {
        let mut rates = Rates::default();
        let mut ask = |caller: &Caller, address: &str| is_let_in(&mut rates, 0, Cost::Visit, caller, address);
        assert!(ask(&key("a"), "192.0.2.1") && ask(&key("b"), "192.0.2.1"));
        assert!(ask(&Caller::Nobody, "192.0.2.1") && ask(&Caller::Nobody, "192.0.2.2"));
        assert!(!ask(&Caller::Nobody, "::ffff:192.0.2.1"));
        assert!(ask(&Caller::Nobody, "2001:db8::1") && !ask(&Caller::Nobody, "2001:db8::2"));
        assert!(ask(&Caller::Nobody, "2001:db8:0:1::1"));
        assert!(ask(&Caller::Nobody, "") && !ask(&Caller::Nobody, "unknown"));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut rates = Rates::default();
        let address = |number: usize| format!("10.{}.{}.{}", number >> 16, number >> 8 & 255, number & 255);
        for number in 0..MAX_CALLERS + 100 {
            is_let_in(&mut rates, 0, Cost::Read, &Caller::Nobody, &address(number));
        }
        assert_eq!(rates.counts.len(), MAX_CALLERS + 1);
        assert!(!is_let_in(&mut rates, 0, Cost::Read, &Caller::Nobody, "192.0.2.1"));
        assert!(is_let_in(&mut rates, 0, Cost::Read, &Caller::Nobody, &address(1)));
        // Strangers use up nothing of a key's.
        assert!(is_let_in(&mut rates, 0, Cost::Read, &key("new"), ""));
        assert!(is_let_in(&mut rates, 0, Cost::Read, &Caller::Master, ""));
    }

    #[test]
    fn who_is_refused_is_told_when_to_come_back() {
        let mut rates = Rates::default();
        let mut ask = || rates.charge(&limits(), 100, Cost::Visit, (&key("a"), ""));
        assert!(ask().is_ok());
        let refusal = ask().unwrap_err();
        assert_eq!((refusal.status, refusal.headers), (429, vec![("retry-after", "20".to_owned())]));
    }
}
