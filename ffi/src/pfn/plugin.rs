//! Plugin records.

use super::archive::fedverify_pfn_archive;
use super::key::fedverify_pfn_key;
use crate::border::{Bytes, Place, Str, fedverify_str};
use crate::call::{given, make};
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::limits::fedverify_limits;
use crate::status::fedverify_status;
use crate::warnings;
use fedverify::Warning;
use fedverify::pfn::{PluginRecord, VerifiedPlugin};

/// Four strings that a publisher's key signed: a plugin's id, name, version and description. Nothing else of the plugin is
/// proven; above all, its bytes are not. Freed with `fedverify_pfn_plugin_free`.
pub struct fedverify_pfn_plugin {
    plugin: VerifiedPlugin,
    warnings: Vec<Warning>,
}

impl fedverify_pfn_plugin {
    pub(super) fn new(plugin: VerifiedPlugin) -> Self {
        fedverify_pfn_plugin { warnings: plugin.warnings(), plugin }
    }
}

/// Verifies a plugin record, one JSON object. NULL as `signature` means the one in the record.
///
/// Limits: `recordBytes`, `jsonDepth`, `jsonValues`.
///
/// Errors: those of the family `FEDVERIFY_INPUT_`, `FEDVERIFY_PFN_PLUGIN_MALFORMED`, `FEDVERIFY_PFN_PLUGIN_NOT_TEXT`,
/// `FEDVERIFY_PFN_SIGNATURE_MISSING`, `FEDVERIFY_PFN_SIGNATURE_ENCODING`, `FEDVERIFY_PFN_SIGNATURE_INVALID`,
/// `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_verify(
    record: Bytes<'_>,
    record_len: usize,
    key: Option<&fedverify_pfn_key>,
    signature: Str<'_>,
    signature_len: usize,
    limits: Option<&fedverify_limits>,
    plugin: Place<'_, fedverify_pfn_plugin>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(plugin, error, || {
        let key = &given(key, "a publisher's key")?.key;
        let signature = signature.read_optional(signature_len, "a signature")?;
        let record = record.read(record_len, "a plugin record")?;
        let record = PluginRecord::parse(record, &fedverify_limits::or_default(limits))?;
        record.verify(key, signature).map(fedverify_pfn_plugin::new)
    })
}

/// Compares an archive with what was signed, and verifies the publisher's signature over the archive's own bytes where
/// there is one; NULL as `signature` means none. The result is a new plugin.
///
/// Without a signature over the bytes, nothing about them is proven, whatever the archive says of itself; a warning says
/// so.
///
/// Errors: `FEDVERIFY_PFN_ARCHIVE_INCONSISTENT`, `FEDVERIFY_PFN_SIGNATURE_ENCODING`,
/// `FEDVERIFY_PFN_ARCHIVE_SIGNATURE_INVALID`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_with_archive(
    plugin: Option<&fedverify_pfn_plugin>,
    archive: Option<&fedverify_pfn_archive>,
    signature: Str<'_>,
    signature_len: usize,
    with_archive: Place<'_, fedverify_pfn_plugin>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(with_archive, error, || {
        let plugin = &given(plugin, "a plugin")?.plugin;
        let archive = &given(archive, "an archive")?.0;
        let signature = signature.read_optional(signature_len, "a signature")?;
        plugin.clone().with_archive(archive, signature).map(fedverify_pfn_plugin::new)
    })
}

/// Frees a plugin. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_free(plugin: Option<Box<fedverify_pfn_plugin>>) {
    free(plugin);
}

/// The id that was signed. Valid until the plugin is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_id(plugin: Option<&fedverify_pfn_plugin>) -> fedverify_str {
    look(plugin, |plugin| fedverify_str::new(plugin.plugin.id()))
}

/// The name that was signed; absent where none was. Valid until the plugin is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_name(plugin: Option<&fedverify_pfn_plugin>) -> fedverify_str {
    look(plugin, |plugin| fedverify_str::from_optional(plugin.plugin.name()))
}

/// The version that was signed; absent where none was. Valid until the plugin is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_version(plugin: Option<&fedverify_pfn_plugin>) -> fedverify_str {
    look(plugin, |plugin| fedverify_str::from_optional(plugin.plugin.version()))
}

/// The description that was signed; absent where none was. Valid until the plugin is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_description(plugin: Option<&fedverify_pfn_plugin>) -> fedverify_str {
    look(plugin, |plugin| fedverify_str::from_optional(plugin.plugin.description()))
}

/// The number of warnings: non-fatal findings.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_warning_count(plugin: Option<&fedverify_pfn_plugin>) -> usize {
    look(plugin, |plugin| plugin.warnings.len())
}

/// The stable code of a warning; absent past the end. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_warning_code(
    plugin: Option<&fedverify_pfn_plugin>,
    index: usize,
) -> fedverify_str {
    look(plugin, |plugin| warnings::code(&plugin.warnings, index))
}

/// A warning for people, safe to print on a terminal; absent past the end. Valid until the plugin is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_plugin_warning_message(
    plugin: Option<&fedverify_pfn_plugin>,
    index: usize,
) -> fedverify_str {
    look(plugin, |plugin| warnings::message(&plugin.warnings, index))
}
