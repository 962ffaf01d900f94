//! Faults of the HTTP client as errors that help.

use crate::address::Address;
use crate::gate::Forbidden;
use fedverify::{Error, NetworkFault, quote};
use std::io;
use std::time::Duration;

/// Why a try failed.
pub(crate) enum Failure {
    /// Another try would end the same way.
    Final(Error),
    /// Another try may succeed, after the delay that the server asks for, if it does.
    Passing(Error, Option<Duration>),
}

/// An error that names the address and what is wrong.
pub(crate) fn error(fault: NetworkFault, address: &Address, what: &str) -> Error {
    Error::unreachable(fault, format!("{} could not be fetched: {what}", address.quoted()))
}

/// What went wrong before the body came.
pub(crate) fn before_body(address: &Address, is_proxied: bool, cause: ureq::Error) -> Failure {
    if let Some(failure) = of_connection(address, is_proxied, &cause) {
        return failure;
    }
    if let ureq::Error::Io(io) = &cause {
        let what = format!("no connection to {}: {}", peer(address, is_proxied), said(io));
        return Failure::Passing(error(NetworkFault::Connect, address, &what), None);
    }
    Failure::Final(error(
        NetworkFault::Answer,
        address,
        &format!("the response is not HTTP: {}", said(&cause)),
    ))
}

/// What went wrong while the body came.
pub(crate) fn in_body(address: &Address, cause: ureq::Error) -> Failure {
    if let Some(failure) = of_connection(address, false, &cause) {
        return failure;
    }
    let what = format!("the response ended early: {}", said(&cause));
    Failure::Passing(error(NetworkFault::Answer, address, &what), None)
}

/// What can go wrong at any time.
fn of_connection(address: &Address, is_proxied: bool, cause: &ureq::Error) -> Option<Failure> {
    let is_lookup = matches!(cause, ureq::Error::HostNotFound)
        || matches!(cause, ureq::Error::Io(io) if is_of_lookup(io));
    let is_tls = matches!(cause, ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_))
        || matches!(cause, ureq::Error::Io(io) if is_of_tls(io));
    let is_proxy = matches!(cause, ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl);
    let host = address.quoted_host();
    let (fault, what) = if let Some(forbidden) = forbidden(cause) {
        (NetworkFault::Insecure, format!("{host} has the address {forbidden}; --allow-private allows it"))
    } else if matches!(cause, ureq::Error::Timeout(_)) {
        (NetworkFault::Timeout, format!("{host} did not answer in time"))
    } else if is_lookup && is_proxied {
        let what = "the name of the proxy set in the environment could not be looked up";
        (NetworkFault::Dns, format!("{what}: {}", said(cause)))
    } else if is_lookup {
        (NetworkFault::Dns, format!("the name {host} could not be looked up: {}", said(cause)))
    } else if is_tls {
        (NetworkFault::Tls, format!("no trusted connection to {host}: {}", said(cause)))
    } else if is_proxy {
        (NetworkFault::Connect, format!("no connection to {host} through the proxy: {}", said(cause)))
    } else if matches!(cause, ureq::Error::ConnectionFailed) {
        (NetworkFault::Connect, format!("no connection to {}", peer(address, is_proxied)))
    } else {
        return None;
    };
    Some(Failure::Final(error(fault, address, &what)))
}

/// What a connection was made to, or should have been.
fn peer(address: &Address, is_proxied: bool) -> String {
    let host = address.quoted_host();
    if is_proxied { format!("{host} through the proxy set in the environment") } else { host }
}

/// The address that the gate refused, if that is it.
fn forbidden(cause: &ureq::Error) -> Option<&Forbidden> {
    let ureq::Error::Other(cause) = cause else { return None };
    cause.downcast_ref()
}

/// Rust has no kind for a name that cannot be looked up. On Unix such an error carries this text, on Windows one of
/// these numbers (WSAHOST_NOT_FOUND to WSANO_DATA).
fn is_of_lookup(error: &io::Error) -> bool {
    let is_windows_lookup = cfg!(windows) && matches!(error.raw_os_error(), Some(11001..=11004));
    is_windows_lookup || error.to_string().contains("failed to lookup address information")
}

fn is_of_tls(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>())
}

/// Errors may repeat what a server said, so they are quoted.
fn said(error: &impl ToString) -> String {
    quote(&error.to_string())
}
