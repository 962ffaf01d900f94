//! Servers that try to lead the command into the network of its user, and what may go there.

use crate::table::{Row, check};
use crate::tls::{certificate, in_front_of, pem};
use crate::world::{METADATA, Outcome, World, daily, fair, root, text};
use fedverify_kit::server::{Answer, DnsServer, Records};
use fedverify_kit::{Log, Moment, Op};
use std::net::IpAddr;

/// This machine and its network, in the spellings of URLs.
const HOSTS: [&str; 22] = [
    "localhost",
    "LocalHost.",
    "a.localhost",
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "１２７.0.0.1",
    "127%2e0.0.1",
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.168.0.1",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::10.0.0.1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
];

/// What a name may turn out to lead to.
const ADDRESSES: [&str; 12] = [
    "127.0.0.1",
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::ffff:127.0.0.1",
    "fc00::1",
    "fe80::1",
    "ff02::1",
];

const NAME: &str = "repository.example";

/// A world whose log names a repository by a name, and the name server that knows it.
struct Named {
    world: World,
    dns: DnsServer,
}

impl Named {
    fn new(name: &str, repository: &str) -> Named {
        let mut world = World::new(name);
        let keys = Op::regular().rotation_keys([&root(), &daily()]).verification_method("fair", &fair());
        let op = keys.service("repo", "FairPackageManagementRepo", repository);
        world.log = Log::new(&op.sign(&root()), Moment::START);
        world.server.serve_log(&world.log);
        world.publish(&["1.0.0"]);
        Named { world, dns: DnsServer::start() }
    }

    /// Verifies as a user who allows nothing.
    fn verify(&self, more: &[&str]) -> Outcome {
        let (directory, dns_server) = (self.world.server.url(""), self.dns.address().to_string());
        let arguments = ["verify", self.world.did(), "--plc-url", &directory, "--dns-server", &dns_server];
        self.world.run(&[&arguments, more].concat())
    }
}

#[test]
fn a_log_leads_to_no_private_address_by_any_name() {
    let names: Vec<Named> = ADDRESSES
        .iter()
        .enumerate()
        .map(|(at, _)| Named::new(&format!("named-{at}"), &format!("https://{NAME}:9/fair.json")))
        .collect();
    let rows = ADDRESSES.iter().zip(&names).map(|(address, named)| {
        // A public one beside it makes it no better.
        let both = [address, &"1.1.1.1"].map(|address| address.parse().unwrap());
        named.dns.serve(NAME, Records::Addresses(both.to_vec()));
        Row::new(format!("a log names a host at {address}"), (2, "io.network.insecure"), || named.verify(&[]))
    });
    check(&rows.collect::<Vec<_>>());
    let message = names[0].verify(&[]).message().to_owned();
    assert!(message.contains(NAME) && message.contains("127.0.0.1") && message.contains("--allow-private"));
}

/// What a log may write at all is core's to say (`tests/corpus/fair/endpoint`); what may be connected to is not less.
#[test]
fn a_log_that_names_this_machine_is_refused() {
    let world = World::new("names-loopback");
    let arguments = ["verify", world.did(), "--plc-url", &world.server.url("")];
    let outcome = world.run(&arguments).rejected("fair.service.invalid");
    assert_eq!(world.server.count(METADATA), 0, "{outcome:?}");
}

#[test]
fn no_redirect_leads_into_the_network() {
    let certificate = certificate("127.0.0.1");
    let worlds: Vec<World> =
        HOSTS.iter().enumerate().map(|(at, _)| World::new(&format!("redirect-{at}"))).collect();
    let rows = HOSTS.iter().zip(&worlds).map(|(host, world)| {
        let directory = in_front_of(world, &certificate);
        world.serve_log_as(Answer::redirect(&format!("https://{host}:9/log")));
        let authorities = world.file("authorities.pem", pem(&certificate).as_bytes());
        let environment = [("SSL_CERT_FILE", text(&authorities).to_owned())];
        Row::new(format!("a redirect to {host}"), (2, "io.network.redirect"), move || {
            world.run_in(&environment, &["verify", world.did(), "--plc-url", &directory])
        })
    });
    check(&rows.collect::<Vec<_>>());
}

