//! Publishers that are a did:web.

use crate::world::{METADATA, Outcome, World, at, fair, package, package_path, text};
use fedverify_kit::Json;
use fedverify_kit::metadata::{metadata, release};
use fedverify_kit::server::{Answer, DnsServer, Records};

const DOCUMENT: &str = "/.well-known/did.json";

/// A world whose publisher is also a did:web of the server, under this name.
struct Web {
    world: World,
    did: String,
}

impl Web {
    fn new(name: &str) -> Web {
        let world = World::new(name);
        let port = world.server.authority().rsplit(':').next().unwrap().to_owned();
        let web = Web { world, did: format!("did:web:localhost%3A{port}") };
        web.serve(DOCUMENT, &web.did);
        web
    }

    /// Serves the document of a DID at a path, and metadata about that DID.
    fn serve(&self, path: &str, did: &str) {
        self.world.server.serve(path, Answer::json(self.document(did).pretty()));
        let zip = package("1.0.0");
        let signed = self.world.artifact(&fair(), &package_path("1.0.0"), &zip);
        let metadata = metadata(did, [release("1.0.0", signed)]);
        self.world.server.serve(METADATA, Answer::json(metadata.pretty()));
    }

    fn document(&self, did: &str) -> Json {
        let key = Json::object([
            ("id", format!("{did}#fair").into()),
            ("type", "Multikey".into()),
            ("controller", did.into()),
            ("publicKeyMultibase", fair().multibase().into()),
        ]);
        let repository = Json::object([
            ("id", "#repo".into()),
            ("type", "FairPackageManagementRepo".into()),
            ("serviceEndpoint", self.world.server.url(METADATA).into()),
        ]);
        Json::object([
            ("@context", "https://www.w3.org/ns/did/v1".into()),
            ("id", did.into()),
            ("verificationMethod", Json::array([key])),
            ("service", Json::array([repository])),
        ])
    }

    fn verify(&self, more: &[&str]) -> Outcome {
        self.world.run(&[&["verify", &self.did, "--allow-private"], more].concat())
    }
}

#[test]
fn a_did_web_is_verified_and_its_trust_is_the_webs() {
    let web = Web::new("web");
    let outcome = web.verify(&[]).verified().warns(&[]);
    assert_eq!(outcome.report["trust"], "web");
    assert_eq!(outcome.report["identity"]["did"], web.did);
    assert!(!web.world.state_folder().exists(), "nothing is remembered");
    let said = web.world.tell(&["verify", &web.did, "--allow-private", "--quiet"]);
    assert!(said.ends_with(&format!("verified  {} 1.0.0 [trust: web]\n", web.did)), "{said}");
    let did = format!("{}:plugins:hello", web.did);
    web.serve("/plugins/hello/did.json", &did);
    web.world.run(&["verify", &did, "--allow-private"]).verified();
}

#[test]
fn a_hostile_host_is_noticed_as_far_as_it_can_be() {
    let web = Web::new("web-hostile");
    let serve = |answer| web.world.server.serve(DOCUMENT, answer);
    serve(Answer::json(web.document("did:web:elsewhere.example").pretty()));
    web.verify(&[]).rejected("did.document.id_mismatch");
    serve(Answer::html());
    // Nothing was proven that a trust could rest on.
    assert_eq!(web.verify(&[]).rejected("input.malformed").report.get("trust"), None);
    serve(Answer::json(web.document(&web.did).without("verificationMethod").pretty()));
    web.verify(&[]).rejected("fair.key.missing");
    serve(Answer::json(web.document(&web.did).without("service").pretty()));
    web.verify(&[]).rejected("fair.service.missing");
    serve(Answer::json(vec![b' '; 4096]).endless());
    web.verify(&[]).rejected("input.too_large");
    serve(Answer::status(404));
    web.verify(&[]).undetermined("io.network.status");
    serve(Answer::redirect("https://localhost/"));
    web.verify(&[]).undetermined("io.network.redirect");
    serve(Answer::json(web.document(&web.did).pretty()));
    web.world.server.serve(&package_path("1.0.0"), Answer::ok("application/zip", "another"));
    web.verify(&[]).rejected("fair.checksum.mismatch");
}

