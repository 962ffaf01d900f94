//! Calls of the C library, as the fuzz target `c_abi` reads them: lines with the name of a function and a word for each of its
//! parameters. `fuzz/targets/c_abi.rs` says what the words mean.

use crate::case::{Case, Input};

/// The calls that verify the case: through a request, and through the typed functions of its family.
pub(super) fn of_case(case: &Case) -> String {
    let mut calls = String::from("request_new kind\n");
    for (name, input) in &case.inputs {
        let function = match (*name, input) {
            // Its bytes come later; the flag says so.
            ("package" | "archive", _) => {
                calls.push_str(&format!("request_set_flag . ={name} true\n"));
                continue;
            }
            (_, Input::File(_)) => "bytes",
            ("now", _) => "number",
            ("remember" | "noDowngrade" | "waitRecoveryWindow" | "history", _) => "flag",
            _ => "string",
        };
        calls.push_str(&format!("request_set_{function} . ={name} {name}\n"));
    }
    let stream = if case.kind == "pfn-plugin" { "archive" } else { "package" };
    calls.push_str(&format!(
        "verification_start\nverification_update . {stream}\nverification_finish\nreport_json\n"
    ));
    calls.push_str(if case.kind.starts_with("pfn") || case.kind == "key" { PLUGIN } else { PACKAGE });
    calls
}

/// The typed functions that a FAIR package takes.
const PACKAGE: &str = "\
identity_verify log did
identity_head
identity_warning_count
identity_did_document
metadata_parse metadata
identity_release . . release
release_version
package_digests_from_bytes package
package_hasher_new
package_hasher_update . package
package_hasher_finish
package_hasher_finish
release_verify
package_key_id
package_free
identity_free
";

/// The typed functions of the Plugin Federation Network.
const PLUGIN: &str = "\
pfn_key_parse key
pfn_key_did_key
pfn_plugin_verify plugin . signature
pfn_plugin_name
pfn_archive_from_bytes archive
pfn_plugin_with_archive . . archiveSignature
pfn_challenge_verify challenge . signature
pfn_author_data_parse document
pfn_author_data_verify_plugin . 0
pfn_federation_info_parse document
pfn_federation_info_asset_url . author slug
key_read key
key_did_key
";

/// Calls that show what a part of the header does.
#[derive(Clone, Copy)]
pub(super) struct Tour {
    kind: &'static str,
    /// An input that it needs, beside those that every case of the kind has.
    input: &'static str,
    pub(super) calls: &'static str,
}

impl Tour {
    /// Whether the case has what the calls need.
    pub(super) fn fits(&self, case: &Case) -> bool {
        case.kind == self.kind && case.inputs.iter().any(|(name, _)| *name == self.input)
    }
}

/// Together they call every function of the header.
pub(super) const TOURS: [Tour; 12] = [
    Tour { kind: "plc-log", input: "log", calls: IDENTITY },
    Tour { kind: "plc-log", input: "log", calls: DIRECTORIES },
    Tour { kind: "fair-alias", input: "log", calls: ALIAS },
    Tour { kind: "fair-package", input: "document", calls: WEB_DOCUMENT },
    Tour { kind: "fair-package", input: "log", calls: REQUEST },
    Tour { kind: "fair-package", input: "log", calls: FETCHED_LATER },
    Tour { kind: "fair-package", input: "log", calls: RELEASE },
    Tour { kind: "fair-package", input: "log", calls: BYTES },
    Tour { kind: "pfn-plugin", input: "archiveSignature", calls: ARCHIVE },
    Tour { kind: "pfn-challenge", input: "challenge", calls: CHALLENGE },
    Tour { kind: "pfn-author-data", input: "key", calls: AUTHOR },
    Tour { kind: "pfn-asset-url", input: "document", calls: FEDERATION },
];

