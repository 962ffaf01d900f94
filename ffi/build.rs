//! Gives the shared library its soname: programs that were linked with a compatible version find it by that name.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let variable = |name| std::env::var(name).unwrap_or_default();
    // ELF systems know sonames; elsewhere cargo-c and the Makefile go by file names.
    if variable("CARGO_CFG_TARGET_OS") == "linux" || variable("CARGO_CFG_TARGET_OS").ends_with("bsd") {
        // While the major number is 0, every minor number may break the ABI (Semantic Versioning, item 4).
        let (major, minor) = (variable("CARGO_PKG_VERSION_MAJOR"), variable("CARGO_PKG_VERSION_MINOR"));
        let number = if major == "0" { format!("0.{minor}") } else { major };
        println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libfedverify.so.{number}");
    }
}
