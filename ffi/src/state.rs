//! What an identity is: keys, names and services.

use crate::border::{Place, fedverify_str};
use crate::call::{given, make_optional};
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::identity::{Shared, fedverify_identity};
use crate::status::fedverify_status;
use fedverify::DidKey;
use fedverify::plc::{Service, State};
use std::sync::Arc;

/// What an identity was after an operation: its keys, names and services. Freed with `fedverify_state_free`.
pub struct fedverify_state {
    shared: Arc<Shared>,
    /// The index of the operation.
    index: usize,
}

impl fedverify_state {
    /// The state that an operation set; `None` for a tombstone.
    pub(crate) fn of_operation(shared: &Arc<Shared>, index: usize) -> Option<Self> {
        let state = fedverify_state { shared: Arc::clone(shared), index };
        state.state().is_some().then_some(state)
    }

    fn state(&self) -> Option<&State> {
        self.shared.identity.history().get(self.index)?.operation().state()
    }

    fn strings(&self, list: fn(&State) -> &[String]) -> &[String] {
        self.state().map(list).unwrap_or_default()
    }

    fn method(&self, index: usize) -> Option<(&str, &DidKey)> {
        self.state()?.verification_methods().at(index)
    }

    fn service(&self, index: usize) -> Option<(&str, &Service)> {
        self.state()?.services().at(index)
    }
}

/// What the identity is now: a new state, to be freed. Puts NULL into `state` for a deactivated identity, which has no keys,
/// no services and no names.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_state(
    identity: Option<&fedverify_identity>,
    state: Place<'_, fedverify_state>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make_optional(state, error, || {
        let identity = given(identity, "an identity")?;
        Ok(fedverify_state::of_operation(&identity.shared, identity.head))
    })
}

/// Frees a state. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_state_free(state: Option<Box<fedverify_state>>) {
    free(state);
}

/// The number of rotation keys.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_state_rotation_key_count(state: Option<&fedverify_state>) -> usize {
    look(state, |state| state.strings(State::rotation_keys).len())
}

/// A rotation key as a did:key, by authority: index 0 has the highest. Absent past the end. Valid until the state is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_state_rotation_key(
    state: Option<&fedverify_state>,
    index: usize,
) -> fedverify_str {
    look(state, |state| fedverify_str::from_list(state.strings(State::rotation_keys), index))
}

/// The number of verification methods.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_state_verification_method_count(state: Option<&fedverify_state>) -> usize {
    look(state, |state| state.state().map_or(0, |state| state.verification_methods().len()))
}

/// The id of a verification method, without `#`, such as `fair`; in canonical order, shorter ids first. Absent past the
/// end. Valid until the state is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_state_verification_method_id(
    state: Option<&fedverify_state>,
    index: usize,
) -> fedverify_str {
    look(state, |state| fedverify_str::from_optional(state.method(index).map(|(id, _)| id)))
}

/// The key of a verification method as a did:key; absent past the end. Valid until the state is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_state_verification_method_key(
    state: Option<&fedverify_state>,
    index: usize,
) -> fedverify_str {
    look(state, |state| fedverify_str::from_optional(state.method(index).map(|(_, key)| key.as_str())))
}

/// The number of names that the identity claims.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_state_also_known_as_count(state: Option<&fedverify_state>) -> usize {
    look(state, |state| state.strings(State::also_known_as).len())
}

/// A name that the identity claims, a URI. A claim: anyone can claim any name. Absent past the end. Valid until the state
/// is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_state_also_known_as(
    state: Option<&fedverify_state>,
    index: usize,
) -> fedverify_str {
    look(state, |state| fedverify_str::from_list(state.strings(State::also_known_as), index))
}

/// The number of services.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_state_service_count(state: Option<&fedverify_state>) -> usize {
    look(state, |state| state.state().map_or(0, |state| state.services().len()))
}

/// The id of a service, without `#`; in canonical order, shorter ids first. Absent past the end. Valid until the state is
/// freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_state_service_id(state: Option<&fedverify_state>, index: usize) -> fedverify_str {
    look(state, |state| fedverify_str::from_optional(state.service(index).map(|(id, _)| id)))
}

/// The type of a service; absent past the end. Valid until the state is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_state_service_type(
    state: Option<&fedverify_state>,
    index: usize,
) -> fedverify_str {
    look(state, |state| {
        fedverify_str::from_optional(state.service(index).map(|(_, service)| service.service_type()))
    })
}

/// The URL of a service: any string, as it was signed; absent past the end. Valid until the state is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_state_service_endpoint(
    state: Option<&fedverify_state>,
    index: usize,
) -> fedverify_str {
    look(state, |state| {
        fedverify_str::from_optional(state.service(index).map(|(_, service)| service.endpoint()))
    })
}
