//! https, with certificates made for the test.

use crate::world::{Outcome, World, text};
use fedverify_kit::encoding::base64;
use fedverify_kit::server::Answer;
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

/// The certificate of a server that has this name.
pub(crate) fn certificate(name: &str) -> CertifiedKey<KeyPair> {
    generate_simple_self_signed([name.to_owned()]).unwrap()
}

pub(crate) fn pem(certificate: &CertifiedKey<KeyPair>) -> String {
    let text = base64(certificate.cert.der());
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// Puts TLS in front of the world's server, and gives the address.
pub(crate) fn in_front_of(world: &World, certificate: &CertifiedKey<KeyPair>) -> String {
    let plain = world.server.authority();
    serve(certificate, End::Told, move |request| {
        let mut server = TcpStream::connect(&plain)?;
        server.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        server.read_to_end(&mut answer)?;
        Ok(answer)
    })
}

/// Whether a server says that its answer is at its end, before it closes the connection.
#[derive(Clone, Copy)]
enum End {
    Told,
    Cut,
}

/// Answers over TLS, and gives the address. The thread ends with the test's process.
fn serve(
    certificate: &CertifiedKey<KeyPair>,
    end: End,
    answer: impl Fn(&str) -> std::io::Result<Vec<u8>> + Send + 'static,
) -> String {
    let key = PrivateKeyDer::Pkcs8(certificate.signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.cert.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            // A client that does not trust the certificate goes away.
            let _may_be_gone = converse(stream.unwrap(), Arc::clone(&config), end, &answer);
        }
    });
    address
}

fn converse(
    stream: TcpStream,
    config: Arc<ServerConfig>,
    end: End,
    answer: &impl Fn(&str) -> std::io::Result<Vec<u8>>,
) -> std::io::Result<()> {
    let connection = ServerConnection::new(config).map_err(std::io::Error::other)?;
    let mut client = BufReader::new(StreamOwned::new(connection, stream));
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") {
        if client.read_line(&mut request)? == 0 {
            return Ok(());
        }
    }
    let answer = answer(&request)?;
    let client = client.get_mut();
    client.write_all(&answer)?;
    if let End::Told = end {
        client.conn.send_close_notify();
    }
    client.flush()
}

/// Verifies by the directory at this address, trusting this certificate alone.
fn verify(world: &World, directory: &str, trusted: &CertifiedKey<KeyPair>) -> Outcome {
    let authorities = world.file("authorities.pem", pem(trusted).as_bytes());
    let environment = [("SSL_CERT_FILE", text(&authorities).to_owned())];
    world.run_in(&environment, &["verify", world.did(), "--allow-private", "--plc-url", directory])
}

#[test]
fn a_trusted_certificate_is_enough() {
    let (world, certificate) = (World::new("trusted"), certificate("127.0.0.1"));
    let directory = in_front_of(&world, &certificate);
    verify(&world, &directory, &certificate).verified();
}

#[test]
fn a_certificate_of_nobody_is_refused() {
    let world = World::new("untrusted");
    let directory = in_front_of(&world, &certificate("127.0.0.1"));
    let outcome = verify(&world, &directory, &certificate("127.0.0.1")).undetermined("io.network.tls");
    assert!(outcome.message().contains("certificate"), "{outcome:?}");
    assert!(world.server.requests().is_empty(), "nothing was asked");
}

#[test]
fn a_certificate_of_another_name_is_refused() {
    let (world, certificate) = (World::new("other-name"), certificate("elsewhere.example"));
    let directory = in_front_of(&world, &certificate);
    verify(&world, &directory, &certificate).undetermined("io.network.tls");
}

#[test]
fn no_redirect_leads_out_of_tls() {
    let (world, certificate) = (World::new("out-of-tls"), certificate("127.0.0.1"));
    let directory = in_front_of(&world, &certificate);
    world.serve_log_as(Answer::redirect(&world.server.url("/elsewhere")));
    verify(&world, &directory, &certificate).undetermined("io.network.redirect");
    assert_eq!(world.server.count("/elsewhere"), 0);
}

/// The answer has no length, so that only the alert of TLS tells its end from a cut.
#[test]
fn a_connection_that_is_cut_is_no_verdict() {
    let (world, certificate) = (World::new("cut"), certificate("127.0.0.1"));
    let whole = format!("HTTP/1.1 200 OK\r\n\r\n{}", world.log.text());
    let served = |bytes: &str, end| {
        let bytes = bytes.as_bytes().to_vec();
        serve(&certificate, end, move |_| Ok(bytes.clone()))
    };
    let half = &whole[..whole.len() / 2];
    verify(&world, &served(half, End::Cut), &certificate).undetermined("io.network.answer");
    // This is what the directory says, and it does not verify.
    verify(&world, &served(half, End::Told), &certificate).rejected("input.malformed");
    verify(&world, &served(&whole, End::Told), &certificate).verified();
}
