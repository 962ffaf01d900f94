//! Publishers that are a did:web.

use crate::world::{METADATA, Outcome, World, fair, package, package_path, text};
use fedverify_kit::Json;
use fedverify_kit::metadata::{metadata, release};
use fedverify_kit::server::Answer;

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
        self.world.run(&[&["verify", &self.did], more].concat())
    }
}

#[test]
fn a_did_web_is_verified_and_its_trust_is_the_webs() {
    let web = Web::new("web");
    let outcome = web.verify(&[]).verified().warns(&[]);
    assert_eq!(outcome.report["trust"], "web");
    assert_eq!(outcome.report["identity"]["did"], web.did);
    assert!(!web.world.state_folder().exists(), "nothing is remembered");
    let did = format!("{}:plugins:hello", web.did);
    web.serve("/plugins/hello/did.json", &did);
    web.world.run(&["verify", &did]).verified();
}

#[test]
fn a_hostile_host_is_noticed_as_far_as_it_can_be() {
    let web = Web::new("web-hostile");
    let serve = |answer| web.world.server.serve(DOCUMENT, answer);
    serve(Answer::json(web.document("did:web:elsewhere.example").pretty()));
    web.verify(&[]).rejected("did.document.id_mismatch");
    serve(Answer::html());
    assert_eq!(web.verify(&[]).rejected("input.malformed").report["trust"], "web");
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

/// Who asks for memory must not think to have it.
#[test]
fn nothing_is_remembered_of_a_did_web() {
    let web = Web::new("web-memory");
    let pin = web.world.state_folder().with_file_name("pin.json");
    web.verify(&["--pin", text(&pin)]).undetermined("io.file.unwritable");
    web.verify(&["--no-downgrade"]).undetermined("io.file.unwritable");
    web.verify(&["--no-pin"]).verified();
}
