//! What a caller may have to wait for: a source or another node is visited once at a time, and there are only so many places for
//! synchronisations and verifications.

use crate::host::Host;
use crate::peer::Peer;
use crate::refusal::Refusal;
use crate::{Node, Occupied};

/// The visit of a source.
pub(super) fn source<'n, H: Host>(node: &'n Node<H>, source_id: &str) -> Result<Occupied<'n>, Refusal> {
    let busy = || busy(409, "the source is being visited already: try again later");
    node.occupy(source_id).ok_or_else(busy)
}

/// The visit of another node.
pub(super) fn peer<'n, H: Host>(node: &'n Node<H>, peer: &Peer) -> Result<Occupied<'n>, Refusal> {
    let busy = || busy(409, "the node is being visited already: try again later");
    node.occupy(&peer.occupied_as()).ok_or_else(busy)
}

/// A synchronisation, of a source or of what another node has.
pub(super) fn sync<H: Host>(node: &Node<H>) -> Result<Occupied<'_>, Refusal> {
    let busy = || busy(503, "the node is synchronising as much as it can: try again later");
    node.place("sync", node.settings.limits.syncs_at_once).ok_or_else(busy)
}

/// A verification of a stored version.
pub(super) fn verification<H: Host>(node: &Node<H>) -> Result<Occupied<'_>, Refusal> {
    let busy = || busy(503, "the node is verifying as much as it can: try again later");
    node.place("verification", node.settings.limits.verifications_at_once).ok_or_else(busy)
}

fn busy(status: u16, message: &str) -> Refusal {
    Refusal::new(status, "node.busy", message).with("retry-after", "5")
}
