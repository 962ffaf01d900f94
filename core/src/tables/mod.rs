//! The tables: every code, warning, limit, check, kind, input and member of the report, once.
//!
//! `make generated` writes from here what C, PHP, TypeScript, the JSON Schema and the documents say of them. This folder
//! imports nothing from outside but serde.

/// Declares an enumeration whose members have a stable string and a one-line meaning. A macro, because the enum, the
/// list of its members and the look-ups must come from the same lines, and no function can declare an enum.
macro_rules! table {
    ($(#[$about:meta])* $table:ident { $($name:ident $text:literal $meaning:literal)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $table {
            $(#[doc = $meaning] $name,)*
        }

        impl $table {
            /// All members, in the order of the table.
            pub const ALL: &'static [$table] = &[$($table::$name,)*];

            /// The stable strings of all members, in the same order.
            pub const NAMES: &'static [&'static str] = &[$($text,)*];

            /// The stable string.
            pub const fn as_str(self) -> &'static str {
                match self { $($table::$name => $text,)* }
            }

            /// What it means, in one line.
            pub const fn meaning(self) -> &'static str {
                match self { $($table::$name => $meaning,)* }
            }

            /// The member with this string, if there is one.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|member| member.as_str() == name)
            }
        }

        impl std::fmt::Display for $table {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $table {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

mod checks;
mod codes;
mod forms;
mod history;
mod inputs;
mod kinds;
mod limits;
pub mod members;
mod warnings;

pub use checks::Check;
pub use codes::{Code, UnknownCode};
pub use forms::{OperationType, PackageType, SignatureForm};
pub use history::{ChangeKind, Gravity, StatePart};
pub use inputs::{InputName, InputType};
pub use kinds::{Kind, Outcome, Trust, Verdict};
pub use limits::Limits;
pub use warnings::WarningCode;
