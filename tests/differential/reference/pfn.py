"""docs/rules/pfn.md: signed metadata, ownership challenges and what sources serve. Without archives."""

import json
import re

from . import Refused
from .curves import ed_verifies
from .encoding import base64_either
from .fair import is_host
from .keys import publisher_key
from .strict_json import read

MOST_RECORD = 1 << 20
MOST_CHALLENGE = 1024
ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def check_signature(key, message, text):
    signature = base64_either(text)
    if signature is None or len(signature) != 64:
        raise Refused("pfn.signature.encoding")
    if not ed_verifies(key, message, signature):
        raise Refused("pfn.signature.invalid")


def verify_plugin(inputs):
    """The signed members by their signed names."""
    key = publisher_key(inputs["key"].decode())
    record = read(inputs["plugin"], MOST_RECORD)
    if not isinstance(record, dict):
        raise Refused("input.wrong_type")
    return check_record(key, record, inputs.get("signature"))


def check_record(key, record, separate=None):
    members = signed_members(record)
    if not isinstance(record.get("signature"), (str, type(None))):
        raise Refused("pfn.plugin.malformed")
    signature = record.get("signature") if separate is None else separate
    if key is not None and signature is None:
        raise Refused("pfn.signature.missing")
    if key is not None:
        check_signature(key, stringify(members).encode(), signature)
    return members


def signed_members(record):
    members = {}
    for name, sources in (
        ("id", ("slug", "id")),
        ("name", ("name",)),
        ("version", ("version",)),
        ("description", ("short_description", "description")),
    ):
        source = next((source for source in sources if source in record), None)
        if source is not None:
            if not isinstance(record[source], (str, type(None))):
                raise Refused("pfn.plugin.not_text")
            members[name] = record[source]
        if name == "id" and not members.get(name):
            raise Refused("pfn.plugin.malformed")
    return members


def stringify(members):
    """"Signed metadata": what JSON.stringify writes of strings and nulls."""
    return "{" + ",".join(f'"{name}":{quoted(value)}' for name, value in members.items()) + "}"


def quoted(value):
    if value is None:
        return "null"
    escaped = [ESCAPES.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in value]
    return '"' + "".join(escaped) + '"'


def verify_challenge(inputs):
    key = publisher_key(inputs["key"].decode())
    challenge = inputs["challenge"]
    if not 1 <= len(challenge.encode()) <= MOST_CHALLENGE:
        raise Refused("pfn.challenge.malformed")
    if is_object(challenge):
        raise Refused("pfn.challenge.ambiguous")
    check_signature(key, challenge.encode(), inputs["signature"])


def is_object(text):
    """"Ambiguous challenges": by the grammar alone."""

    def no_constant(word):
        raise ValueError(word)

    try:
        # Numbers are not read: Python refuses those of thousands of digits.
        return isinstance(json.loads(text, parse_constant=no_constant, parse_int=str, parse_float=str), dict)
    except ValueError:
        return False


def author_data(inputs):
    """"author-data": the user name, and of each plugin its slug and why it is not the author's, or None."""
    document = read(inputs["document"], MOST_RECORD)
    if not isinstance(document, dict):
        raise Refused("input.wrong_type")
    plugins = document.get("plugins")
    if not isinstance(document.get("username"), str) or not isinstance(plugins, list):
        raise Refused("pfn.author_data.malformed")
    if not all(isinstance(plugin, dict) for plugin in plugins):
        raise Refused("pfn.author_data.malformed")
    slugs = [plugin.get("slug") for plugin in plugins]
    names = [slug if isinstance(slug, str) and slug else f"plugins[{place}]" for place, slug in enumerate(slugs)]
    if len(set(names)) < len(names):
        raise Refused("pfn.author_data.malformed")
    key = publisher_key(inputs["key"].decode()) if "key" in inputs else None
    return document["username"], [(plugin.get("slug"), refusal_of(key, plugin)) for plugin in plugins]


def refusal_of(key, plugin):
    try:
        for name in ("slug", "name", "version", "short_description"):
            if not isinstance(plugin.get(name), (str, type(None))):
                raise Refused("pfn.plugin.not_text")
            if plugin.get(name) is None or (name == "slug" and plugin[name] == ""):
                raise Refused("pfn.plugin.malformed")
        check_record(key, plugin)
    except Refused as refused:
        return refused.code
    return None


def federation_info(inputs):
    """"federation-info": version, features, domain and naming scheme."""
    document = read(inputs["document"], MOST_RECORD)
    if not isinstance(document, dict):
        raise Refused("input.wrong_type")
    features, asset_info = document.get("features"), document.get("assetInfo")
    if not isinstance(features, list) or not isinstance(asset_info, dict):
        raise Refused("pfn.federation_info.malformed")
    strings = [document.get("version"), asset_info.get("domain"), asset_info.get("namingScheme")]
    if not all(isinstance(value, str) for value in features + strings):
        raise Refused("pfn.federation_info.malformed")
    version, domain, scheme = strings
    return {"version": version, "features": features, "domain": domain, "namingScheme": scheme}


def asset_url(inputs):
    """"Asset URLs"."""
    info = federation_info(inputs)
    found = re.fullmatch("https://([^/:]*)(?::([1-9][0-9]{0,4}))?/?", info["domain"])
    if not found or not is_host(found[1]) or int(found[2] or 1) > 65535:
        raise Refused("pfn.asset_url.refused")
    scheme, names = info["namingScheme"], {word: inputs[word] for word in ("author", "slug")}
    segments = scheme.removeprefix("/").split("/")
    if len(scheme.encode()) > 1024 or not all(is_segment(segment, r"[A-Za-z0-9_.~+@-]+") for segment in segments):
        raise Refused("pfn.asset_url.refused")
    if "slug" in names["author"] or not all(is_segment(name, "[A-Za-z0-9_.-]{1,255}") for name in names.values()):
        raise Refused("pfn.asset_url.refused")
    parts = [segment.partition(".") for segment in segments]
    heads = [head for head, _, _ in parts]
    others = [head for head in heads if head not in names] + [rest for _, _, rest in parts]
    if heads.count("author") > 1 or any(word in other for other in others for word in names):
        raise Refused("pfn.asset_url.refused")
    path = "/".join(names.get(head, head) + dot + rest for head, dot, rest in parts)
    return info["domain"].removesuffix("/") + "/" + path


def is_segment(text, pattern):
    return re.fullmatch(pattern, text) is not None and text not in (".", "..")
