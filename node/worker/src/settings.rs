//! The settings of a node on Workers: variables and one secret.

use fedverify::Reach;
use fedverify_node::{Limits, Settings};
use worker::Env;

/// How long one synchronisation may take, in milliseconds. The platform ends an alarm after 15 minutes.
const SYNC_MS: u64 = 10 * 60 * 1000;

/// How many sources one alarm looks after. The platform bounds how many requests one event may make: a source must not fail
/// because others were asked before it.
const SOURCES_AT_ONCE: u64 = 1;

/// Bytes of an archive, and how many are held at once. An object has 128 MiB for everything: while an archive comes, its buffer
/// grows by doubling, so that up to three times as much is held for a moment, and its way to and from the bucket is a copy. Above
/// that the platform ends the object, with whatever it was doing, and anyone may ask for verifications.
const ARCHIVE_BYTES: u64 = 16 << 20;
const ARCHIVES_AT_ONCE: u64 = 1;

/// Reads the settings.
///
/// # Errors
///
/// Says which variable is missing or wrong.
pub(crate) fn read(env: &Env) -> Result<Settings, String> {
    let url = variable(env, "NODE_URL").ok_or(
        "NODE_URL is missing: set it to the URL by which the world knows the node, in wrangler.toml",
    )?;
    let reach = match variable(env, "ALLOW_PRIVATE").as_deref() {
        None | Some("") => Reach::Public,
        Some("true") => Reach::Loopback,
        Some(_) => return Err("expected ALLOW_PRIVATE to be true, or not set".to_owned()),
    };
    let mut limits = Limits {
        sync_ms: SYNC_MS,
        sources_at_once: SOURCES_AT_ONCE,
        archive_bytes: ARCHIVE_BYTES,
        syncs_at_once: ARCHIVES_AT_ONCE,
        verifications_at_once: ARCHIVES_AT_ONCE,
        ..Limits::default()
    };
    for setting in variable(env, "LIMITS").unwrap_or_default().split_ascii_whitespace() {
        limits.set(setting)?;
    }
    let origins = variable(env, "CORS_ORIGINS").unwrap_or_default();
    let origins: Vec<String> = origins.split_ascii_whitespace().map(str::to_owned).collect();
    let settings = Settings::new(&url, variable(env, "MASTER_KEY"), reach)?.with_origins(&origins)?;
    let settings = match variable(env, "PLC_URL") {
        Some(directory) => settings.with_directory(&directory)?,
        None => settings,
    };
    Ok(settings.with_limits(limits))
}

/// A variable or a secret: to a Worker they are the same.
fn variable(env: &Env, name: &str) -> Option<String> {
    env.var(name).ok().map(|value| value.to_string())
}
