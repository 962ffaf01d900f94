//! Where a plugin's archive is.

use crate::source::{Problem, Source};
use fedverify::Reach;
use fedverify::pfn::FederationInfo;

/// Stands for an origin of this machine while core makes the URL: core takes https origins with a name only.
const STAND_IN: &str = "https://loopback.invalid";

/// The URL of a plugin's archive, by core's rules. Where loopback is in reach, `http://127.0.0.1:port` may be the domain, too.
pub(super) fn url(source: &Source, plugin_id: &str, reach: Reach) -> Result<String, Problem> {
    let missing = || Problem::new("node.source.unverified", "the source never said where its archives are");
    let info = source.assets().ok_or_else(missing)?;
    let origin = info.domain().trim_end_matches('/');
    let is_loopback =
        reach == Reach::Loopback && reach.check_url(origin).is_ok() && is_origin_over_http(origin);
    if !is_loopback {
        return Ok(info.asset_url(&source.username, plugin_id)?);
    }
    let stand_in = crate::source::assets(STAND_IN, info.naming_scheme()).ok_or_else(missing)?;
    let url = FederationInfo::asset_url(&stand_in, &source.username, plugin_id)?;
    Ok(url.replacen(STAND_IN, origin, 1))
}

fn is_origin_over_http(origin: &str) -> bool {
    origin.strip_prefix("http://").is_some_and(|rest| !rest.contains(['/', '?', '#']))
}