/// An identity, its operations and its states, within limits that are asked for by their names.
const IDENTITY: &str = "\
limits_new
limits_count
limits_name 0
limits_meaning =logBytes
limits_set . =logBytes 8388608
limits_get . =logBytes
identity_verify_remembering log did - 1800000000
identity_did
identity_head
identity_is_tombstoned
identity_log_form
identity_nullified_count
identity_nullified . 0
identity_repository
identity_signature_checks
identity_did_document
identity_compare_document . =https://plc.directory =null
string_view
identity_warning_count
identity_warning_code . 0
identity_warning_message . 0
identity_operation_count
identity_operation . 0
operation_cid
operation_type
operation_size
operation_prev
operation_prev_cid
operation_created_at
operation_first_seen
operation_nullified_by
operation_signer
operation_signer_key
operation_state
state_rotation_key_count
state_rotation_key . 0
state_verification_method_count
state_verification_method_id . 0
state_verification_method_key . 0
state_also_known_as_count
state_also_known_as . 0
state_service_count
state_service_id . 0
state_service_type . 0
state_service_endpoint . 0
identity_state
";

/// The alias that an identity claims, and what DNS says of it.
const ALIAS: &str = "\
identity_verify log did
identity_alias
alias_domain
alias_record_name
alias_confirm . txt
";

/// What several directories serve of an identity, and the pins of two visits.
const DIRECTORIES: &str = "\
identity_verify log did
identity_pin
identity_verify_remembering log did - 1800000000
identity_pin
identity_verify_remembering log did 0 1800000001
identity_pin
pin_json
pin_did
pin_head
pin_last_visit
pin_highest_version
pin_compare 0 1
pin_equals 0 1
pin_merge 0 1
pin_parse =null
directories_new
directories_add . =https://plc.directory 1
directories_add . =https://other.example 0
directories_newest
newest_index
newest_url
newest_warning_count
newest_warning_code . 0
newest_warning_message . 0
";

/// The document of a did:web.
const WEB_DOCUMENT: &str = "\
web_document_url did
string_view
web_document_parse document did now
web_document_did
web_document_verification_method_count
web_document_verification_method_id . 0
web_document_verification_method_key . 0
web_document_withdrawn_count
web_document_withdrawn . 0
web_document_also_known_as_count
web_document_also_known_as . 0
web_document_service_count
web_document_service_id . 0
web_document_service_type . 0
web_document_service_endpoint . 0
web_document_repository
web_document_alias
metadata_parse metadata
web_document_release . . -
release_version
request_new kind
request_set_string . =did did
request_set_bytes . =document document
request_set_number . =now now
request_set_bytes . =metadata metadata
verification_start
verification_web_document
";

/// A request, its verification and its report, with every input at its start; then what an error says, and a status.
const REQUEST: &str = "\
version
abi_version
request_new kind
request_input_type . =log
request_set_string . =did did
request_set_bytes . =log log
request_set_bytes . =metadata metadata
request_set_number . =now 1800000000
request_set_flag . =remember true
request_set_flag . =package true
request_set_limit . =packageBytes 1048576
verification_start
verification_is_decided
verification_report
verification_identity
verification_release
verification_alias
verification_give_txt . txt
verification_compare_document . =https://plc.directory =null
verification_update . package
verification_restart
verification_read . ...
verification_finish
report_verdict
report_outcome
report_trust
report_subject
report_json
report_warning_count
report_warning_code . 0
report_warning_message . 0
report_pin
report_not_remembered . =full
verification_finish
error_status
error_message
error_operation
error_cid
error_check
error_limit
status_code 411
status_meaning 411
status_remedy 411
status_is_undetermined 411
";

/// Requests whose inputs come later, or never.
const FETCHED_LATER: &str = "\
request_new kind
request_set_string . =did did
request_set_bytes . =log log
request_set_flag . =package true
verification_start
verification_wants_metadata_from
verification_give_metadata . metadata
verification_txt_unreadable . =unknown
verification_read_file
verification_finish
verification_start
verification_give_metadata . metadata
verification_fetch_from . =https://other.example/package.zip
verification_finish
verification_start
verification_metadata_unreadable . 806 =timeout
verification_start
verification_give_metadata . metadata
verification_fail . 806 =timeout
request_set_file . =metadata
request_new kind
request_set_unreadable . =log 801 =missing
request_refuse . =wrong
verification_start
";