/// A caller who asks for memory must not seem to have it.
#[test]
fn nothing_is_remembered_of_a_did_web() {
    let web = Web::new("web-memory");
    let pin = web.world.state_folder().with_file_name("pin.json");
    web.verify(&["--pin", text(&pin)]).undetermined("api.argument");
    web.verify(&["--no-downgrade"]).undetermined("api.argument");
    web.verify(&["--no-pin"]).verified();
    assert!(!pin.exists() && !pin.with_file_name("pin.json.lock").exists());
}

#[test]
fn a_revoked_or_expired_key_signs_nothing() {
    let web = Web::new("web-expired");
    let serve = |name: &str, value: Json| {
        let mut document = web.document(&web.did);
        let methods = document.get("verificationMethod").unwrap().clone();
        let Json::Array(mut methods) = methods else { panic!("no methods") };
        methods[0].set(name, value);
        document.set("verificationMethod", Json::Array(methods));
        web.world.server.serve(DOCUMENT, Answer::json(document.pretty()));
    };
    serve("expires", "2026-01-01T02:00:00Z".into());
    web.verify(&[&at(1)]).verified();
    web.verify(&[&at(3)]).rejected("fair.key.missing");
    serve("revoked", "2026-01-01T02:00:00Z".into());
    web.verify(&[&at(1)]).rejected("fair.key.missing");
}

#[test]
fn an_alias_of_a_did_web_is_looked_up_too() {
    let (web, dns) = (Web::new("web-alias"), DnsServer::start());
    let names = Json::array(["fair://publisher.example"]);
    let document = web.document(&web.did).with("alsoKnownAs", names);
    web.world.server.serve(DOCUMENT, Answer::json(document.pretty()));
    let server = dns.address().to_string();
    dns.serve("_fairpm.publisher.example", Records::Txt(vec![format!("did={}", web.did)]));
    let outcome = web.verify(&["--dns-server", &server]).verified().warns(&[]);
    assert_eq!(outcome.report["alias"], "publisher.example");
}

#[test]
fn a_did_web_is_verified_from_files() {
    let web = Web::new("web-files");
    let document = web.world.file("did.json", web.document(&web.did).pretty().as_bytes());
    let zip = package("1.0.0");
    let signed = web.world.artifact(&fair(), &package_path("1.0.0"), &zip);
    let metadata = metadata(&web.did, [release("1.0.0", signed)]);
    let metadata = web.world.file("metadata.json", metadata.pretty().as_bytes());
    let zip = web.world.file("hello.zip", &zip);
    let verify = |more: &[&str]| {
        let files = ["--document", text(&document), "--metadata", text(&metadata)];
        web.world.run(&[&["package", "verify", text(&zip), "--did", &web.did][..], &files, more].concat())
    };
    let outcome = verify(&[]).verified().warns(&[]);
    assert_eq!(outcome.report["trust"], "web");
    assert_eq!(outcome.report["release"]["version"], "1.0.0");
    let pin = web.world.state_folder().with_file_name("pin.json");
    for of_a_log in
        [&["--pin", text(&pin)][..], &["--pin", text(&pin), "--no-downgrade"], &["--wait-recovery-window"]]
    {
        verify(of_a_log).undetermined("api.argument");
    }
    assert!(!pin.exists());
    // A log proves nothing of a did:web, and a document nothing of a did:plc.
    let log = web.world.file("log.json", web.world.log.text().as_bytes());
    let wrong = |did: &str, evidence: [&str; 2]| {
        let arguments = ["package", "verify", text(&zip), "--did", did, "--metadata", text(&metadata)];
        web.world.run(&[&arguments[..], &evidence].concat())
    };
    wrong(&web.did, ["--log", text(&log)]).rejected("did.unsupported");
    wrong(web.world.did(), ["--document", text(&document)]).rejected("did.unsupported");
    assert!(web.world.server.requests().is_empty(), "nothing is fetched");
}
