//! The Plugin Federation Network.

pub mod archive;
pub mod author_data;
pub mod challenge;
pub mod federation_info;
pub mod key;
pub mod plugin;
