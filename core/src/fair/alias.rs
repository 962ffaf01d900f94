//! Domain aliases: `fair://<domain>` in `alsoKnownAs`, confirmed by the domain's own DNS.

use crate::error::Error;
use crate::quote::quote;
use crate::tables::Code;
use crate::plc::Identity;

/// What an alias starts with.
const SCHEME: &str = "fair://";

/// The label below the domain at which the record stands.
const RECORD_LABEL: &str = "_fairpm";

/// What the record starts with.
const RECORD_PREFIX: &str = "did=";

/// The longest name of a domain, in characters (RFC 1035, section 2.3.4), less the label of the record.
const MAX_DOMAIN_CHARS: usize = 253 - 8;

/// The domain that an identity claims as its alias. A claim, until the domain's DNS says the same: anybody can write
/// anybody's domain into their own identity.
///
/// ```
/// use fedverify::fair::Alias;
///
/// let also_known_as = ["https://publisher.example".to_owned(), "fair://publisher.example".to_owned()];
/// let alias = Alias::of(&also_known_as)?.expect("there is one");
/// assert_eq!(alias.record_name(), "_fairpm.publisher.example");
///
/// // The caller looks the TXT records up; looking up is not core's work.
/// let records = ["did=did:plc:z72i7hdynmk6r22z27h6tvur".to_owned()];
/// alias.confirm("did:plc:z72i7hdynmk6r22z27h6tvur", &records)?;
/// assert!(alias.confirm("did:plc:deoui6ztyx6paqajconl67rz", &records).is_err());
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    domain: String,
}

impl Identity {
    /// The domain alias that the identity claims; `None` where it claims none or was deactivated.
    ///
    /// Errors: as [`Alias::of`].
    pub fn alias(&self) -> Result<Option<Alias>, Error> {
        self.state().map_or(Ok(None), |state| Alias::of(state.also_known_as()))
    }
}

impl Alias {
    /// The alias among other names; `None` where there is none.
    ///
    /// Errors: [`Code::FairAliasMismatch`] for more than one, and for one that is no domain name in lower case.
    pub fn of(also_known_as: &[String]) -> Result<Option<Self>, Error> {
        let mut domains = also_known_as.iter().filter_map(|name| name.strip_prefix(SCHEME));
        match (domains.next(), domains.next()) {
            (None, _) => Ok(None),
            (Some(_), Some(_)) => Err(mismatch("the identity claims more than one fair:// alias")),
            (Some(domain), None) if is_domain(domain) => Ok(Some(Alias { domain: domain.to_owned() })),
            (Some(domain), None) => Err(mismatch(&format!("{} is no domain name", quote(domain)))),
        }
    }

    /// The domain.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The name whose TXT records confirm the alias.
    pub fn record_name(&self) -> String {
        format!("{RECORD_LABEL}.{}", self.domain)
    }

    /// Compares the TXT records with the DID: one must be `did=` and the DID, and none `did=` and another. Quotes around
    /// a record or its value are taken off; other records are passed over.
    ///
    /// Errors: [`Code::FairAliasMismatch`].
    pub fn confirm(&self, did: &str, records: &[String]) -> Result<(), Error> {
        let mut is_confirmed = false;
        for found in records.iter().filter_map(|record| unquoted(record).strip_prefix(RECORD_PREFIX)) {
            if unquoted(found) != did {
                let message = format!("{} names {}, not {did}", self.record_name(), quote(found));
                return Err(mismatch(&message));
            }
            is_confirmed = true;
        }
        match is_confirmed {
            true => Ok(()),
            false => Err(mismatch(&format!("{} has no TXT record that names a DID", self.record_name()))),
        }
    }
}

fn mismatch(what: &str) -> Error {
    Error::new(Code::FairAliasMismatch, what)
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

/// Two labels or more of lower-case letters, digits and hyphens (RFC 1123, section 2.1); internationalised names in their
/// ASCII form.
fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=63).contains(&label.len())
            && label.bytes().all(is_inner)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= MAX_DOMAIN_CHARS && text.contains('.') && text.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DID: &str = "did:plc:z72i7hdynmk6r22z27h6tvur";

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn one_alias_or_none() {
        assert_eq!(Alias::of(&names(&["at://a.example"])).unwrap(), None);
        let alias = Alias::of(&names(&["at://a.example", "fair://a.example"])).unwrap().unwrap();
        assert_eq!(alias.domain(), "a.example");
        let wrong: [&[&str]; 8] = [
            &["fair://a.example", "fair://b.example"],
            &["fair://a.example", "fair://a.example"],
            &["fair://"],
            &["fair://localhost"],
            &["fair://A.example"],
            &["fair://a.example/path"],
            &["fair://-a.example"],
            &["fair://a..example"],
        ];
        for aliases in wrong {
            let error = Alias::of(&names(aliases)).unwrap_err();
            assert_eq!(error.code(), Code::FairAliasMismatch, "{aliases:?}");
        }
    }

    #[test]
    fn the_record_names_this_did_and_no_other() {
        let alias = Alias { domain: "a.example".to_owned() };
        let right: [&[&str]; 4] = [
            &["did=did:plc:z72i7hdynmk6r22z27h6tvur"],
            &["\"did=did:plc:z72i7hdynmk6r22z27h6tvur\""],
            &["did=\"did:plc:z72i7hdynmk6r22z27h6tvur\""],
            &["v=spf1 -all", "did=did:plc:z72i7hdynmk6r22z27h6tvur"],
        ];
        for records in right {
            assert!(alias.confirm(DID, &names(records)).is_ok(), "{records:?}");
        }
        let wrong: [&[&str]; 6] = [
            &[],
            &["v=spf1 -all"],
            &["did=did:plc:deoui6ztyx6paqajconl67rz"],
            &["did=did:plc:z72i7hdynmk6r22z27h6tvur", "did=did:plc:deoui6ztyx6paqajconl67rz"],
            &["DID=did:plc:z72i7hdynmk6r22z27h6tvur"],
            &["did=did:plc:z72i7hdynmk6r22z27h6tvur "],
        ];
        for records in wrong {
            assert!(alias.confirm(DID, &names(records)).is_err(), "{records:?}");
        }
    }
}
