//! Plugin records.

use super::archive::fedverify_pfn_archive;
use super::key::fedverify_pfn_key;
use crate::border::{Bytes, Place, Text, fedverify_str};
use crate::call::{free, given, look, make};
use crate::error::fedverify_error;
use crate::limits::fedverify_limits;
use crate::report::fedverify_report;
use crate::status::fedverify_status;
use fedverify::Report;
use fedverify::pfn::{PluginRecord, VerifiedPlugin};

/// Four texts that a publisher's key signed: a plugin's id, name, version and description. Nothing else of the plugin is
/// proven; above all, its bytes are not. Freed with `fedverify_pfn_plugin_free`.
pub struct fedverify_pfn_plugin(pub(super) VerifiedPlugin);

/// Verifies a plugin record, one JSON object. NULL as `signature` stands for the one in the record. Of the limits
/// `recordBytes` and those of JSON count.
///
/// Errors: those of the family `FEDVERIFY_INPUT_`, `FEDVERIFY_PFN_PLUGIN_MALFORMED`, `FEDVERIFY_PFN_PLUGIN_NOT_TEXT`,
/// `FEDVERIFY_PFN_SIGNATURE_MISSING`, `FEDVERIFY_PFN_SIGNATURE_ENCODING`, `FEDVERIFY_PFN_SIGNATURE_INVALID`,
/// `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_verify(
    record: Bytes<'_>,
    record_len: usize,
    key: Option<&fedverify_pfn_key>,
    signature: Text<'_>,
    signature_len: usize,
    limits: Option<&fedverify_limits>,
    plugin: Place<'_, fedverify_pfn_plugin>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(plugin, error, || {
        let key = &given(key, "a publisher's key")?.key;
        let signature = signature.read_optional(signature_len, "a signature")?;
        let record = record.read(record_len, "a plugin record")?;
        let record = PluginRecord::parse(record, &fedverify_limits::of(limits))?;
        record.verify(key, signature).map(fedverify_pfn_plugin)
    })
}

/// Compares an archive with what was signed, and verifies the publisher's signature over the archive's own bytes where
/// there is one; NULL as `signature` stands for none. The result is a new plugin.
///
/// Without a signature over the bytes, nothing about them is proven, whatever the archive says of itself; the report
/// warns of that.
///
/// Errors: `FEDVERIFY_PFN_ARCHIVE_INCONSISTENT`, `FEDVERIFY_PFN_SIGNATURE_ENCODING`,
/// `FEDVERIFY_PFN_ARCHIVE_SIGNATURE_INVALID`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_with_archive(
    plugin: Option<&fedverify_pfn_plugin>,
    archive: Option<&fedverify_pfn_archive>,
    signature: Text<'_>,
    signature_len: usize,
    with_archive: Place<'_, fedverify_pfn_plugin>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(with_archive, error, || {
        let plugin = &given(plugin, "a plugin")?.0;
        let archive = &given(archive, "an archive")?.0;
        let signature = signature.read_optional(signature_len, "a signature")?;
        plugin.clone().with_archive(archive, signature).map(fedverify_pfn_plugin)
    })
}

/// Takes a plugin back. NULL is allowed, the same plugin twice is not.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_free(plugin: Option<Box<fedverify_pfn_plugin>>) {
    free(plugin);
}

/// The id that was signed. It lives as long as the plugin.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_id(plugin: Option<&fedverify_pfn_plugin>) -> fedverify_str {
    look(plugin, |plugin| fedverify_str::of(plugin.0.id()))
}

/// The name that was signed; absent where none was. It lives as long as the plugin.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_name(plugin: Option<&fedverify_pfn_plugin>) -> fedverify_str {
    look(plugin, |plugin| fedverify_str::of_optional(plugin.0.name()))
}

/// The version that was signed; absent where none was. It lives as long as the plugin.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_version(plugin: Option<&fedverify_pfn_plugin>) -> fedverify_str {
    look(plugin, |plugin| fedverify_str::of_optional(plugin.0.version()))
}

/// The description that was signed; absent where none was. It lives as long as the plugin.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_description(plugin: Option<&fedverify_pfn_plugin>) -> fedverify_str {
    look(plugin, |plugin| fedverify_str::of_optional(plugin.0.description()))
}

/// The report on the plugin, of the kind `pfn-plugin`.
///
/// Errors: `FEDVERIFY_API_ARGUMENT` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_report(
    plugin: Option<&fedverify_pfn_plugin>,
    report: Place<'_, fedverify_report>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(report, error, || Ok(fedverify_report::of(Report::of_plugin(&given(plugin, "a plugin")?.0))))
}
