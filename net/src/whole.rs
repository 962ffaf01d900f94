//! Connections in which a cut is no end.

use std::io::{self, ErrorKind};
use ureq::Error;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

/// Turns the cut of a connection, above TLS, into an error: a reset, or a close without the alert that announces it (RFC 8446,
/// section 6.1). ureq takes both for the end of a response that has no length, so whoever can cut a connection could shorten a response.
#[derive(Debug)]
pub(crate) struct Whole;

impl<In: Transport> Connector<In> for Whole {
    type Out = Uncut<In>;

    fn connect(&self, _: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<Uncut<In>>, Error> {
        Ok(chained.map(Uncut))
    }
}

/// A connection whose cut is an error.
#[derive(Debug)]
pub(crate) struct Uncut<Inner>(Inner);

impl<Inner: Transport> Transport for Uncut<Inner> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.0.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(timeout).map_err(|error| {
            let is_cut = matches!(&error, Error::Io(cause) if is_cut(cause.kind()));
            if is_cut { Error::Io(io::Error::other(error.to_string())) } else { error }
        })
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}

/// The kinds of errors that ureq takes for an end.
fn is_cut(kind: ErrorKind) -> bool {
    [ErrorKind::UnexpectedEof, ErrorKind::ConnectionAborted, ErrorKind::ConnectionReset].contains(&kind)
}
