//! The commands of node/README.md, run as they are printed: the node, the publisher, and what a reader asks of them. Only the ports
//! are others, since the printed ones may be in use here, and what cargo would build is built already.

use crate::host;
use crate::running::Folder;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The blocks of commands that say that they are run here.
fn blocks() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("node/README.md")).unwrap();
    let marked =
        text.split("<!-- node/serve/tests/node/readme.rs runs this: as printed -->\n```sh\n").skip(1);
    marked.map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// A copy of what the commands find in the project, with ports of its own.
struct Place {
    folder: Folder,
    ports: [u16; 2],
}

impl Place {
    fn new() -> Place {
        let folder = Folder::new();
        let free = || TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let place = Place { folder, ports: [free(), free()] };
        std::fs::create_dir_all(place.path("examples/pfn")).unwrap();
        for name in ["plugin.json", "hello-pfn-1.0.0.zip"] {
            let example = root().join("examples/pfn").join(name);
            std::fs::copy(example, place.path("examples/pfn").join(name)).unwrap();
        }
        symlink(root().join("node"), place.path("node")).unwrap();
        std::fs::create_dir(place.path("programs")).unwrap();
        let program = PathBuf::from(host::program());
        let listen = format!("127.0.0.1:{}", place.ports[0]);
        let cargo = format!(
            "#!/bin/sh\n[ \"$1 $2 $3 $4 $5\" = 'run --release -p fedverify-node-serve --' ] || exit 99\n\
             shift 5\nexec \"{}\" \"$@\" --listen {listen}\n",
            program.display()
        );
        std::fs::write(place.path("programs/cargo"), cargo).unwrap();
        std::fs::set_permissions(place.path("programs/cargo"), std::fs::Permissions::from_mode(0o755))
            .unwrap();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn bash(&self, commands: &str) -> Command {
        let [node, publisher] = self.ports.map(|port| port.to_string());
        let commands = commands.replace("127.0.0.1:8787", &format!("127.0.0.1:{node}"));
        let commands = commands.replace("127.0.0.1:4000", &format!("127.0.0.1:{publisher}"));
        let commands = commands.replace("--port 4000", &format!("--port {publisher}"));
        let mut bash = Command::new("bash");
        let path = format!("{}:{}", self.path("programs").display(), std::env::var("PATH").unwrap());
        // A proxy would be asked for what is on this machine.
        bash.args(["-ec", &commands]).current_dir(self.folder.path()).env("PATH", path).env("NO_PROXY", "*");
        bash
    }

    /// Starts what runs until it is stopped, and gives its first lines.
    fn start(&self, commands: &str, lines: usize) -> (Running, Vec<String>) {
        // One process, which is killed as one.
        let (before, last) = commands.trim_end().rsplit_once('\n').unwrap_or(("", commands));
        let mut bash = self.bash(&format!("{before}\nexec {last}"));
        let mut child = bash.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines().take(lines);
        let said = said.map(Result::unwrap).collect();
        (Running(child), said)
    }

    /// Runs commands to their end; what they print, line by line.
    fn run(&self, commands: &str, master_key: &str) -> Vec<String> {
        let output = self.bash(commands).env("MASTER_KEY", master_key).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        said.replace("}{", "}\n{").lines().map(str::to_owned).collect()
    }
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[test]
fn the_commands_of_the_readme_do_what_it_says() {
    if !host::is_native("the README starts the native host") {
        return;
    }
    for needed in ["node", "openssl", "curl"] {
        if Command::new(needed).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err()
        {
            host::skipped(&format!("{needed} is not installed"));
            return;
        }
    }
    let [serve, publish, ask] = blocks().try_into().expect("three blocks that are run as printed");
    let place = Place::new();
    let (_node, said) = place.start(&serve, 2);
    let master_key = said[0].clone();
    assert!(said[1].starts_with("fedverify-node listens on "), "{said:?}");
    let (_publisher, said) = place.start(&publish, 4);
    let key = said[1..].join("");
    let ask = ask.replace("THE KEY, ON ONE LINE", &key);
    let said = place.run(&ask, &master_key);
    let has = |words: &[&str]| said.iter().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(has(&["\"verified\":true", "Source added and verified"]), "{said:?}");
    assert!(has(&["\"mirroredCount\":1", "\"refused\":[]"]), "{said:?}");
    assert!(has(&["\"verdict\":\"verified\"", "hello-pfn"]), "{said:?}");
    let zip = place.path("examples/pfn/hello-pfn-1.0.0.zip");
    assert_eq!(std::fs::read(place.path("hello-pfn.zip")).unwrap(), std::fs::read(&zip).unwrap());
    // "Change a byte in the publisher's archive and subscribe again: the plugin is refused, and the page says why."
    let mut changed = std::fs::read(&zip).unwrap();
    let comment_length = changed.len() - 2;
    changed[comment_length] = 1;
    changed.push(b'x');
    std::fs::write(&zip, changed).unwrap();
    let again: Vec<&str> = ask
        .lines()
        .filter(|line| {
            line.starts_with("call()") || line.starts_with("KEY=") || line.contains("call subscribe")
        })
        .collect();
    let page = "curl -sS http://127.0.0.1:8787/";
    let said = place.run(&format!("{}\n{page}", again.join("\n")), &master_key).join("\n");
    assert!(said.contains("pin.release_changed"), "{said}");
    assert!(said.contains("other bytes came for this version later, and were refused"), "{said}");
}
