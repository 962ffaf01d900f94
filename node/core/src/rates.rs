//! How often one caller may ask: by key, and without a key by address. Counted by the minute of the clock, in memory: a node
//! that starts again begins anew, and at the turn of a minute a caller may have two minutes' worth.
//!
//! Callers without a key are told apart by address, up to a number in a minute for each kind of request, and up to a smaller number of
//! one network: whoever owns a network has all addresses in it, and must not use up the places of strangers elsewhere. All others of a
//! network that is full count as one caller.
//!
//! | | IPv6 | IPv4 | why | told apart |
//! |---|---|---|---|---|
//! | caller | /64 | address | one link (RFC 4291, section 2.5.4) | |
//! | site | /48 | /24 | the most that a site usually has (RFC 6177), and the least of IPv4 that is routed | 256 |
//! | provider | /32 | /16 | the least of IPv6 that a provider is given (RIPE-738) | 1,024 |
//! | all | | | ten providers fill it | 10,000 |

use crate::keys::Caller;
use crate::refusal::Refusal;
use crate::settings::Limits;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// How many callers without a key are told apart in a minute: in all, of one provider, and of one site. Callers with a key always are:
/// there are only so many keys, and strangers must not use up their places.
const MAX_CALLERS: usize = 10_000;
const MAX_OF_PROVIDER: usize = 1_024;
const MAX_OF_SITE: usize = 256;

const MINUTE: u64 = 60;

/// What a request costs the node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cost {
    /// Statements of its database.
    Read,
    /// An archive that is sent.
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
    /// How many callers without a key are told apart in each network. The network without a name has all of them.
    strangers: BTreeMap<(Cost, String), usize>,
}

impl Rates {
    /// Counts a request, or refuses it if its caller has had as many in this minute as are allowed. `now` is in seconds since 1970.
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
            self.strangers.clear();
        }
        let place = match caller {
            Caller::Key { id, .. } => format!("key {id}"),
            Caller::Master => "master".to_owned(),
            Caller::Nobody => self.stranger(cost, address),
        };
        let count = self.counts.entry((cost, place)).or_default();
        let (most, what) = cost.limit(limits);
        if *count >= most {
            let left = MINUTE.saturating_sub(now.checked_rem(MINUTE).unwrap_or_default());
            let message = format!("expected at most {most} {what} in a minute: wait {left} s");
            return Err(Refusal::new(429, "node.rate", message).with("retry-after", left.to_string()));
        }
        *count = count.saturating_add(1);
        Ok(())
    }

    /// What a caller without a key is counted as: itself, if it was counted before or there is room in each of its networks; otherwise
    /// the widest network that is full.
    fn stranger(&mut self, cost: Cost, address: &str) -> String {
        let [own, site, provider, all] = networks(address);
        if self.counts.contains_key(&(cost, own.clone())) {
            return own;
        }
        let bounds = [(all, MAX_CALLERS), (provider, MAX_OF_PROVIDER), (site, MAX_OF_SITE)];
        let has_room = |(network, most): &&(String, usize)| {
            self.strangers.get(&(cost, network.clone())).is_none_or(|count| count < most)
        };
        if let Some((full, _)) = bounds.iter().find(|bound| !has_room(bound)) {
            return full.clone();
        }
        for (network, _) in bounds {
            let count = self.strangers.entry((cost, network)).or_default();
            *count = count.saturating_add(1);
        }
        own
    }
}

/// The networks that an address is in: that of its caller, of its site, of its provider, and the one that has all.
fn networks(address: &str) -> [String; 4] {
    let all = String::new();
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            [address.to_string(), format!("{a}.{b}.{c}"), format!("{a}.{b}"), all]
        }
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            [format!("{a:x}:{b:x}:{c:x}:{d:x}"), format!("{a:x}:{b:x}:{c:x}"), format!("{a:x}:{b:x}"), all]
        }
        // A host that does not know counts all of them as one.
        Err(_) => [const { String::new() }; 4],
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

    /// Asks once from each of so many addresses.
    fn ask_from(rates: &mut Rates, count: usize, address: impl Fn(usize) -> String) {
        for number in 0..count {
            is_let_in(rates, 0, Cost::Read, &Caller::Nobody, &address(number));
        }
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut rates = Rates::default();
        // Of so many providers that no site and no provider is full.
        let address = |number: usize| format!("{}.{}.0.1", number >> 8 & 255, number & 255);
        ask_from(&mut rates, MAX_CALLERS + 100, address);
        assert_eq!(rates.counts.len(), MAX_CALLERS + 1);
        assert!(!is_let_in(&mut rates, 0, Cost::Read, &Caller::Nobody, "192.0.2.1"));
        assert!(is_let_in(&mut rates, 0, Cost::Read, &Caller::Nobody, &address(1)));
        // What is used up of one kind of request is not of another.
        assert!(is_let_in(&mut rates, 0, Cost::Visit, &Caller::Nobody, "192.0.2.1"));
        // Strangers use up nothing of a key's.
        assert!(is_let_in(&mut rates, 0, Cost::Read, &key("new"), ""));
        assert!(is_let_in(&mut rates, 0, Cost::Read, &Caller::Master, ""));
    }

    type Addresses<'a> = &'a dyn Fn(usize) -> String;

    /// One who has a /48, or all /48 of a provider, has as many /64 as are told apart in all.
    #[test]
    fn whoever_has_a_network_takes_no_strangers_place() {
        let site = |number: usize| format!("2001:db8:1:{number:x}::1");
        let provider = |number: usize| format!("2001:db8:{:x}:{:x}::1", number >> 7, number & 127);
        let addresses = |number: usize| format!("10.9.{}.{}", number >> 8 & 255, number & 255);
        let cases: [(Addresses<'_>, usize, &str, &str); 3] = [
            (&site, MAX_OF_SITE, "2001:db8:1:ffff::1", "2001:db8:2::1"),
            (&provider, MAX_OF_PROVIDER, "2001:db8:ffff::1", "2001:db9::1"),
            (&addresses, MAX_OF_PROVIDER, "10.9.255.255", "10.8.0.1"),
        ];
        for (address, most, of_network, elsewhere) in cases {
            let mut rates = Rates::default();
            ask_from(&mut rates, MAX_CALLERS + 100, address);
            assert_eq!(rates.counts.len(), most + 1, "{elsewhere}");
            let mut ask = |address: &str| is_let_in(&mut rates, 0, Cost::Read, &Caller::Nobody, address);
            assert!(!ask(of_network), "{of_network}");
            // Who came before has its own, and so has everybody else.
            assert!(ask(&address(0)));
            assert!(ask(elsewhere) && ask(elsewhere) && !ask(elsewhere), "{elsewhere}");
        }
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
