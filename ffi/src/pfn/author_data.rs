//! The plugins of an author.

use super::key::fedverify_pfn_key;
use super::plugin::fedverify_pfn_plugin;
use crate::border::{Bytes, Place, fedverify_str};
use crate::call::{beyond, given, make};
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::limits::fedverify_limits;
use crate::status::fedverify_status;
use fedverify::pfn::AuthorData;

/// What a source serves at `/author-data` for one author. Each plugin in it has its own signature; the rest is the source's
/// word. Freed with `fedverify_pfn_author_data_free`.
pub struct fedverify_pfn_author_data(AuthorData);

/// Reads an author-data document. A plugin whose record cannot be used spoils only itself.
///
/// Limits: `recordBytes`, `jsonDepth`, `jsonValues`.
///
/// Errors: those of the family `FEDVERIFY_INPUT_`, `FEDVERIFY_PFN_AUTHOR_DATA_MALFORMED`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_author_data_parse(
    json: Bytes<'_>,
    json_len: usize,
    limits: Option<&fedverify_limits>,
    author_data: Place<'_, fedverify_pfn_author_data>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(author_data, error, || {
        let json = json.read(json_len, "an author-data document")?;
        AuthorData::parse(json, &fedverify_limits::or_default(limits)).map(fedverify_pfn_author_data)
    })
}

/// Frees a document. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_author_data_free(author_data: Option<Box<fedverify_pfn_author_data>>) {
    free(author_data);
}

/// The author's name at this source. Valid until the document is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_author_data_username(
    author_data: Option<&fedverify_pfn_author_data>,
) -> fedverify_str {
    look(author_data, |author_data| fedverify_str::new(author_data.0.username()))
}

/// The number of plugins, usable or not.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_author_data_plugin_count(
    author_data: Option<&fedverify_pfn_author_data>,
) -> usize {
    look(author_data, |author_data| author_data.0.plugins().len())
}

/// The slug of a plugin, in the order of the document, or `plugins[<index>]` where it has none; absent past the end. Valid
/// until the document is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_author_data_plugin_slug(
    author_data: Option<&fedverify_pfn_author_data>,
    index: usize,
) -> fedverify_str {
    look(author_data, |author_data| {
        fedverify_str::from_optional(author_data.0.plugins().get(index).map(|(slug, _)| slug.as_str()))
    })
}

/// Verifies a plugin of the author by the signature in its record.
///
/// Errors: `FEDVERIFY_PFN_PLUGIN_MALFORMED`, `FEDVERIFY_PFN_PLUGIN_NOT_TEXT`, `FEDVERIFY_PFN_SIGNATURE_MISSING`,
/// `FEDVERIFY_PFN_SIGNATURE_ENCODING`, `FEDVERIFY_PFN_SIGNATURE_INVALID`; `FEDVERIFY_API_ARGUMENT`, also past the end.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_author_data_verify_plugin(
    author_data: Option<&fedverify_pfn_author_data>,
    index: usize,
    key: Option<&fedverify_pfn_key>,
    plugin: Place<'_, fedverify_pfn_plugin>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(plugin, error, || {
        let plugins = given(author_data, "an author-data document")?.0.plugins();
        let key = &given(key, "a publisher's key")?.key;
        let (_, record) = plugins.get(index).ok_or_else(|| beyond("plugins", plugins.len(), index))?;
        record.clone()?.verify(key, None).map(fedverify_pfn_plugin::new)
    })
}
