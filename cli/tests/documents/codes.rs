//! The test kit accounts for every code and every warning of core: `cargo run -p fedverify-kit -- codes`.

use crate::root;
use fedverify::{Code, WarningCode};
use fedverify_kit::codes::Account;

#[test]
fn the_account_of_what_reaches_a_code_has_every_code_of_core() {
    let account = Account::read(&root()).unwrap();
    let told = |is_warning: bool| -> Vec<&str> {
        let entries = account.entries().iter().filter(|entry| entry.is_warning == is_warning);
        entries.map(|entry| entry.text.as_str()).collect()
    };
    assert_eq!(told(false), Code::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());
    assert_eq!(told(true), WarningCode::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());
    let names = account.entries().iter().filter(|entry| !entry.is_warning).map(|entry| entry.variant.clone());
    assert_eq!(
        names.collect::<Vec<_>>(),
        Code::ALL.iter().map(|code| format!("{code:?}")).collect::<Vec<_>>()
    );
}
