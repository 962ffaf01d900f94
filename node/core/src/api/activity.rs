//! What happened, for whoever may know it.

use super::MAX_ROWS;
use crate::Node;
use crate::activity;
use crate::arguments::{MAX_OFFSET, Query};
use crate::host::Host;
use crate::http::{Request, Response};
use crate::keys::Caller;
use crate::refusal::Failure;

pub(super) fn list<H: Host>(node: &Node<H>, caller: &Caller, request: &Request) -> Result<Response, Failure> {
    let query = Query::parse(request, &["limit", "offset"])?;
    let limit = query.number("limit", activity::DEFAULT_COUNT, MAX_ROWS)?;
    let offset = query.number("offset", 0, MAX_OFFSET)?;
    Ok(Response::json(200, &activity::answer(&node.host, caller.is_admin(), (limit, offset))?))
}
