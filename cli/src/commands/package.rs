//! `fedverify package verify`: from the bytes of a package back to its identity.

use super::FILE_PATIENCE;
use crate::arguments::PackageVerify;
use crate::job::Job;
use crate::memory::Memory;
use fedverify::tables::{InputName, Kind};
use fedverify::{Did, Limits, Reach, Report};
use fedverify_net::Address;

pub(crate) fn verify_package(arguments: &PackageVerify, limits: &Limits, as_json: bool) -> Report {
    let mut job = Job::new(Kind::FairPackage, limits);
    job.reach(reach(&arguments.did));
    job.string(InputName::Did, &*arguments.did);
    let evidence =
        [(InputName::Log, &arguments.evidence.log), (InputName::Document, &arguments.evidence.document)];
    for (name, path) in evidence {
        if let Some(path) = path {
            job.file(name, path);
        }
    }
    job.file(InputName::Metadata, &arguments.metadata);
    job.optional(InputName::Release, arguments.release.as_deref());
    job.optional(InputName::ArtifactUrl, arguments.artifact_url.as_deref());
    job.flag(InputName::NoDowngrade, arguments.no_downgrade);
    job.flag(InputName::WaitRecoveryWindow, arguments.patience.wait_recovery_window);
    job.number(InputName::Now, arguments.clock.now());
    job.stream(InputName::Package, &arguments.package);
    let memory = Memory::open(&arguments.memory.place(as_json), &arguments.did, FILE_PATIENCE, &mut job);
    memory.report(&job)
}

/// Where an identity's own URLs may lead in a verification of files. A did:web of this machine is for trying things out, and its
/// repository is here too.
fn reach(did: &str) -> Reach {
    match did.parse() {
        Ok(Did::Web(did)) if Address::is_on_this_machine(&did.document_url()) => Reach::Loopback,
        Ok(Did::Web(_) | Did::Plc(_) | _) | Err(_) => Reach::Public,
    }
}
