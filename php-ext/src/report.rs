//! `FedVerify\Report`: the one account of a verification, as every binding gives it.

use crate::engine;
use crate::json::{self, Object, Table};
use ext_php_rs::flags::ClassFlags;
use ext_php_rs::prelude::*;
use fedverify::Pin;

/// A report of core.
#[php_class]
#[php(
    name = "FedVerify\\Report",
    flags = ClassFlags::Final.union(ClassFlags::NoDynamicProperties),
    implements(ce = engine::json_serializable, stub = "\\JsonSerializable")
)]
pub struct Report {
    report: fedverify::Report,
}

impl Report {
    pub(crate) fn new(report: fedverify::Report) -> Self {
        Report { report }
    }

    /// A member of the report that is an object or an array.
    fn table(&self, name: &str) -> Option<Table> {
        json::member(&self.report.to_json(), &[name])
    }

    /// A member of the report that is a string.
    fn word(&self, name: &str) -> Option<String> {
        json::word(&self.report.to_json(), &[name])
    }
}

#[php_impl]
impl Report {
    #[php(constructor, vis = "private")]
    pub fn __construct() -> PhpResult<Self> {
        Err("a report is what a verification gives".into())
    }

    /// What `==` compares.
    #[php(getter, vis = "private")]
    pub fn get_json(&self) -> String {
        self.report.to_json()
    }

    pub fn verdict(&self) -> String {
        self.report.verdict().as_str().to_owned()
    }

    pub fn kind(&self) -> String {
        self.report.kind().as_str().to_owned()
    }

    pub fn trust(&self) -> Option<String> {
        self.report.trust().map(|trust| trust.as_str().to_owned())
    }

    pub fn error(&self) -> Option<Table> {
        self.table("error")
    }

    pub fn warnings(&self) -> Table {
        self.table("warnings").unwrap_or_else(Table::empty)
    }

    pub fn checks(&self) -> Table {
        self.table("checks").unwrap_or_else(Table::empty)
    }

    pub fn identity(&self) -> Option<Table> {
        self.table("identity")
    }

    pub fn release(&self) -> Option<Table> {
        self.table("release")
    }

    pub fn alias(&self) -> Option<String> {
        self.report.alias().map(str::to_owned)
    }

    pub fn package(&self) -> Option<Table> {
        self.table("package")
    }

    pub fn plugin(&self) -> Option<Table> {
        self.table("plugin")
    }

    pub fn challenge(&self) -> Option<String> {
        self.word("challenge")
    }

    pub fn federation(&self) -> Option<Table> {
        self.table("federation")
    }

    pub fn author(&self) -> Option<Table> {
        self.table("author")
    }

    pub fn asset_url(&self) -> Option<String> {
        self.word("assetUrl")
    }

    pub fn key(&self) -> Option<Table> {
        self.table("key")
    }

    pub fn pin(&self) -> Option<String> {
        self.report.pin().map(Pin::to_json)
    }

    pub fn to_json(&self) -> String {
        self.report.to_json()
    }

    pub fn to_array(&self) -> Table {
        json::table(Some(&self.report))
    }

    pub fn json_serialize(&self) -> Object {
        json::object(&self.report.to_json())
    }
}
