//! The table of routes.

use super::access::Access;
use crate::rates::Cost;

/// A route.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// `GET` or `POST`. What answers GET answers HEAD, too.
    pub method: &'static str,
    /// The path, which starts with a slash and has no parameters in it.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// What it does, in one line.
    pub summary: &'static str,
    pub(super) endpoint: Endpoint,
}

impl Route {
    /// Whether a path leads to it. Slashes at both ends do not matter, as in the original.
    pub(super) fn is_at(&self, path: &str) -> bool {
        self.path.trim_matches('/') == path.trim_matches('/')
    }
}

/// What a route does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endpoint {
    CreateKey,
    Keys,
    RevokeKey,
    RotateKey,
    AddSource,
    Sources,
    VerifySource,
    UpdateSource,
    SourceStatus,
    RemoveSource,
    ChangeKey,
    Subscribe,
    Unsubscribe,
    Subscriptions,
    AddPeer,
    Peers,
    RemovePeer,
    Activity,
    Plugins,
    Download,
    Verify,
    Withdraw,
    Restore,
    Metrics,
    OpenApi,
    Page,
    PageForm,
    Style,
}

impl Endpoint {
    /// What it costs the node. A form of the page costs what it does, when it does it.
    pub(super) fn cost(self) -> Cost {
        match self {
            Endpoint::Download => Cost::Download,
            Endpoint::Verify => Cost::Verification,
            Endpoint::AddSource
            | Endpoint::VerifySource
            | Endpoint::UpdateSource
            | Endpoint::ChangeKey
            | Endpoint::Subscribe
            | Endpoint::AddPeer => Cost::Visit,
            Endpoint::CreateKey
            | Endpoint::Keys
            | Endpoint::RevokeKey
            | Endpoint::RotateKey
            | Endpoint::Sources
            | Endpoint::SourceStatus
            | Endpoint::RemoveSource
            | Endpoint::Unsubscribe
            | Endpoint::Subscriptions
            | Endpoint::Peers
            | Endpoint::RemovePeer
            | Endpoint::Activity
            | Endpoint::Plugins
            | Endpoint::Withdraw
            | Endpoint::Restore
            | Endpoint::Metrics
            | Endpoint::OpenApi
            | Endpoint::Page
            | Endpoint::PageForm
            | Endpoint::Style => Cost::Read,
        }
    }
}

/// Every route there is.
pub const ROUTES: &[Route] = &[
    post(
        "/federation/create-admin-key",
        Access::Master,
        Endpoint::CreateKey,
        "Make a key. It is shown once.",
    ),
    get("/federation/keys", Access::MasterOrAdmin, Endpoint::Keys, "List the keys, without what they are."),
    post("/federation/rotate-key", Access::MasterOrAdmin, Endpoint::RotateKey, "Give a key a new secret."),
    post("/federation/revoke-key", Access::MasterOrAdmin, Endpoint::RevokeKey, "Revoke a key for ever."),
    post("/federation/add-source", Access::Admin, Endpoint::AddSource, "Register a source, and verify it."),
    get("/federation/sources", Access::Key, Endpoint::Sources, "List the sources, the most trusted first."),
    post("/federation/verify-source", Access::Admin, Endpoint::VerifySource, "Check a source now."),
    post(
        "/federation/update-source",
        Access::Admin,
        Endpoint::UpdateSource,
        "Read where a source's archives are.",
    ),
    get(
        "/federation/source-status",
        Access::Key,
        Endpoint::SourceStatus,
        "One source: checks, trust, reasons.",
    ),
    post(
        "/federation/remove-source",
        Access::Admin,
        Endpoint::RemoveSource,
        "Remove a source and its mirrors.",
    ),
    post(
        "/federation/change-key",
        Access::Admin,
        Endpoint::ChangeKey,
        "Give a source another key. Its mirrors stay.",
    ),
    post(
        "/federation/subscribe",
        Access::Key,
        Endpoint::Subscribe,
        "Subscribe to a source, and synchronise it.",
    ),
    post("/federation/unsubscribe", Access::Key, Endpoint::Unsubscribe, "End a subscription."),
    get(
        "/federation/subscriptions",
        Access::Key,
        Endpoint::Subscriptions,
        "The caller's; an admin sees all.",
    ),
    post(
        "/federation/add-peer",
        Access::Admin,
        Endpoint::AddPeer,
        "Add another node, and take what publishers signed.",
    ),
    get("/federation/peers", Access::Key, Endpoint::Peers, "The other nodes that are asked."),
    post(
        "/federation/remove-peer",
        Access::Admin,
        Endpoint::RemovePeer,
        "Remove another node. What it gave stays.",
    ),
    get("/federation/activity", Access::Key, Endpoint::Activity, "What happened, newest first."),
    get("/federation/plugins", Access::Public, Endpoint::Plugins, "List mirrored versions, newest first."),
    get("/federation/download", Access::Public, Endpoint::Download, "The archive of a mirrored version."),
    get(
        "/federation/verify",
        Access::Public,
        Endpoint::Verify,
        "Verify a mirrored version again; the report.",
    ),
    post("/federation/withdraw", Access::Admin, Endpoint::Withdraw, "Stop offering a version."),
    post("/federation/restore", Access::Admin, Endpoint::Restore, "Offer a withdrawn version again."),
    get("/metrics", Access::Key, Endpoint::Metrics, "What the node counts, for Prometheus."),
    get("/openapi.json", Access::Public, Endpoint::OpenApi, "This interface, as an OpenAPI document."),
    get("/", Access::Public, Endpoint::Page, "The page for people."),
    get("/style.css", Access::Public, Endpoint::Style, "The style of the page."),
    post(
        "/page/sign-in",
        Access::Public,
        Endpoint::PageForm,
        "A form of the page: begin a session of a key.",
    ),
    post("/page/sign-out", Access::Public, Endpoint::PageForm, "A form of the page: end the session."),
    post(
        "/page/add-source",
        Access::Public,
        Endpoint::PageForm,
        "A form of the page, for the session's key.",
    ),
    post(
        "/page/verify-source",
        Access::Public,
        Endpoint::PageForm,
        "A form of the page, for the session's key.",
    ),
    post(
        "/page/change-key",
        Access::Public,
        Endpoint::PageForm,
        "A form of the page, for the session's key.",
    ),
    post("/page/subscribe", Access::Public, Endpoint::PageForm, "A form of the page, for the session's key."),
    post(
        "/page/unsubscribe",
        Access::Public,
        Endpoint::PageForm,
        "A form of the page, for the session's key.",
    ),
    post("/page/add-peer", Access::Public, Endpoint::PageForm, "A form of the page, for the session's key."),
    post(
        "/page/remove-peer",
        Access::Public,
        Endpoint::PageForm,
        "A form of the page, for the session's key.",
    ),
];

const fn get(path: &'static str, access: Access, endpoint: Endpoint, summary: &'static str) -> Route {
    Route { method: "GET", path, access, summary, endpoint }
}

const fn post(path: &'static str, access: Access, endpoint: Endpoint, summary: &'static str) -> Route {
    Route { method: "POST", path, access, summary, endpoint }
}
