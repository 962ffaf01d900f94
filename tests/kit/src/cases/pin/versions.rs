//! Versions by their numbers, and packages that belong to one version.

use super::releases::{accepted, listing, pin, rebuilt, refused, signed};
use crate::case::Case;
use crate::cases::fair::published::package;

pub(super) fn cases() -> Vec<Case> {
    [spellings(), other_version(), unordered()].concat()
}

/// A pin knows a version by its number, not by its spelling.
fn spellings() -> Vec<Case> {
    let mut cases = Vec::new();
    let known = pin().release("1.0.0", &package());
    for version in ["1", "1.0", "01.0.0", "v1.0.0", "1.0.0+x", "1.0.0.0"] {
        let same = listing([signed(version, &package())], version, &package());
        let other = listing([signed(version, &rebuilt())], version, &rebuilt());
        cases.push(accepted(
            &format!("spelled-{version}"),
            &format!("The known package of 1.0.0, now listed as {version}."),
            &same,
            &known,
            version,
        ));
        cases.push(refused(
            &format!("changed-spelled-{version}"),
            &format!("Another package than that of 1.0.0, listed as {version}."),
            &other,
            &known,
            version,
        ));
    }
    let dated = pin().release("2.1.0-20250801.0930", &package());
    let spelled = listing([signed("2.1-20250801.930", &rebuilt())], "2.1-20250801.930", &rebuilt());
    let candidate = pin().release("1.0.0-rc.1", &package());
    let release = listing([signed("1.0.0", &rebuilt())], "1.0.0", &rebuilt());
    let added = listing([signed("1.0", &rebuilt()), signed("1.0.0", &package())], "1.0", &rebuilt());
    let next_candidate = listing([signed("1.0.0-rc.10", &rebuilt())], "1.0.0-rc.10", &rebuilt());
    cases.extend([
        refused(
            "changed-spelled-pre-release",
            "Another package than that of 2.1.0-20250801.0930, listed with fewer zeros.",
            &spelled,
            &dated,
            "2.1-20250801.930",
        ),
        accepted(
            "added-spelled",
            "Another package, listed as 1.0; the known one of 1.0.0 is still listed beside it.",
            &added,
            &known,
            "1.0",
        ),
        accepted(
            "after-pre-release",
            "1.0.0 is another version than 1.0.0-rc.1.",
            &release,
            &candidate,
            "1.0.0",
        ),
        accepted(
            "next-pre-release",
            "1.0.0-rc.10 is another version than 1.0.0-rc.1.",
            &next_candidate,
            &candidate,
            "1.0.0-rc.10",
        ),
    ]);
    cases
}

/// A published package belongs to one version.
fn other_version() -> Vec<Case> {
    let known = pin().release("1.0.0", &package());
    let moved = |name: &str, about: &str, version: &str| {
        let published = listing([signed(version, &package())], version, &package());
        refused(&format!("moved-{name}"), about, &published, &known, version)
    };
    let beside = listing([signed("2.0.0", &package()), signed("1.0.0", &package())], "2.0.0", &package());
    let swapped = listing([signed("1.0.0", &rebuilt()), signed("2.0.0", &package())], "2.0.0", &package());
    let without = listing([signed("2.0.0", &package())], "2.0.0", &package())
        .release(|release| release.member("artifacts").member("package").remove("checksum"));
    vec![
        moved("up", "The known package of 1.0.0 as 2.0.0: an old package for a new one.", "2.0.0"),
        moved("down", "The known package of 1.0.0 as 0.9.0.", "0.9.0"),
        moved("to-pre-release", "The known package of 1.0.0 as 1.0.0-rc.1.", "1.0.0-rc.1"),
        moved("to-trunk", "The known package of 1.0.0 as trunk.", "trunk"),
        refused(
            "moved-beside",
            "The known package of 1.0.0 as 2.0.0, and still as 1.0.0.",
            &beside,
            &known,
            "2.0.0",
        ),
        refused(
            "moved-swapped",
            "The known package of 1.0.0 as 2.0.0, and another one as 1.0.0.",
            &swapped,
            &known,
            "2.0.0",
        ),
        refused(
            "moved-without-checksum",
            "The known package of 1.0.0 as 2.0.0, without a checksum: its bytes tell.",
            &without,
            &known,
            "2.0.0",
        ),
    ]
}

/// Versions without an order are known by their names.
fn unordered() -> Vec<Case> {
    let known = pin().release("trunk", &package());
    let listed = |version: &str, bytes: &[u8]| listing([signed(version, bytes)], version, bytes);
    vec![
        accepted(
            "trunk-first",
            "A version without an order, asked for by its name.",
            &listed("trunk", &package()),
            &pin(),
            "trunk",
        ),
        accepted(
            "trunk",
            "The package of trunk that was verified before.",
            &listed("trunk", &package()),
            &known,
            "trunk",
        ),
        refused(
            "trunk-changed",
            "Another package under the name trunk.",
            &listed("trunk", &rebuilt()),
            &known,
            "trunk",
        ),
        accepted(
            "trunk-other-name",
            "Trunk is another name than trunk.",
            &listed("Trunk", &rebuilt()),
            &known,
            "Trunk",
        ),
        refused(
            "trunk-as-number",
            "The known package of trunk as 1.0.0.",
            &listed("1.0.0", &package()),
            &known,
            "1.0.0",
        ),
    ]
}
