//! The long help of the commands.

use fedverify::tables::{InputName, Kind};

/// What is below the help of the whole command.
pub(super) const ALL: &str = "\
Exit status:
  0  verified
  1  rejected: something was judged and refused; the report names the code
  2  could not verify: wrong usage, a file that cannot be read, or a server
     that does not answer

The verdict goes to standard error, with the steps up to a failure. Results (a history, a comparison, a catalogue) go to \
standard output. With --json, exactly one JSON report goes to standard output, and nothing else is written; only wrong usage has a \
message on standard error instead. A file named - is standard input; only one input can be.

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
Verifies the log and shows each operation on standard output: when the directory accepted it, how serious it is (grave: who \
controls the identity; serious: who signs for it; minor: where it is found and what it is called), what it changed, which key signed \
it, whether it was undone, and until when and by which keys it can still be undone. The times are not signed. A log that is refused \
is not shown, and nothing is remembered.

With a pin, everything new since the last visit is marked, and a log that contradicts the pin is refused. For a DID, the pin that \
`fedverify verify` keeps is used, if there is one; a pin named with --pin must exist. With --json, all of this is in \
identity.history and identity.contestable of the report; new operations have the time of this run as firstSeen. A log without times \
counts as first seen in this run, so its operations count as undoable for another 72 hours.

Examples:
  fedverify log show did:plc:…
  fedverify log show log.json --pin pin.json
  fedverify log show log.json --json | jq '.identity.history[].key'";

pub(super) const LOG_DIFF: &str = "\
Verifies both logs as logs of the same identity, and shows the operations that only one of them has. A log lawfully continues the \
other if it starts with all of its operations, with the same times. Anything else is a fork, or a directory that rewrote times. \
One of the two may be a DID; its log is then fetched.

With --json, one object (schema/log-diff.v1.json): schema (fedverify/log-diff/v1), verdict, relation (of B to A: equal, ahead, behind, fork, rewritten or \
unknown; null if either was not verified), error, the CIDs in onlyFirst, onlySecond, nullifiedInOne (undone in one of them) and rewritten, and the reports first \
and second.

Exit status:
  0  they match, or one lawfully continues the other
  1  they contradict each other, or one was refused
  2  could not verify: a log cannot be read, or one log is bare and does not
     show whether it undid operations of the other

Examples:
  fedverify log diff yesterday.json today.json
  curl -s https://mirror.example/did:plc:…/log/audit |
    fedverify log diff did:plc:… -";

/// On one line it is wider than a terminal.
pub(super) const PACKAGE_USAGE: &str = "\
fedverify package verify [OPTIONS] --did <DID> --metadata <FILE>
         <--log <FILE>|--document <FILE>> <PACKAGE>";

pub(super) const PACKAGE: &str = "\
The identity is proven by --log (did:plc) or --document (did:web). With a did:web, its domain is trusted and nothing is \
remembered.

Examples:
  fedverify package verify plugin.zip --did did:plc:… \\
    --log log.json --metadata fair.json
  fedverify package verify plugin.zip --did did:web:a.example \\
    --document did.json --metadata fair.json";

pub(super) const VERIFY: &str = "\
Fetches the identity's log, the metadata document that the identity names, and the package; verifies them; and remembers \
them, so that the next visit notices if the log was cut back or the bytes of a version changed. The package is hashed as \
it arrives and is not stored.

Everything is fetched over https. A URL that you name yourself (--plc-url, a did:web) may lead to this machine (localhost, \
127.0.0.1, [::1]), also over http. URLs from a log, a document or a redirect must lead to the public internet: the addresses \
of a host are checked after it is looked up, and only those are connected to. --allow-private allows this machine and private \
networks everywhere; the report then lists what was contacted there. Behind a proxy, the proxy looks names up and must do \
this check.

--timeout covers the whole fetch, redirects and retries included; only bodies faster than 64 KiB/s may exceed it, and no pause \
may. Sizes are bounded by the limits logBytes, recordBytes, metadataBytes and packageBytes. Up to five redirects to the same \
scheme are followed. A busy server (429, 5xx) is asked up to three times. A fair:// alias that a DID claims is looked up in DNS; that never changes \
the verdict. Neither does the DID document, which is fetched alongside and waited for at most two seconds. Proxies are taken from ALL_PROXY, HTTPS_PROXY, HTTP_PROXY (not where REQUEST_METHOD is set, as in CGI) and \
NO_PROXY; certificate authorities from the system, or from SSL_CERT_FILE.

