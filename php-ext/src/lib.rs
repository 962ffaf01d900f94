//! The PHP extension: classes under the namespace `FedVerify`.
//!
//! A thin binding of core: `verifier.rs` turns arguments into a request and hands out the report. What a class has is in
//! `stubs/fedverify.php`, in PHP's own words; what a caller should know is in `docs/php.md`. Nothing happens when a request
//! starts or ends: the extension has no state but its classes.

mod archive_signature;
mod arguments;
mod audit_log;
mod code;
mod directory;
mod engine;
mod evidence;
mod exception;
mod file;
mod guard;
mod identity;
mod input;
mod json;
mod limits;
mod method;
mod pfn;
mod pin;
mod question;
mod release;
mod report;
mod verifier;
mod version;
mod web_document;

use ext_php_rs::prelude::*;
use ext_php_rs::zend::ModuleEntry;

/// What the module is called by `php -m` and `extension_loaded`.
const NAME: &str = "fedverify";

/// The module, as PHP asks for it.
#[php_module]
#[php(startup = "register_plain_classes")]
pub fn get_module(module: ModuleBuilder) -> ModuleBuilder {
    module
        .name(NAME)
        .info_function(info)
        .class::<audit_log::AuditLog>()
        .class::<identity::Identity>()
        .class::<web_document::WebDocument>()
        .class::<release::Release>()
        .class::<report::Report>()
        .class::<pfn::Pfn>()
        .class::<verifier::Verifier>()
        .class::<archive_signature::ArchiveSignature>()
        .class::<pin::Pin>()
        .class::<version::Version>()
        .class::<limits::Limits>()
        .class::<directory::Directory>()
        .class::<directory::Newest>()
}

/// Registers the classes whose objects hold nothing of Rust's.
extern "C" fn register_plain_classes(_type: i32, _module: i32) -> i32 {
    let registered = exception::register().and_then(|()| code::register());
    i32::from(registered.is_err())
}

/// The section of `phpinfo()`.
extern "C" fn info(_module: *mut ModuleEntry) {
    engine::print_info(&[
        ("fedverify support", "enabled"),
        ("Version", env!("CARGO_PKG_VERSION")),
        ("PHP API", &engine::build_id()),
        ("Cryptography", fedverify::CRYPTOGRAPHY),
    ]);
}
