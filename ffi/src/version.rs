//! Which library this is.

use crate::border::fedverify_str;

/// The version of the binary interface: a program that was compiled with another number must not go on. It counts up with
/// every change that such a program would not survive.
pub const FEDVERIFY_ABI_VERSION: u32 = 4;

/// The version of the library, such as `0.1.0`; `FEDVERIFY_VERSION` is that of the header. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_version() -> fedverify_str {
    fedverify_str::new(env!("CARGO_PKG_VERSION"))
}

/// The version of the library's binary interface. A program that loads the library at run time compares it with
/// `FEDVERIFY_ABI_VERSION` first.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_abi_version() -> u32 {
    FEDVERIFY_ABI_VERSION
}
