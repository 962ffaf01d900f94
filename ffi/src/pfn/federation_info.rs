//! What a federation source says of itself.

use crate::border::{Bytes, Place, Str, fedverify_str};
use crate::call::{given, make};
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::limits::fedverify_limits;
use crate::status::fedverify_status;
use crate::string::fedverify_string;
use fedverify::pfn::FederationInfo;

/// What a source serves at `/federation-info`. Nobody signs it. Freed with `fedverify_pfn_federation_info_free`.
pub struct fedverify_pfn_federation_info(FederationInfo);

/// Reads a federation-info document.
///
/// Limits: `recordBytes`, `jsonDepth`, `jsonValues`.
///
/// Errors: those of the family `FEDVERIFY_INPUT_`, `FEDVERIFY_PFN_FEDERATION_INFO_MALFORMED`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_federation_info_parse(
    json: Bytes<'_>,
    json_len: usize,
    limits: Option<&fedverify_limits>,
    info: Place<'_, fedverify_pfn_federation_info>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(info, error, || {
        let json = json.read(json_len, "a federation-info document")?;
        FederationInfo::parse(json, &fedverify_limits::or_default(limits)).map(fedverify_pfn_federation_info)
    })
}

/// Frees a document. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_federation_info_free(info: Option<Box<fedverify_pfn_federation_info>>) {
    free(info);
}

/// The version of the protocol that the source says it speaks. Valid until the document is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_federation_info_version(
    info: Option<&fedverify_pfn_federation_info>,
) -> fedverify_str {
    look(info, |info| fedverify_str::new(info.0.version()))
}

/// The number of features.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_federation_info_feature_count(
    info: Option<&fedverify_pfn_federation_info>,
) -> usize {
    look(info, |info| info.0.features().len())
}

/// Something that the source says it can do; absent past the end. Valid until the document is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_federation_info_feature(
    info: Option<&fedverify_pfn_federation_info>,
    index: usize,
) -> fedverify_str {
    look(info, |info| fedverify_str::from_list(info.0.features(), index))
}

/// The origin that archives are served from, as the source writes it. Valid until the document is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_federation_info_domain(
    info: Option<&fedverify_pfn_federation_info>,
) -> fedverify_str {
    look(info, |info| fedverify_str::new(info.0.domain()))
}

/// How the URL of an archive is put together, as the source writes it. Valid until the document is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_federation_info_naming_scheme(
    info: Option<&fedverify_pfn_federation_info>,
) -> fedverify_str {
    look(info, |info| fedverify_str::new(info.0.naming_scheme()))
}

/// The https URL of a plugin's archive by the source's naming scheme, within the source's domain.
///
/// Errors: `FEDVERIFY_PFN_ASSET_URL_REFUSED` for what would leave the domain or the scheme; `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_federation_info_asset_url(
    info: Option<&fedverify_pfn_federation_info>,
    author: Str<'_>,
    author_len: usize,
    plugin_id: Str<'_>,
    plugin_id_len: usize,
    url: Place<'_, fedverify_string>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(url, error, || {
        let author = author.read(author_len, "an author")?;
        let plugin_id = plugin_id.read(plugin_id_len, "the id of a plugin")?;
        given(info, "a federation-info document")?.0.asset_url(author, plugin_id).map(fedverify_string)
    })
}
