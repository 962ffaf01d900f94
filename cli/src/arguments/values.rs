//! Reads single values of arguments.

use std::net::{IpAddr, SocketAddr};

/// Reads an address with or without a port.
pub(super) fn name_server(text: &str) -> Result<SocketAddr, String> {
    let with_port =
        text.parse().or_else(|_| text.parse().map(|address: IpAddr| SocketAddr::new(address, 53)));
    with_port
        .map_err(|_| "expected an address such as 192.0.2.1, 192.0.2.1:53 or [2001:db8::1]:53".to_owned())
}

/// Reads NAME=NUMBER, where the name is one of [`fedverify::Limits::NAMES`].
pub(super) fn limit(text: &str) -> Result<(String, u64), String> {
    let (name, number) = text.split_once('=').ok_or("expected NAME=NUMBER")?;
    if !fedverify::Limits::NAMES.contains(&name) {
        return Err(format!("no such limit; the limits are {}", fedverify::Limits::NAMES.join(", ")));
    }
    let number = number.parse().map_err(|_| format!("expected a whole number after {name}="))?;
    Ok((name.to_owned(), number))
}
