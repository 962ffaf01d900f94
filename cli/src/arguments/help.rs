//! The long help of the commands.

use fedverify::tables::{InputName, Kind};

/// What is below the help of the whole command.
pub(super) const ALL: &str = "\
Exit status:
  0  verified
  1  rejected: something was judged and refused; the report names the code
  2  could not verify: wrong usage, a file that cannot be read, or a server
     that does not answer

The verdict goes to standard error, with the steps up to a failure; what was asked for (a history, a comparison, a catalogue) to \
standard output. With --json, exactly one report in JSON goes to standard output, and nothing anywhere else. A file named - is \
standard input, which only one input can be.

Examples:
  fedverify verify did:plc:…
  fedverify package verify plugin.zip --did did:plc:… \\
    --log log.json --metadata fair.json
  fedverify log show did:plc:…
  fedverify pfn plugin --key publisher.pem --plugin plugin.json";

pub(super) const LOG: &str = "\
Examples:
  fedverify log verify log.json --did did:plc:z72i7hdynmk6r22z27h6tvur
  curl -s https://plc.directory/did:plc:…/log/audit |
    fedverify log verify - --did did:plc:… --json";

pub(super) const LOG_SHOW: &str = "\
Verifies the log, and shows each operation on standard output: when the directory accepted it, how grave it is (grave: who controls \
the identity; serious: who signs for it; minor: where it is found and what it is called), what it changed, by which key, whether it \
was undone, and until when and by whom it can still be undone. The times are not signed. A log that is refused is not shown, \
and nothing is remembered.

With a pin, what is new since the visit that it remembers is marked, and a log that contradicts it is refused. For a DID, the pin is \
the one that `fedverify verify` keeps, where there is one; a pin that is named must be there. With --json the report has all of it, \
in identity.history and identity.contestable: what is new has this run's time as its firstSeen. A log without times counts as seen \
first at this run, so what it holds can be undone for another 72 hours, by what is known.

Examples:
  fedverify log show did:plc:…
  fedverify log show log.json --pin pin.json
  fedverify log show log.json --json | jq '.identity.history[].key'";

pub(super) const LOG_DIFF: &str = "\
Verifies both logs, as logs of the same identity, and shows the operations that only one of them has. One lawfully continues the \
other where the earlier one is the start of the later one, operation for operation, with the same times. Anything else is a fork, or \
a directory that rewrote times. One of the two may be a DID, whose log is then fetched.

With --json, one object (schema/log-diff.v1.json): schema (fedverify/log-diff/v1), verdict, relation (how B stands to A: equal, ahead, behind, fork, rewritten \
or unknown; null where one was not verified), error, the CIDs in onlyFirst, onlySecond, undone and rewritten, and the reports first \
and second.

Exit status:
  0  they say the same, or one lawfully continues the other
  1  they contradict each other, or one was refused
  2  could not tell: a log that cannot be read, or a bare log, which does not
     show what was undone, beside one that it may have undone

Examples:
  fedverify log diff yesterday.json today.json
  curl -s https://mirror.example/did:plc:…/log/audit |
    fedverify log diff did:plc:… -";

/// On one line it is wider than a terminal.
pub(super) const PACKAGE_USAGE: &str = "\
fedverify package verify [OPTIONS] --did <DID> --metadata <FILE>
         <--log <FILE>|--document <FILE>> <PACKAGE>";

pub(super) const PACKAGE: &str = "\
The identity is proven by --log (did:plc) or --document (did:web, whose domain is then trusted, and of which nothing is \
remembered).

Examples:
  fedverify package verify plugin.zip --did did:plc:… \\
    --log log.json --metadata fair.json
  fedverify package verify plugin.zip --did did:web:a.example \\
    --document did.json --metadata fair.json";

pub(super) const VERIFY: &str = "\
Fetches the identity's log, the metadata document that the identity names, and the package; verifies them; and remembers \
them, so that the next visit notices a log that was cut back and a version whose bytes changed. The package is hashed as \
it arrives and is not stored.

Everything is fetched over https. A URL that you name yourself (--plc-url, a did:web) may lead to this machine (localhost, \
127.0.0.1, [::1]), then also over http. URLs that a log, a document or a redirect names must lead to the public internet: \
the addresses of a host are judged when it was looked up, and only those are connected to. --allow-private lets them all lead \
to this machine and into private networks, and the report then names what was reached there. Through a proxy, names are the \
proxy's to judge.

Each fetch ends after --timeout, redirects and tries included, however slowly its bytes come; only a body that arrives at 64 KiB \
a second or more may take longer, and may not be silent for longer. Sizes are bounded by the limits logBytes, recordBytes, metadataBytes and packageBytes. Up to \
five redirects to the same scheme are followed. A busy server (429, 5xx) is asked up to three times. A fair:// alias is looked up \
in DNS; that never changes the verdict, and neither does the DID document, which is fetched beside the rest and waited for at \
most two seconds. Proxies are taken from ALL_PROXY, HTTPS_PROXY, HTTP_PROXY (not where REQUEST_METHOD is set, as in CGI) and \
NO_PROXY; certificate authorities from the system, or from SSL_CERT_FILE.

A name fair://DOMAIN is looked up first: one TXT record of _fairpm.DOMAIN must name the DID, and the identity of that DID must claim \
the domain, or it is refused. Whoever controls the DNS of a domain can let it name another identity: only a DID names one for good.

The document of a did:web is fetched from its host, over http if that is localhost. There is no log: the report says that \
the trust is web, nothing is remembered, and there is no recovery window to wait for.

