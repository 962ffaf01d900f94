//! Who may call a route, and who calls it.

use crate::Node;
use crate::fault::Fault;
use crate::host::Host;
use crate::http::Request;
use crate::keys::{self, Caller};
use crate::refusal::Refusal;
use crate::settings::Settings;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone.
    Public,
    /// The holder of the master key.
    Master,
    /// The holder of the master key or of an admin's key.
    MasterOrAdmin,
    /// The holder of an admin's key.
    Admin,
    /// The holder of any key.
    Key,
}

/// Who sent a request, by the token in it.
pub(super) fn caller<H: Host>(node: &Node<H>, request: &Request) -> Result<Caller, Fault> {
    let token = request.header("authorization").and_then(bearer);
    keys::caller(&node.host, &node.settings, token)
}

/// The token of `Authorization: Bearer TOKEN` (RFC 6750, section 2.1; the scheme in any case, RFC 9110, section 11.1).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}

/// Refuses a caller who may not call a route, and says what it takes.
pub(super) fn permit(settings: &Settings, access: Access, caller: &Caller) -> Result<(), Refusal> {
    if is_permitted(access, caller) { Ok(()) } else { Err(refusal(settings, access, caller)) }
}

fn is_permitted(access: Access, caller: &Caller) -> bool {
    match access {
        Access::Public => true,
        Access::Master => *caller == Caller::Master,
        Access::MasterOrAdmin => *caller == Caller::Master || caller.is_admin(),
        Access::Admin => caller.is_admin(),
        Access::Key => matches!(caller, Caller::Key { .. }),
    }
}

fn refusal(settings: &Settings, access: Access, caller: &Caller) -> Refusal {
    if access == Access::Master && settings.master_key.is_none() {
        let message = "this node has no MASTER_KEY, so no keys can be made: set it and start the node again";
        return Refusal::new(403, "node.master_key.unset", message);
    }
    if matches!(caller, Caller::Key { .. }) {
        let message = if access == Access::Master {
            "this key's role does not permit this: keys are made with the master key only"
        } else {
            "this key's role does not permit this: it takes an admin's key"
        };
        return Refusal::new(403, "node.forbidden", message);
    }
    let message = if *caller == Caller::Master {
        "Unauthorized: the master key only makes and manages keys; use a key that was made with it"
    } else if access == Access::Master {
        "Unauthorized: expected the header `Authorization: Bearer KEY` with the master key"
    } else {
        "Unauthorized: expected the header `Authorization: Bearer KEY` with a key of this node that is not revoked"
    };
    Refusal::new(401, "node.unauthorized", message).with("www-authenticate", "Bearer")
}
