//! The tables of the core in PHP: `php/src/Core/Tables/`, a class for each.

use crate::Output;
use crate::php_class::{Constant, file};
use crate::tables::{self, Table};
use fedverify::tables::{Check, InputName, InputType, Kind, PackageType};
use fedverify::{Code, Limits};

const NAMESPACE: &str = "FedVerify\\Core\\Tables";

/// Every file.
pub(crate) fn outputs() -> Vec<Output> {
    vec![
        names("ChangeKind", &tables::change_kinds(), Vec::new()),
        names("Check", &tables::checks(), vec![meanings_of_checks()]),
        codes(),
        names("Gravity", &tables::gravities(), Vec::new()),
        names("InputName", &tables::inputs(), vec![types_of_inputs(), limits_of_inputs()]),
        names("InputType", &input_types(), Vec::new()),
        names("Kind", &tables::kinds(), vec![inputs_of_kinds()]),
        limits(),
        names("OperationType", &tables::operation_types(), Vec::new()),
        names("Outcome", &tables::outcomes(), Vec::new()),
        names("PackageType", &tables::package_types(), vec![names_of_package_types()]),
        names("SignatureForm", &tables::signature_forms(), Vec::new()),
        names("StatePart", &tables::state_parts(), Vec::new()),
        names("Trust", &tables::trust(), Vec::new()),
        names("Verdict", &tables::verdicts(), Vec::new()),
    ]
}

/// A class whose constants are the strings of a table, with what else is known of them.
fn names(name: &str, table: &Table, more: Vec<Constant>) -> Output {
    let strings = table.entries.iter().map(|entry| Constant::string(entry.value)).collect::<Vec<_>>();
    output(name, table.about, &[strings, more].concat())
}

fn output(name: &str, about: &str, constants: &[Constant]) -> Output {
    Output::new(&format!("php/src/Core/Tables/{name}.php"), file(NAMESPACE, name, about, constants))
}

fn meanings_of_checks() -> Constant {
    let rows = Check::ALL.iter().map(|check| (check.as_str(), check.meaning()));
    Constant::strings("MEANINGS", "What a report says of a step that passed.", rows)
}

fn names_of_package_types() -> Constant {
    Constant::list("ALL", "All of them.", PackageType::NAMES)
}

fn codes() -> Output {
    let meanings = Code::ALL.iter().map(|code| (code.as_str(), code.meaning()));
    let remedies = Code::ALL.iter().map(|code| (code.as_str(), code.remedy()));
    let undetermined = Code::ALL.iter().filter(|code| code.is_undetermined()).map(|code| code.as_str());
    let constants = [
        Constant::strings("MEANINGS", "What each code means.", meanings),
        Constant::strings("REMEDIES", "What whoever meets a code can do about it.", remedies),
        Constant::list(
            "UNDETERMINED",
            "The codes that say that nothing could be judged.",
            &undetermined.collect::<Vec<_>>(),
        ),
    ];
    output(
        "Codes",
        "What is known of the stable codes of errors: the strings of FedVerify\\Code.",
        &constants,
    )
}

fn limits() -> Output {
    let limits = Limits::default();
    let value = |name| limits.get(name).expect("the name is of the table").to_string();
    let rows = Limits::NAMES.iter().map(|name| (*name, value(name)));
    let values = Constant::expressions("VALUES", "The limit of each name.", rows);
    let meaning = |name| Limits::meaning(name).expect("the name is of the table");
    let rows = Limits::NAMES.iter().map(|name| (*name, meaning(name)));
    let meanings = Constant::strings("MEANINGS", "What each limit counts.", rows);
    output("LimitDefaults", "The limits where the caller sets none.", &[values, meanings])
}

const INPUT_TYPES: [InputType; 5] =
    [InputType::Bytes, InputType::String, InputType::Number, InputType::Flag, InputType::Stream];

fn input_types() -> Table {
    let entry = |kind: &InputType| tables::Entry { value: kind.as_str(), meaning: String::new() };
    let entries = INPUT_TYPES.iter().map(entry).collect();
    Table { title: "Input types", name: "InputType", about: "What inputs can be.", entries }
}

fn types_of_inputs() -> Constant {
    let rows = InputName::ALL.iter().map(|name| (name.as_str(), name.input_type().as_str()));
    Constant::strings("TYPES", "The type of each input.", rows)
}

fn limits_of_inputs() -> Constant {
    let rows = InputName::ALL.iter().filter_map(|name| Some((name.as_str(), name.limit()?)));
    Constant::strings("LIMITS", "The limit on the bytes of each input that is bytes or a stream.", rows)
}

fn inputs_of_kinds() -> Constant {
    let inputs = |kind: Kind| kind.inputs().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
    let rows = Kind::ALL.iter().map(|kind| (kind.as_str(), format!("[{}]", inputs(*kind))));
    Constant::expressions("INPUTS", "The inputs that a verification of each kind takes.", rows)
}
