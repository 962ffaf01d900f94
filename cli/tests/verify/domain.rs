//! `fedverify verify fair://DOMAIN`: the DNS of the domain names the DID, and the identity must claim the domain.

use crate::world::{Outcome, World, daily, fair};
use fedverify_kit::server::{Answer, DnsServer, Records};
use std::thread;
use std::time::Duration;

const ALIAS: &str = "fair://publisher.example";
const NAME: &str = "_fairpm.publisher.example";

/// What the command shows of an identity, it fetches as `verify` does.
#[test]
fn an_identity_is_shown_and_compared_by_its_did() {
    let domain = Domain::new("domain-show", &[]);
    let (world, directory) = (&domain.world, domain.world.server.url(""));
    let outcome = world.run(&["log", "show", world.did(), "--plc-url", &directory]).verified();
    assert_eq!(outcome.report["identity"]["history"].as_array().unwrap().len(), 2);
    // A first visit is not remembered: the next `verify` is the first.
    assert!(!world.state_folder().exists());
    let log = world.file("log.json", world.log.text().as_bytes());
    let diff = world.run(&["log", "diff", crate::world::text(&log), world.did(), "--plc-url", &directory]);
    assert_eq!((diff.status, diff.report["relation"].as_str()), (0, Some("equal")));
    let unknown = "did:plc:z72i7hdynmk6r22z27h6tvur";
    world.run(&["log", "show", unknown, "--plc-url", &directory]).undetermined("io.directory.unknown");
    // What it knows from an earlier visit it goes by.
    world.verify(&[]).verified();
    world
        .server
        .serve_log(&fedverify_kit::Log::new(&world.log.operations()[0], fedverify_kit::Moment::START));
    world.run(&["log", "show", world.did(), "--plc-url", &directory]).rejected("pin.rollback");
    world.run(&["log", "show", world.did(), "--plc-url", &directory, "--no-pin"]).verified();
}

/// The directory was honest when it was asked, and nothing else was remembered by then.
#[test]
fn what_another_run_remembers_meanwhile_refuses_no_log() {
    let mut world = World::new("domain-race");
    let older = world.log.clone();
    let next =
        world.op(&fair()).also_known_as("https://publisher.example").after(&world.head()).sign(&daily());
    world.then(&next, 1);
    let (path, directory) = (world.log_path(), world.server.url(""));
    let late = Answer::json(older.text()).after(Duration::from_secs(2));
    world.server.serve_in_turn(&path, [late, Answer::json(world.log.text())]);
    thread::scope(|scope| {
        let shown = scope.spawn(|| world.run(&["log", "show", world.did(), "--plc-url", &directory]));
        while world.server.count(&path) == 0 {
            thread::sleep(Duration::from_millis(10));
        }
        world.verify(&[]).verified();
        shown.join().unwrap().verified();
    });
}

/// A world whose identity claims these aliases, and a server that serves these records of the domain.
struct Domain {
    world: World,
    dns: DnsServer,
}

impl Domain {
    fn new(name: &str, aliases: &[&str]) -> Domain {
        let mut world = World::new(name);
        let op = aliases.iter().fold(world.op(&fair()), |op, alias| op.also_known_as(alias));
        let op = op.after(&world.head()).sign(&daily());
        world.then(&op, 1);
        Domain { world, dns: DnsServer::start() }
    }

    fn record(&self) -> String {
        format!("did={}", self.world.did())
    }

    fn verify(&self, records: Records) -> Outcome {
        self.dns.serve(NAME, records);
        let (directory, server) = (self.world.server.url(""), self.dns.address().to_string());
        self.world.run(&[
            "verify",
            ALIAS,
            "--allow-private",
            "--plc-url",
            &directory,
            "--dns-server",
            &server,
            "--timeout",
            "2",
        ])
    }
}

#[test]
fn the_identity_that_the_domain_names_is_verified() {
    let domain = Domain::new("domain", &[ALIAS]);
    let outcome = domain.verify(Records::Txt(vec!["v=spf1 -all".to_owned(), domain.record()])).verified();
    assert_eq!(outcome.report["identity"]["did"], domain.world.did());
    assert_eq!(outcome.report["alias"], "publisher.example");
    // Nobody typed the DID, and the report says who named it.
    let step = &outcome.report["checks"][0];
    assert_eq!((&step["check"], &step["outcome"]), (&"did".into(), &"pass".into()));
    let told = "the DNS of publisher.example named this DID: whoever controls it chose the identity";
    assert_eq!(step["detail"], told);
    // It is remembered by its DID, as if that had been named.
    assert!(domain.world.pin_path().exists());
}

#[test]
fn an_identity_that_does_not_claim_the_domain_is_refused() {
    for (name, aliases) in [("domain-none", &[][..]), ("domain-other", &["fair://other.example"])] {
        let domain = Domain::new(name, aliases);
        let outcome = domain.verify(Records::Txt(vec![domain.record()])).rejected("fair.alias.mismatch");
        assert!(outcome.message().contains("expected fair://publisher.example"), "{}", outcome.message());
        assert_eq!(outcome.report["package"], serde_json::Value::Null);
    }
}

#[test]
fn a_domain_that_names_no_identity_or_two_leads_nowhere() {
    let domain = Domain::new("domain-records", &[ALIAS]);
    let other = "did=did:plc:z72i7hdynmk6r22z27h6tvur".to_owned();
    domain.verify(Records::None).rejected("fair.alias.mismatch");
    domain.verify(Records::Txt(vec!["v=spf1 -all".to_owned()])).rejected("fair.alias.mismatch");
    domain.verify(Records::Txt(vec![domain.record(), other])).rejected("fair.alias.mismatch");
    domain.verify(Records::Txt(vec!["did=nobody".to_owned()])).rejected("did.invalid");
    domain.verify(Records::Failure).undetermined("io.network.dns");
    domain.verify(Records::Silence).undetermined("io.network.dns");
}
