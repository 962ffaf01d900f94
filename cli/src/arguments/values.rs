//! Reads single values of arguments.

use clap::builder::{PathBufValueParser, TypedValueParser};
use fedverify::fair::Alias;
use fedverify::{Did, Limits, PlcDid};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

/// What a size can be counted in, and how many bytes that is.
const UNITS: [(char, u64); 3] = [('K', 1 << 10), ('M', 1 << 20), ('G', 1 << 30)];

/// Reads the URL of a directory, below which the paths of logs are. Whether it may be fetched is found when it is.
pub(super) fn directory(text: &str) -> Result<String, String> {
    if text.contains(['?', '#']) {
        return Err("expected a URL without ? and #, such as https://plc.directory".to_owned());
    }
    Ok(text.to_owned())
}

/// Reads an address with or without a port.
pub(super) fn name_server(text: &str) -> Result<SocketAddr, String> {
    let with_port =
        text.parse().or_else(|_| text.parse().map(|address: IpAddr| SocketAddr::new(address, 53)));
    with_port
        .map_err(|_| "expected an address such as 192.0.2.1, 192.0.2.1:53 or [2001:db8::1]:53".to_owned())
}

/// Reads a DID, which must have the form of its method.
pub(super) fn did(text: &str) -> Result<String, String> {
    text.parse::<Did>().map(|_| text.to_owned()).map_err(|error| error.message().to_owned())
}

/// Reads the DID of a log: only a did:plc has one.
pub(super) fn plc_did(text: &str) -> Result<String, String> {
    text.parse::<PlcDid>().map(|_| text.to_owned()).map_err(|error| error.message().to_owned())
}

/// Reads whom to verify: a DID, or `fair://` and a domain.
pub(super) fn did_or_alias(text: &str) -> Result<String, String> {
    if text.starts_with("fair://") {
        return Alias::from_url(text).map(|_| text.to_owned()).map_err(|error| error.message().to_owned());
    }
    did(text)
}

/// Reads what names a log: a did:plc, which must have its form, or the path of a file.
pub(super) fn log_or_did(text: &str) -> Result<String, String> {
    if text.starts_with("fair://") {
        return Err("expected a log or a did:plc; only `fedverify verify` looks up a domain".to_owned());
    }
    if text.starts_with("https://") || text.starts_with("http://") {
        return Err("expected a file or a did:plc; `curl -s URL | fedverify log … -` reads what is at a URL"
            .to_owned());
    }
    if text.starts_with("did:") {
        return plc_did(text);
    }
    Ok(text.to_owned())
}

/// Reads the file of a pin, which is read and written.
pub(super) fn pin() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| {
        if path == Path::new("-") {
            return Err("standard input can keep no pin; a file of this name is ./-");
        }
        Ok(path)
    })
}

/// Reads NAME=NUMBER, where the name is one of [`Limits::NAMES`]. A size may have a unit.
pub(super) fn limit(text: &str) -> Result<(String, u64), String> {
    let (name, number) = text.split_once('=').ok_or("expected NAME=NUMBER")?;
    Limits::default().get(name).map_err(|error| error.message().to_owned())?;
    let unit = UNITS.iter().find(|(letter, _)| number.ends_with(*letter));
    let (digits, factor) =
        unit.map_or((number, 1), |(letter, factor)| (number.trim_end_matches(*letter), *factor));
    if unit.is_some() && !name.ends_with("Bytes") {
        return Err(format!("{name} is not a number of bytes, so it takes no K, M or G"));
    }
    let is_one_letter = digits.len().saturating_add(usize::from(unit.is_some())) == number.len();
    // A number may have a sign to Rust.
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.parse().ok().filter(|_| is_one_letter && is_number);
    let number = number.and_then(|number: u64| number.checked_mul(factor));
    let number = number.ok_or_else(|| {
        let units = if name.ends_with("Bytes") { ", or one with K, M or G for powers of 1024" } else { "" };
        format!("expected a whole number{units} after {name}=")
    })?;
    Ok((name.to_owned(), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units_and_counts_have_none() {
        let value = |text: &str| limit(text).map(|(_, number)| number);
        for (text, expected) in [
            ("packageBytes=1", 1),
            ("packageBytes=1K", 1024),
            ("packageBytes=512M", 512 << 20),
            ("packageBytes=2G", 2 << 30),
            ("jsonDepth=7", 7),
        ] {
            assert_eq!(value(text), Ok(expected), "{text}");
        }
        let wrong =
            ["packageBytes=1KK", "packageBytes=1k", "packageBytes=1KB", "packageBytes=K", "packageBytes="];
        let wrong = wrong.iter().chain(&[
            "packageBytes=-1",
            "packageBytes=+1M",
            "jsonDepth=+1",
            "packageBytes=17179869184G",
            "jsonDepth=1K",
            "logBytes",
        ]);
        for text in wrong {
            assert!(value(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_directory_has_no_query_and_no_fragment() {
        for text in
            ["https://plc.directory", "http://127.0.0.1:8137/", "https://plc.example/below", "https://[::1]"]
        {
            assert_eq!(directory(text).as_deref(), Ok(text));
        }
        for text in ["https://a.example?", "https://a.example/#x"] {
            assert!(directory(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_names_a_log_is_a_did_plc_or_a_path() {
        for text in ["did:plc:z72i7hdynmk6r22z27h6tvur", "log.json", "-", "./did:plc:short"] {
            assert_eq!(log_or_did(text).as_deref(), Ok(text));
        }
        let mirror = "https://mirror.example/did:plc:z72i7hdynmk6r22z27h6tvur/log/audit";
        for text in
            ["did:plc:short", "did:web:publisher.example", "did:key:z6Mk", "fair://publisher.example", mirror]
        {
            assert!(log_or_did(text).is_err(), "{text}");
        }
    }

    #[test]
    fn whom_to_verify_has_a_known_form() {
        let did = "did:plc:z72i7hdynmk6r22z27h6tvur";
        assert!(
            [did, "did:web:publisher.example", "fair://publisher.example"]
                .map(did_or_alias)
                .iter()
                .all(Result::is_ok)
        );
        for text in
            ["publisher.example", "did:plc:short", "fair://", "fair://a.example/path", "FAIR://a.example"]
        {
            assert!(did_or_alias(text).is_err(), "{text}");
        }
    }
}