/// One server redirects to another on the same machine, where the user named the first only.
#[test]
fn a_redirect_to_another_port_is_another_server() {
    let (world, other) = (World::new("other-port"), World::new("other-port-2"));
    other.server.serve(&world.log_path(), Answer::json(world.log.text()));
    world.serve_log_as(Answer::redirect(&other.server.url(&world.log_path())));
    let arguments = ["verify", world.did(), "--plc-url", &world.server.url("")];
    world.run(&arguments).undetermined("io.network.redirect");
    assert!(other.server.requests().is_empty());
    world.verify(&[]).verified();
}

/// What only looks at a log goes by the same rules.
#[test]
fn a_log_is_shown_from_a_private_directory_where_that_is_allowed() {
    let (world, other) = (World::new("show-private"), World::new("show-private-2"));
    other.server.serve(&world.log_path(), Answer::json(world.log.text()));
    world.serve_log_as(Answer::redirect(&other.server.url(&world.log_path())));
    let directory = world.server.url("");
    let show = ["log", "show", world.did(), "--plc-url", &directory];
    world.run(&show).undetermined("io.network.redirect");
    let shown = world.run(&[&show[..], &["--allow-private"]].concat()).verified();
    assert_eq!(shown.report["warnings"][0]["code"], "io.network.private");
}

#[test]
fn a_redirect_to_a_name_is_judged_by_its_addresses() {
    let (world, certificate) = (World::new("redirect-name"), certificate("127.0.0.1"));
    let directory = in_front_of(&world, &certificate);
    world.serve_log_as(Answer::redirect(&format!("https://{NAME}:9/log")));
    let (dns, authorities) =
        (DnsServer::start(), world.file("authorities.pem", pem(&certificate).as_bytes()));
    let environment = [("SSL_CERT_FILE", text(&authorities).to_owned())];
    let dns_server = dns.address().to_string();
    let ask = || {
        let arguments = ["verify", world.did(), "--plc-url", &directory, "--dns-server", &dns_server];
        world.run_in(&environment, &arguments)
    };
    dns.serve(NAME, Records::Addresses(vec!["10.0.0.1".parse().unwrap()]));
    check(&[Row::new("a redirect to a name at 10.0.0.1", (2, "io.network.insecure"), ask)]);
    dns.serve(NAME, Records::Failure);
    check(&[Row::new("a redirect to a name without addresses", (2, "io.network.dns"), ask)]);
}

/// The address that was judged is the one that is connected to: a name is looked up once for a request.
#[test]
fn a_name_that_is_bound_anew_gains_nothing() {
    let (front, certificate) = (World::new("rebinding-front"), certificate(NAME));
    let address = in_front_of(&front, &certificate);
    let port = address.rsplit(':').next().unwrap();
    let named = Named::new("rebinding", &format!("https://{NAME}:{port}/fair.json"));
    // The server behind the name has what the identity's own repository would have.
    named.world.publish_at(&front.server, "1.0.0");
    let authorities = named.world.file("authorities.pem", pem(&certificate).as_bytes());
    let environment = [("SSL_CERT_FILE", text(&authorities).to_owned())];
    let dns_server = named.dns.address().to_string();
    let directory = named.world.server.url("");
    let verify = |more: &[&str]| {
        let arguments =
            ["verify", named.world.did(), "--plc-url", &directory, "--dns-server", &dns_server, "--no-pin"];
        named.world.run_in(&environment, &[&arguments, more].concat())
    };
    let addresses = |list: &[&str]| {
        Records::Addresses(list.iter().map(|address| address.parse::<IpAddr>().unwrap()).collect())
    };
    // First this machine, then the public internet: there is no second look-up that would pass for the first.
    named.dns.serve_in_turn(NAME, [addresses(&["127.0.0.1"]), addresses(&["1.1.1.1"])]);
    verify(&[]).undetermined("io.network.insecure");
    assert!(front.server.requests().is_empty());
    assert_eq!(named.dns.count(NAME), 2, "of A and of AAAA");
    // Allowed, the first is what is connected to, whatever comes then; and the report names it.
    named.dns.serve_in_turn(NAME, [addresses(&["127.0.0.1"]), addresses(&["10.0.0.1"])]);
    let outcome = verify(&["--allow-private"]).verified();
    assert_eq!((named.dns.count(NAME), front.server.count(METADATA)), (4, 1));
    let warning = &outcome.report["warnings"][0];
    assert_eq!(warning["code"], "io.network.private");
    let message = warning["message"].as_str().unwrap();
    assert!(message.contains(NAME) && message.contains("127.0.0.1"), "{message}");
    check(&[Row::new("a name that is bound anew", (2, "io.network.insecure"), || {
        named.dns.serve_in_turn(NAME, [addresses(&["10.0.0.1"]), addresses(&["1.1.1.1"])]);
        verify(&[])
    })]);
}

