//! The mutants, as `cargo mutants --list --json` names them.

use serde::Deserialize;

#[derive(Clone, Deserialize)]
pub struct Mutant {
    /// From the root of the tree.
    pub file: String,
    pub name: String,
    pub genre: Genre,
    pub replacement: String,
    pub span: Span,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
pub enum Genre {
    BinaryOperator,
    FnValue,
    MatchArm,
    MatchArmGuard,
    StructField,
    UnaryOperator,
}

#[derive(Clone, Copy, Deserialize)]
pub struct Span {
    pub start: Place,
}

/// Both from one; columns are characters.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

impl Mutant {
    /// Its name without line and column, which move: `core/src/did.rs: replace != with == in …`, and the line that it is in.
    pub fn key(&self, source: &str) -> String {
        let what = self.name.splitn(4, ':').nth(3).unwrap_or(&self.name).trim_start();
        let line = source.lines().nth(self.span.start.line - 1).unwrap_or_default().trim();
        format!("{}: {what}: `{line}`", self.file)
    }
}
