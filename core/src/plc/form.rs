//! The forms in which directories serve logs.

/// The form in which a directory serves a log (did-plc.md, "What a directory serves"). Exhaustive: a binding that forgot one must
/// not compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LogForm {
    /// `GET /<did>/log/audit`: every operation that was ever accepted, nullified ones too, with times and flags.
    Audit,
    /// `GET /<did>/log`: the surviving operations only, without times. It verifies as a straight chain; whether recoveries
    /// were lawful cannot be judged from it, which the identity says in a warning.
    Bare,
    /// `GET /export`: entries as JSON lines. Flags were true when each entry was exported, so they are derived and not
    /// compared.
    Export,
}
