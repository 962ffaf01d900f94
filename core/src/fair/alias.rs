//! Domain aliases: `fair://<domain>` in `alsoKnownAs`, confirmed by the domain's own DNS.

use crate::error::Error;
use crate::host;
use crate::plc::Identity;
use crate::quote::{quote, quote_url};
use crate::tables::Code;

/// What an alias starts with (fair.md, "Domain alias").
const SCHEME: &str = "fair://";

/// The label below the domain that has the record.
const RECORD_LABEL: &str = "_fairpm";

/// What the record starts with.
const RECORD_PREFIX: &str = "did=";

/// The longest domain, in bytes: the record's name has the label `_fairpm.` before it.
const MAX_DOMAIN_BYTES: usize = host::MAX_HOST_BYTES - 8;

/// The domain that an identity claims as its alias. A claim, until the domain's DNS says the same: anyone can write
/// any domain into their own identity.
///
/// ```
/// use fedverify::fair::Alias;
///
/// let also_known_as = ["https://publisher.example".to_owned(), "fair://publisher.example".to_owned()];
/// let alias = Alias::from_names(&also_known_as)?.expect("there is one");
/// assert_eq!(alias.record_name(), "_fairpm.publisher.example");
///
/// // Looking up the TXT records is the caller's work.
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
    /// # Errors
    ///
    /// As [`Alias::from_names`].
    pub fn alias(&self) -> Result<Option<Alias>, Error> {
        self.state().map_or(Ok(None), |state| Alias::from_names(state.also_known_as()))
    }
}

impl Alias {
    /// The alias among other names; `None` where there is none.
    ///
    /// # Errors
    ///
    /// [`Code::FairAliasMismatch`] for more than one, and for one that is no domain name in lower case.
    pub fn from_names(also_known_as: &[String]) -> Result<Option<Self>, Error> {
        let mut domains = also_known_as.iter().filter_map(|name| name.strip_prefix(SCHEME));
        match (domains.next(), domains.next()) {
            (None, _) => Ok(None),
            (Some(_), Some(_)) => Err(mismatch("the identity claims more than one fair:// alias")),
            (Some(name), None) => {
                // One slash after the domain is allowed, as FAIR's client does.
                let domain = name.strip_suffix('/').unwrap_or(name);
                let domain = Some(domain).filter(|domain| is_domain(domain)).ok_or_else(|| {
                    mismatch(&format!("expected a domain name after fair://, found {}", quote_url(name)))
                })?;
                Ok(Some(Alias { domain: domain.to_owned() }))
            }
        }
    }

    /// An alias as people write it: `fair://` and a domain.
    ///
    /// # Errors
    ///
    /// [`Code::FairAliasMismatch`] for what is no domain name in lower case after `fair://`.
    pub fn from_url(url: &str) -> Result<Self, Error> {
        let alias = Alias::from_names(&[url.to_owned()])?;
        alias.ok_or_else(|| mismatch(&format!("expected fair:// and a domain, found {}", quote_url(url))))
    }

    /// The DID that the domain's TXT records name. Nothing but DNS says so, until the identity of this DID claims the alias.
    ///
    /// # Errors
    ///
    /// [`Code::FairAliasMismatch`] for none, and for more than one.
    pub fn named_did<'r>(&self, records: &'r [String]) -> Result<&'r str, Error> {
        let mut dids =
            records.iter().filter_map(|record| unquoted(record).strip_prefix(RECORD_PREFIX)).map(unquoted);
        let did = dids.next().ok_or_else(|| self.no_record())?;
        match dids.find(|other| *other != did) {
            None => Ok(did),
            Some(other) => {
                let (name, did, other) = (self.record_name(), quote(did), quote(other));
                Err(mismatch(&format!("expected one DID in {name}, found {did} and {other}")))
            }
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
    /// a record or its value are removed; other records are ignored.
    ///
    /// # Errors
    ///
    /// [`Code::FairAliasMismatch`].
    pub fn confirm(&self, did: &str, records: &[String]) -> Result<(), Error> {
        let mut is_confirmed = false;
        for found in records.iter().filter_map(|record| unquoted(record).strip_prefix(RECORD_PREFIX)) {
            if unquoted(found) != did {
                let message = format!("expected {did} in {}, found {}", self.record_name(), quote(found));
                return Err(mismatch(&message));
            }
            is_confirmed = true;
        }
        match is_confirmed {
            true => Ok(()),
            false => Err(self.no_record()),
        }
    }

    fn no_record(&self) -> Error {
        mismatch(&format!("expected a TXT record did=… in {}, found none", self.record_name()))
    }

    /// That an identity claims this alias: without that, its domain could name anyone's identity.
    pub(crate) fn claimed_by(&self, did: &str, also_known_as: &[String]) -> Result<(), Error> {
        match Alias::from_names(also_known_as)? {
            Some(claimed) if claimed == *self => Ok(()),
            claimed => {
                let found =
                    claimed.map_or("no alias".to_owned(), |alias| format!("{SCHEME}{}", alias.domain));
                let message =
                    format!("expected {SCHEME}{} among the aliases of {did}, found {found}", self.domain);
                Err(mismatch(&message))
            }
        }
    }
}

fn mismatch(what: &str) -> Error {
    Error::new(Code::FairAliasMismatch, what)
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

/// A host name of two labels or more; internationalised names in their ASCII form.
fn is_domain(text: &str) -> bool {
    text.len() <= MAX_DOMAIN_BYTES && text.contains('.') && host::is_name(text)
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
        assert_eq!(Alias::from_names(&names(&["at://a.example"])).unwrap(), None);
        let alias = Alias::from_names(&names(&["at://a.example", "fair://a.example"])).unwrap().unwrap();
        assert_eq!(alias.domain(), "a.example");
        let with_slash = Alias::from_names(&names(&["fair://a.example/"])).unwrap();
        assert_eq!(with_slash, Some(alias));
        let wrong: [&[&str]; 10] = [
            &["fair://a.example", "fair://b.example"],
            &["fair://a.example", "fair://a.example"],
            &["fair://"],
            &["fair://localhost"],
            &["fair://A.example"],
            &["fair://a.example/path"],
            &["fair://a.example//"],
            &["fair://10.0.0.1"],
            &["fair://-a.example"],
            &["fair://a..example"],
        ];
        for aliases in wrong {
            let error = Alias::from_names(&names(aliases)).unwrap_err();
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