fair://DOMAIN is looked up first: one TXT record of _fairpm.DOMAIN must name the DID, and the identity must claim the domain in \
return, or it is refused. So DNS chooses the DID: whoever controls the DNS of the domain can name another identity, which is then verified. Only a DID is \
permanent; the step did of the report names the domain.

The document of a did:web is fetched from its host, over http if that is localhost. There is no log, so the report says \
that the trust is web, nothing is remembered, and there is no recovery window to wait for.

What is proven is remembered, whatever the verdict: the pin is replaced as soon as the log is verified, even if the package \
is then refused or cannot be fetched. If the pin cannot be written, the result is \"could not verify\", because a directory could \
take back what is not remembered.

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

pub(super) const CHECK_CHALLENGE: &str = "\
A challenge that is a JSON object is refused: its answer would be the signature of a plugin record. Make a new random challenge, such \
as a UUID, for every visit; a known one proves nothing.

With --json, one object (schema/challenge-check.v1.json) and no report: schema (fedverify/challenge-check/v1), mayBeSent, and error.

Exit status: 0 it may be sent, 1 it must not be sent. Nothing is proven before it is answered: see `fedverify pfn challenge`.

Example:
  fedverify pfn check-challenge --challenge 6f1c2a34-…";

pub(super) const BATCH: &str = "\
Each line is one of
  {\"did\", \"log\"}
      a whole audit log or bare log
  {\"did\", \"operation\", \"cid\", \"nullified\", \"createdAt\"}
      an entry of a directory's export, or of an audit log
  {\"type\": \"sequenced_op\", \"seq\", \"did\", \"operation\", \"cid\", \"createdAt\"}
      the same in its numbered form

A JSON array is not accepted; split it into lines with jq -c '.[]'.

Each log has one result on standard output, in the order of the logs' first lines: a line
  verified <DID> <CID of the head>
  rejected <DID, or line and its number> <code>: <message>
or with --json a one-line report whose member batch names the line and the DID. It has no pin, because a pin knows a log by the \
bytes that a directory served, and lines have other bytes. Totals go to standard error. A line \
that cannot be read is rejected, and the run continues. Blank lines are skipped. A line may have at most logBytes plus \
1,024 bytes.

Memory: whole logs are verified as they arrive, in constant memory. The entries of an export may come in any order; a file \
is read twice, and takes about 200 bytes for each log and 30 for each entry; from a pipe, all entries are kept. With --grouped, \
exports too take constant memory; a log whose entries are not together then has several results: its first part is verified as if \
it were all, and the rest is rejected.

The nullified flags of an export were true when each entry was exported, so which operations count is computed, and the check \
plc.flags is reported as skipped. An entry that is repeated byte for byte counts once.

Exit status: 0 all verified, 1 any rejected, 2 the input could not be read or has no log.

Examples:
  fedverify batch logs.jsonl --json > reports.jsonl
  curl -s https://plc.directory/export | fedverify batch -
  fedverify batch export.jsonl --grouped --jobs 4";

pub(super) const KEY: &str = "\
An argument that starts with did: or -----BEGIN, or with z and has only letters and digits, is the key itself. If a file has \
such a name, put ./ before it. Put -- before a PEM, which looks like an option.

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
For programs in other languages, and for conformance tests of other verifiers. The request is one JSON object:
  {\"kind\": \"fair-package\",
   \"inputs\": {\"did\": \"did:plc:…\", \"log\": {\"file\": \"log.json\"},
              \"metadata\": {\"file\": \"metadata.json\"},
              \"package\": {\"file\": \"plugin.zip\"},
              \"now\": 1767225600, \"remember\": true, \"noDowngrade\": true},
   \"limits\": {\"logBytes\": 1048576}}

A bytes input is a string or a file; a stream input is a file. A flag is true or false. A file that cannot be read is reported at \
the step that needs it. For an input that the caller itself could not read, give {\"missing\": MESSAGE} or \
{\"unreadable\": MESSAGE}. Inputs that the kind does not take are refused (api.argument). A caller can refuse its own request with \
the member refuse, a MESSAGE that says why. Nothing is looked up, fetched or written: txt holds the TXT records, now is the only \
clock, and the report has the pin to keep if pin or remember asks for it.

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
If the request is not such an object, or names no known kind, there is no report, only a message on standard error and exit \
status 2. Otherwise there always is a report.

Examples:
  fedverify run request.json --json
  echo '{\"kind\": \"key\", \"inputs\": {\"key\": \"did:key:z…\"}}' |
    fedverify run - --json",
    );
    help
}

/// The columns that are on every terminal.
const COLUMNS: usize = 80;

/// Appends a term and its explanation, in lines of at most [`COLUMNS`], of which all but the first are indented by so many
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
