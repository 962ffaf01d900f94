//! TLS: rustls with ring, and the certificate authorities that this machine trusts.

use fedverify::{Error, NetworkFault, quote};
use std::sync::Arc;
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};

/// The configuration for all secure connections of a program.
///
/// # Errors
///
/// `io.network.tls` on a machine that trusts no certificate authority.
pub fn config() -> Result<TlsConfig, Error> {
    let loaded = rustls_native_certs::load_native_certs();
    if loaded.certs.is_empty() {
        let why = loaded.errors.first().map(|error| format!(": {}", quote(&error.to_string())));
        let message =
            format!("this machine has no certificate authorities to trust{}", why.unwrap_or_default());
        return Err(Error::unreachable(NetworkFault::Tls, message));
    }
    let certificates = loaded.certs.iter().map(|der| Certificate::from_der(der).to_owned());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::Specific(Arc::new(certificates.collect())))
        .unversioned_rustls_crypto_provider(provider)
        .build())
}
