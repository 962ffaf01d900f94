//! The classes of constants in `php-ext/stubs/fedverify.php`.

use crate::php_constants::{Bodies, class, classes};

/// The classes.
pub(crate) fn constants() -> String {
    let classes = classes().map(|(name, table)| format!("\n{}", class(name, &table, Bodies::Empty)));
    classes.concat() + "\n"
}