/// The user's own loopback needs no permission and no warning; what it leads to does.
#[test]
fn what_the_user_names_may_be_this_machine() {
    let world = World::new("user-loopback");
    let public = Named::new("user-loopback-2", "https://repository.invalid/fair.json");
    let outcome = public.verify(&[]).undetermined("io.network.dns");
    assert_eq!(outcome.report["warnings"], serde_json::json!([]));
    let outcome = world.verify(&[]).verified();
    assert_eq!(outcome.report["warnings"][0]["code"], "io.network.private");
    // A name of the user's that leads into the network is no address of the user's.
    public.dns.serve("directory.example", Records::Addresses(vec!["127.0.0.1".parse().unwrap()]));
    let dns_server = public.dns.address().to_string();
    let directory = ["--plc-url", "https://directory.example:9", "--dns-server", &dns_server];
    world.run(&[&["verify", world.did()][..], &directory].concat()).undetermined("io.network.insecure");
}

/// Where a header of a request could set it, HTTP_PROXY is no proxy.
#[test]
fn a_cgi_program_takes_no_proxy_from_its_request() {
    let (world, proxy) = (World::new("httpoxy"), fedverify_kit::server::Server::start());
    let verify = |variables: &[(&str, &str)]| {
        let environment: Vec<_> =
            variables.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        world.run_in(&environment, &["verify", world.did(), "--plc-url", "https://directory.invalid"])
    };
    let url = proxy.url("");
    verify(&[("HTTP_PROXY", &url)]).undetermined("io.network.connect");
    assert_eq!(proxy.requests().len(), 1);
    verify(&[("HTTP_PROXY", &url), ("REQUEST_METHOD", "GET")]).undetermined("io.network.dns");
    verify(&[("HTTPS_PROXY", ""), ("HTTP_PROXY", &url), ("REQUEST_METHOD", "")])
        .undetermined("io.network.dns");
    assert_eq!(proxy.requests().len(), 1);
    verify(&[("HTTPS_PROXY", &url), ("REQUEST_METHOD", "GET")]).undetermined("io.network.connect");
    assert_eq!(proxy.requests().len(), 2);
    verify(&[("HTTPS_PROXY", &url), ("NO_PROXY", "directory.invalid")]).undetermined("io.network.dns");
    verify(&[("ALL_PROXY", "socks5://127.0.0.1:9")]).undetermined("io.network.connect");
    // What was meant as a proxy is not gone past, and what is wrong with it is not said of the directory.
    verify(&[("HTTPS_PROXY", "ftp://127.0.0.1:9")]).undetermined("io.network.connect");
    for (proxy, code) in [("proxy.invalid:9", "io.network.dns"), ("127.0.0.1:1", "io.network.connect")] {
        let outcome = verify(&[("HTTPS_PROXY", &format!("http://{proxy}"))]).undetermined(code);
        assert!(outcome.message().contains("the proxy"));
    }
    // A proxy is not asked for what is private either.
    let arguments = ["verify", world.did(), "--plc-url", "https://10.0.0.1"];
    world.run_in(&[("HTTPS_PROXY", url.clone())], &arguments).undetermined("io.network.insecure");
    assert_eq!(proxy.requests().len(), 2);
}

/// What is no text was meant as a proxy too.
#[cfg(unix)]
#[test]
fn a_proxy_that_cannot_be_read_is_not_gone_past() {
    use std::os::unix::ffi::OsStrExt;
    let world = World::new("proxy-bytes");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_fedverify"));
    command
        .env("HTTPS_PROXY", std::ffi::OsStr::from_bytes(b"http://\xff"))
        .env_remove("ALL_PROXY")
        .env_remove("all_proxy");
    let arguments = ["verify", world.did(), "--plc-url", "https://directory.invalid", "--no-pin", "--json"];
    Outcome::of(&command.args(arguments).output().unwrap()).undetermined("io.network.connect");
}
