//! Writes the conformance corpus, the examples, and big input for measurements.

use fedverify_kit::batch::{self, Catalogue, Form};
use fedverify_kit::chain;
use fedverify_kit::codes::Account;
use fedverify_kit::disk::{apply, differences, project_root};
use fedverify_kit::play::{LIES, Lie, PORT};
use fedverify_kit::publish::{self, Released};
use fedverify_kit::server::Server;
use fedverify_kit::{FOLDERS, KEPT, KeyPair, generated};
use std::io::{self, BufWriter};
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: fedverify-kit generate [--check]
       fedverify-kit batch <LOGS> [--entries | --hosts <COUNT>]
       fedverify-kit chain <OPERATIONS> <secp256k1|p256>
       fedverify-kit turnover <OPERATIONS> <KEYS>
       fedverify-kit shapes <FOLDER>
       fedverify-kit seeds <FOLDER>
       fedverify-kit codes
       fedverify-kit play [--port <PORT>] [--lie <LIE>]
       fedverify-kit sign <KEY> <DID> <VERSION> <URL> <FILE>...

generate  Writes tests/corpus and examples. With --check it writes nothing, prints what differs, and exits with 1 if
          anything does.
batch     Prints so many logs of one to five operations as JSON lines, one log per line or one entry per line. Each is signed by
          a key of its own, or by that of one of so many hosts.
chain     Prints the log of an ordinary identity of so many operations, signed by one key of this curve.
turnover  Prints the log of an identity that replaces so many keys with each of so many operations.
shapes    Writes documents of the greatest size into a folder, each full of what costs a reader most, and requests.json.
seeds     Writes the corpus as seeds of the fuzz targets (fuzz/run.sh), a folder for each, and a dictionary.
codes     Prints which test reaches each code and each warning in each binding: so many cases of the corpus, a test of its own, or
          why the binding cannot come to it. Exits with 1 if one is missing or a test is not there.
play      Plays the servers of the FAIR example on 127.0.0.1, port 8137, until it is interrupted, and prints a command to
          try them with. With a lie (`--lie help` lists them) one of the servers tells it.
sign      Prints the FAIR metadata document of a release, with a signature of each file by this Ed25519 key, a PEM file. The
          files will be found below the URL.

Exit status: 0, or 1 where --check or codes found a fault, or 2 where something else went wrong. `play` ends by a signal.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["generate"] => generate(false),
        ["generate", "--check"] => generate(true),
        ["batch", logs] => batch(logs, Form::Logs, None),
        ["batch", logs, "--entries"] => batch(logs, Form::Entries, None),
        ["batch", logs, "--hosts", hosts] => batch(logs, Form::Logs, Some(hosts)),
        ["chain", operations, curve] => ordinary(operations, curve),
        ["turnover", operations, keys] => turnover(operations, keys),
        ["shapes", folder] => fedverify_kit::shapes::write(Path::new(folder)).map(|()| ExitCode::SUCCESS),
        ["seeds", folder] => seeds(Path::new(folder)),
        ["codes"] => codes(),
        ["play", ref options @ ..] => play(options),
        ["sign", key, did, version, url, ref files @ ..] if !files.is_empty() => {
            sign(key, did, version, url, files)
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("fedverify-kit: {error}");
            ExitCode::from(2)
        }
    }
}

fn batch(logs: &str, form: Form, hosts: Option<&str>) -> io::Result<ExitCode> {
    let logs = logs.parse().map_err(io::Error::other)?;
    let hosts = hosts.map(str::parse).transpose().map_err(io::Error::other)?;
    batch::write(&mut BufWriter::new(io::stdout().lock()), Catalogue { logs, form, hosts })?;
    Ok(ExitCode::SUCCESS)
}

fn ordinary(operations: &str, curve: &str) -> io::Result<ExitCode> {
    let key = match curve {
        "secp256k1" => KeyPair::k256("ordinary"),
        "p256" => KeyPair::p256("ordinary"),
        _ => return Err(io::Error::other("expected the curve secp256k1 or p256")),
    };
    println!("{}", chain::ordinary(operations.parse().map_err(io::Error::other)?, &key).audit());
    Ok(ExitCode::SUCCESS)
}

fn turnover(operations: &str, keys: &str) -> io::Result<ExitCode> {
    let [operations, keys] = [operations, keys].map(|count| count.parse().map_err(io::Error::other));
    println!("{}", chain::turnover(operations?, keys?).audit());
    Ok(ExitCode::SUCCESS)
}

fn sign(key: &str, did: &str, version: &str, url: &str, files: &[&str]) -> io::Result<ExitCode> {
    let key = publish::read_key(&std::fs::read_to_string(key)?).map_err(io::Error::other)?;
    let released = |path: &&str| -> io::Result<Released> {
        let name = Path::new(path).file_name().ok_or_else(|| io::Error::other("expected files"))?;
        Ok((name.to_string_lossy().into_owned(), std::fs::read(path)?))
    };
    let files = files.iter().map(released).collect::<io::Result<Vec<_>>>()?;
    print!("{}", publish::signed(&key, did, version, url, &files).pretty());
    Ok(ExitCode::SUCCESS)
}

fn seeds(folder: &Path) -> io::Result<ExitCode> {
    for (path, bytes) in fedverify_kit::seeds::files() {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, bytes)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn codes() -> io::Result<ExitCode> {
    let account = Account::read(&project_root())?;
    println!("{account}");
    let faults = account.faults();
    for fault in &faults {
        eprintln!("{fault}");
    }
    Ok(ExitCode::from(u8::from(!faults.is_empty())))
}

fn play(options: &[&str]) -> io::Result<ExitCode> {
    let (mut port, mut lie) = (PORT, None);
    for option in options.chunks(2) {
        match *option {
            ["--port", number] => port = number.parse().map_err(io::Error::other)?,
            ["--lie", "help"] => return Ok(list_lies()),
            ["--lie", name] => {
                let unknown =
                    || io::Error::other(format!("no lie is called {name:?}; --lie help lists them"));
                lie = Some(Lie::named(name).ok_or_else(unknown)?);
            }
            _ => return Err(io::Error::other("expected --port PORT or --lie LIE")),
        }
    }
    let (server, did) = Server::start_with(port, |server| fedverify_kit::play::play(server, lie))?;
    let directory = server.url("");
    println!("fedverify verify {did} --plc-url {directory} --allow-private --pin hello-fair.pin.json");
    match lie {
        Some(Lie { what, ends: (status, code), .. }) => {
            eprintln!("A lie: {what}. Exit status {status}, {code}. Ctrl-C ends the servers.");
        }
        None => eprintln!("The servers are honest. Ctrl-C ends them."),
    }
    loop {
        std::thread::park();
    }
}

fn list_lies() -> ExitCode {
    for Lie { name, what, ends: (status, code), .. } in LIES {
        println!("{name:<9} {what} ({status}, {code})");
    }
    ExitCode::SUCCESS
}

fn generate(check: bool) -> std::io::Result<ExitCode> {
    let (root, tree) = (project_root(), generated());
    let found = differences(&root, &tree, &FOLDERS, &KEPT)?;
    for difference in &found {
        println!("{difference}");
    }
    if check {
        return Ok(ExitCode::from(u8::from(!found.is_empty())));
    }
    apply(&root, &tree, &found)?;
    eprintln!("{} files, {} written or removed", tree.len(), found.len());
    Ok(ExitCode::SUCCESS)
}
