//! Shares of a limited resource, in total and per network.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The most that may be taken at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Most {
    /// By all callers together.
    pub(crate) of_all: usize,
    /// By those of one address.
    pub(crate) of_one_address: usize,
    /// By those of one site: its owner has enough addresses for all.
    pub(crate) of_one_site: usize,
    /// By those of one provider: it has enough sites for all.
    pub(crate) of_one_provider: usize,
}

/// What is taken just now.
#[derive(Clone)]
pub(crate) struct Shares {
    most: Most,
    taken: Arc<Mutex<Taken>>,
}

#[derive(Default)]
struct Taken {
    by_all: usize,
    /// By addresses, sites and providers.
    by_networks: [HashMap<IpAddr, usize>; 3],
}

/// What one caller has taken, until this is dropped.
pub(crate) struct Share {
    of: Shares,
    networks: [IpAddr; 3],
    amount: usize,
}

impl Shares {
    /// So much for callers to take.
    pub(crate) fn new(most: Most) -> Self {
        Shares { most, taken: Arc::default() }
    }

    /// Takes this much for a caller, if there is enough. An address, site or provider that holds nothing is not bound by its own part,
    /// so that an amount that is larger than a part can be taken. The parts above it still apply.
    pub(crate) fn take(&self, caller: IpAddr, amount: usize) -> Option<Share> {
        let Most { of_all, of_one_address, of_one_site, of_one_provider } = self.most;
        let networks = networks(caller);
        let mut taken = self.taken();
        let by_all = taken.by_all.saturating_add(amount);
        let parts = [of_one_address, of_one_site, of_one_provider];
        let has_part = |((by_network, network), part): ((&HashMap<IpAddr, usize>, &IpAddr), usize)| {
            by_network.get(network).is_none_or(|taken| taken.saturating_add(amount) <= part)
        };
        if by_all > of_all || !taken.by_networks.iter().zip(&networks).zip(parts).all(has_part) {
            return None;
        }
        taken.by_all = by_all;
        for (by_network, network) in taken.by_networks.iter_mut().zip(networks) {
            let taken = by_network.entry(network).or_default();
            *taken = taken.saturating_add(amount);
        }
        Some(Share { of: self.clone(), networks, amount })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How much all callers have together.
    #[cfg(test)]
    pub(crate) fn by_all(&self) -> usize {
        self.taken().by_all
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.of.taken();
        taken.by_all = taken.by_all.saturating_sub(self.amount);
        for (by_network, network) in taken.by_networks.iter_mut().zip(self.networks) {
            let left = by_network.get(&network).copied().unwrap_or_default().saturating_sub(self.amount);
            if left == 0 {
                by_network.remove(&network);
            } else {
                by_network.insert(network, left);
            }
        }
    }
}

/// An address, its site and its provider: of IPv6 the /64, /48 and /32, of IPv4 the address, /24 and /16 (rates.rs in node/core says why,
/// and counts the same).
fn networks(address: IpAddr) -> [IpAddr; 3] {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            [(c, d), (c, 0), (0, 0)].map(|(c, d)| IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)))
        }
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            [IpAddr::V4(address), IpAddr::from([a, b, c, 0]), IpAddr::from([a, b, 0, 0])]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));

    fn shares(of_all: usize, [of_one_address, of_one_site, of_one_provider]: [usize; 3]) -> Shares {
        Shares::new(Most { of_all, of_one_address, of_one_site, of_one_provider })
    }

    #[test]
    fn an_address_has_so_much_and_leaves_no_trace() {
        let shares = shares(100, [2, 100, 100]);
        let (first, second) = (shares.take(ADDRESS, 1), shares.take(ADDRESS, 1));
        assert!(first.is_some() && second.is_some() && shares.take(ADDRESS, 1).is_none());
        drop(first);
        let third = shares.take(ADDRESS, 1);
        assert!(third.is_some() && shares.take(ADDRESS, 1).is_none());
        drop((second, third));
        // Nor does one that gets nothing.
        assert!(shares.take(ADDRESS, 101).is_none());
        assert!(shares.taken().by_networks.iter().all(HashMap::is_empty));
        assert_eq!(shares.by_all(), 0);
    }

    #[test]
    fn an_amount_that_is_more_than_a_part_is_for_whoever_has_nothing() {
        let shares = shares(100, [10, 20, 30]);
        let one = shares.take(ADDRESS, 90);
        assert!(one.is_some() && shares.take(ADDRESS, 1).is_none());
        let other = IpAddr::from([198, 51, 100, 1]);
        assert!(shares.take(other, 11).is_none());
        let rest = shares.take(other, 10);
        assert!(rest.is_some() && shares.take(IpAddr::from([203, 0, 113, 1]), 1).is_none());
    }

    /// Each of these parts is the first that is used up.
    #[test]
    fn a_site_and_a_provider_have_so_much() {
        let next = |parts, other: [u8; 4]| {
            let shares = shares(100, parts);
            let _first = shares.take(ADDRESS, 5);
            shares.take(IpAddr::from(other), 6).is_some()
        };
        assert!(!next([100, 10, 100], [192, 0, 2, 2]) && next([100, 10, 100], [192, 0, 3, 1]));
        assert!(!next([100, 100, 10], [192, 0, 3, 1]) && next([100, 100, 10], [192, 1, 2, 1]));
        assert!(next([11, 11, 11], [192, 0, 2, 1]) && !next([10, 100, 100], [192, 0, 2, 1]));
    }

    #[test]
    fn a_network_of_ipv6_is_one_address_of_a_site_of_a_provider() {
        let of = |text: &str| networks(text.parse().unwrap());
        // How many of the three are the same: none, the provider, the site, too, and the address, too.
        let shared = |one: &str, other: &str| {
            let (one, other) = (of(one), of(other));
            one.iter().zip(&other).filter(|(one, other)| one == other).count()
        };
        assert_eq!(shared("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff"), 3);
        assert_eq!(shared("2001:db8:0:1::1", "2001:db8:0:2::1"), 2);
        assert_eq!(shared("2001:db8:0:1::1", "2001:db8:1:1::1"), 1);
        assert_eq!(shared("2001:db8:0:1::1", "2001:db9:0:1::1"), 0);
        assert_eq!(of("::ffff:192.0.2.1")[0].to_string(), "192.0.2.1");
        assert_eq!(shared("192.0.2.1", "192.0.2.2"), 2);
        assert_eq!(shared("192.0.2.1", "192.0.3.1"), 1);
        assert_eq!(shared("192.0.2.1", "192.1.2.1"), 0);
    }
}
