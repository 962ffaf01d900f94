//! The table of limits in `tests/corpus/README.md`.

use crate::language::default_of;
use crate::tables;

/// The table.
pub(crate) fn limits() -> String {
    let limits = tables::limits().entries;
    let rows = limits
        .iter()
        .map(|limit| format!("| `{}` | {} | {} |\n", limit.value, default_of(limit.value), limit.meaning));
    "| name | default | counts |\n|---|---|---|\n".to_owned() + &rows.collect::<String>()
}
