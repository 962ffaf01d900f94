//! Connections that go by the deadline of their fetch.

use crate::deadline::Deadline;
use std::sync::Arc;
use ureq::Error;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport, time};

/// Puts the deadline under every read and write, below TLS and HTTP: what a server sends byte by byte ends there, in
/// whichever part of a handshake or a response it is.
#[derive(Debug)]
pub(crate) struct Bound(pub(crate) Arc<Deadline>);

impl<In: Transport> Connector<In> for Bound {
    type Out = Bounded<In>;

    fn connect(&self, _: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<Bounded<In>>, Error> {
        let Bound(deadline) = self;
        Ok(chained.map(|inner| Bounded { inner, deadline: Arc::clone(deadline) }))
    }
}

/// A connection with a deadline.
#[derive(Debug)]
pub(crate) struct Bounded<Inner> {
    inner: Inner,
    deadline: Arc<Deadline>,
}

impl<Inner> Bounded<Inner> {
    /// A timeout that ends no later than the deadline. The connection itself refuses one of zero.
    fn within(&self, timeout: NextTimeout) -> NextTimeout {
        let after = time::Duration::Exact(self.deadline.left().min(*timeout.after));
        NextTimeout { after, ..timeout }
    }
}

impl<Inner: Transport> Transport for Bounded<Inner> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let timeout = self.within(timeout);
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let timeout = self.within(timeout);
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}