/// A release with its artifacts, and versions beside it.
const RELEASE: &str = "\
metadata_parse metadata
metadata_id
metadata_package_type
metadata_version_count
metadata_version . 0
identity_verify_remembering log did - 1800000000
identity_release . . -
release_version
release_package_type
release_repository
release_warning_count
release_warning_code . 0
release_warning_message . 0
release_refuse_downgrade
release_artifact_count
release_artifact . 0
artifact_url
artifact_content_type
artifact_checksum
artifact_is_release_asset
artifact_requires_auth
version_compare =1.0 =1.0.0
version_number =v1.0
string_view
";

/// The bytes of a package, taken in each way, and what they are found to be.
const BYTES: &str = "\
package_digests_from_file
package_digests_from_reader ...
package_digests_from_bytes package
package_digests_size
package_digests_sha256
package_digests_sha384
package_hasher_new
package_hasher_update . package
package_hasher_copy
package_hasher_finish
metadata_parse metadata
identity_verify_remembering log did - 1800000000
identity_release . . -
release_verify_from . =https://other.example/package.zip
release_verify
package_version
package_type
package_artifact
package_repository
package_size
package_sha256
package_sha384
package_key_id
package_key
package_key_fresh_until . 1800000000
package_algorithm
package_warning_count
package_warning_code . 0
package_warning_message . 0
package_pin
pin_highest_version
";

/// A plugin record, its archive taken in each way, and the archive's signature, also over a digest alone.
const ARCHIVE: &str = "\
pfn_key_parse key
pfn_key_did_key
pfn_plugin_verify plugin . -
pfn_plugin_verify plugin . signature
pfn_plugin_id
pfn_plugin_name
pfn_plugin_version
pfn_plugin_description
pfn_plugin_warning_count
pfn_plugin_warning_code . 0
pfn_plugin_warning_message . 0
pfn_archive_from_file
pfn_archive_from_reader ...
pfn_archive_from_bytes archive
pfn_plugin_with_archive . . archiveSignature
pfn_archive_check_signature . =ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff archiveSignature
";

/// A challenge, before it is sent and after it was answered.
const CHALLENGE: &str = "\
pfn_challenge_check challenge
pfn_key_parse key
pfn_challenge_verify challenge . signature
pfn_challenge_string
key_read key
key_type
key_did_key
";

/// What a source lists for an author.
const AUTHOR: &str = "\
pfn_key_parse key
pfn_author_data_parse document
pfn_author_data_username
pfn_author_data_plugin_count
pfn_author_data_plugin_slug . 0
pfn_author_data_verify_plugin . 0
";

/// What a source says of itself.
const FEDERATION: &str = "\
pfn_federation_info_parse document
pfn_federation_info_version
pfn_federation_info_feature_count
pfn_federation_info_feature . 0
pfn_federation_info_domain
pfn_federation_info_naming_scheme
pfn_federation_info_asset_url . author slug
string_view
";

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The names of the functions that the header declares, without their prefix.
    fn declared() -> BTreeSet<String> {
        let header = crate::disk::project_root().join("include/fedverify.h");
        let header = std::fs::read_to_string(header).expect("the header");
        let code = header.split("*/").map(|part| part.split("/*").next().unwrap_or_default());
        let names = |code: &str| -> Vec<String> {
            let words = code.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '(');
            let ours = words.filter_map(|word| word.strip_prefix("fedverify_")?.split_once('('));
            ours.map(|(name, _)| name.to_owned()).collect()
        };
        code.flat_map(names).collect()
    }

    #[test]
    fn the_tours_call_every_function_of_the_header() {
        let lines = TOURS.iter().flat_map(|tour| tour.calls.lines());
        let called: BTreeSet<String> =
            lines.filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
        // The target itself frees every handle, at the end of each input.
        let is_wanted = |name: &String| !name.ends_with("_free");
        let declared: BTreeSet<String> = declared().into_iter().filter(is_wanted).collect();
        assert!(declared.len() > 200, "{} functions: the header is not read as it should be", declared.len());
        let differences: Vec<&String> = called.symmetric_difference(&declared).collect();
        assert!(differences.is_empty(), "not both in the tours and in the header: {differences:?}");
    }
}