What is proven is remembered, whatever the verdict: the pin is replaced as soon as the log was verified, also where the \
package is then refused or cannot be fetched. If it cannot be written, the result is \"could not verify\": what is not \
remembered could be undone.

Examples:
  fedverify verify did:plc:…
  fedverify verify fair://publisher.example --verbose
  fedverify verify did:plc:… --release 1.0.3 --package plugin.zip --json
  fedverify verify did:plc:… \\
    --plc-url https://plc.directory --plc-url https://mirror.example";

pub(super) const PLUGIN: &str = "\
Example:
  fedverify pfn plugin --key publisher.pem --plugin plugin.json \\
    --archive plugin.zip";

/// On one line it is wider than a terminal.
pub(super) const CHALLENGE_USAGE: &str = "\
fedverify pfn challenge [OPTIONS] --key <FILE> --challenge <TEXT>
         --signature <BASE64>";

pub(super) const CHALLENGE: &str = "\
Example:
  fedverify pfn challenge --key publisher.pem \\
    --challenge 6f1c2a34-… --signature MEUC…";

pub(super) const BATCH: &str = "\
Each line is one of
  {\"did\", \"log\"}
      a whole audit log or bare log
  {\"did\", \"operation\", \"cid\", \"nullified\", \"createdAt\"}
      an entry of a directory's export, or of an audit log
  {\"type\": \"sequenced_op\", \"seq\", \"did\", \"operation\", \"cid\", \"createdAt\"}
      the same in its numbered form

A JSON array is not accepted; jq -c '.[]' makes lines of it.

There is one result for each log on standard output, in the order of the logs' first lines: a line
  verified <DID> <CID of the head>
  rejected <DID, or line and its number> <code>: <message>
or with --json a report on one line, whose member batch names the line and the DID. Totals go to standard error. A line \
that cannot be read is rejected, and the run goes on. Blank lines are skipped. No line may be longer than the limit \
logBytes (and 1,024 bytes for what is around the log).

Memory: whole logs are verified as they come, in constant memory however long the input is. The entries of an export may \
come in any order of identities; a file of them is read twice, and about 200 bytes are kept for each log and 30 for each \
entry; from a pipe all entries are kept. With --grouped they too are verified in constant memory; a log whose entries are \
not together then has several results: its first part as if it were all, and the rest rejected.

The flags of exported entries were true when each entry was exported. Which operations count is computed, and the check \
plc.flags is reported as skipped. An entry that is repeated byte for byte counts once.

Exit status: 0 all verified, 1 any rejected, 2 the input could not be read or has no log.

Examples:
  fedverify batch logs.jsonl --json > reports.jsonl
  curl -s https://plc.directory/export | fedverify batch -
  fedverify batch export.jsonl --grouped --jobs 4";

pub(super) const KEY: &str = "\
Example:
  fedverify key did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme";

pub(super) const COMPLETIONS: &str = "\
Example:
  fedverify completions bash > /usr/share/bash-completion/completions/fedverify";

pub(super) const MAN: &str = "\
Example:
  fedverify man /usr/share/man/man1";

/// The help of `run`, whose list of inputs is core's.
pub(super) fn run() -> String {
    let mut help = "\
For programs: other languages, and conformance tests that compare another verifier with this one. The request is one JSON \
object:
  {\"kind\": \"fair-package\",
   \"inputs\": {\"did\": \"did:plc:…\", \"log\": {\"file\": \"log.json\"},
              \"metadata\": {\"file\": \"metadata.json\"},
              \"package\": {\"file\": \"plugin.zip\"},
              \"now\": 1767225600, \"noDowngrade\": true},
   \"limits\": {\"logBytes\": 1048576}}

An input of bytes is a string, or the content of a file; a stream is a file. A flag is true or false. An input that is not \
given is absent. A file that cannot be read is reported when the step that wants it is reached; what the caller could not \
read itself is {\"missing\": MESSAGE} or {\"unreadable\": MESSAGE}. What a kind does not take is refused (api.argument), and \
so is a request with a member refuse, a MESSAGE that says why the caller cannot use it. Nothing is looked up, fetched or \
written: txt are the TXT records, now is the only clock, and the pin to keep is in the report.

Kinds and their inputs:
"
    .to_owned();
    for kind in Kind::ALL {
        let inputs = kind.inputs().map(InputName::as_str).collect::<Vec<_>>().join(", ");
        hang(&mut help, &format!("  {kind}:"), &inputs, 6);
    }
    help.push_str("\nInputs:\n");
    for name in InputName::ALL {
        let of_type = name.input_type().as_str();
        hang(&mut help, &format!("  {:<19} {of_type:<7}", name.as_str()), name.meaning(), 30);
    }
    help.push_str(
        "
A request that is not such an object, or that names no known kind, has no report: exit status 2, and a message on \
standard error. There is always a report otherwise.

Examples:
  fedverify run request.json --json
  echo '{\"kind\": \"key\", \"inputs\": {\"key\": \"did:key:z…\"}}' |
    fedverify run - --json",
    );
    help
}

/// The columns that are on every terminal.
const COLUMNS: usize = 80;

/// Appends a term and what is said of it, in lines of at most [`COLUMNS`], of which all but the first are indented by so many
/// columns.
fn hang(help: &mut String, term: &str, words: &str, indent: usize) {
    let mut line = term.to_owned();
    for word in words.split(' ') {
        let is_full = line.chars().count().saturating_add(word.chars().count()) >= COLUMNS;
        if is_full {
            help.push_str(&line);
            help.push('\n');
            line = " ".repeat(indent.saturating_sub(1));
        }
        line.push(' ');
        line.push_str(word);
    }
    help.push_str(&line);
    help.push('\n');
}
