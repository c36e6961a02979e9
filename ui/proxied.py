"""A request as it was sent, where a proxy passed it on. What a proxy says of it (X-Forwarded-For, -Proto) is
believed of those that are named only; else it is left out, so that nothing behind takes it for true."""

import ipaddress
from collections.abc import Sequence

from starlette.types import Scope

_SAID = (b"x-forwarded-", b"forwarded", b"x-real-ip", b"x-gradio-server")


def seen(scope: Scope, proxies: Sequence[str] = (), root: str = "") -> Scope:
    """The scope with the sender's address and scheme, without the path's beginning `root`, which a proxy may
    take away itself; `hoibao.passed`: whether a named proxy passed it on."""
    client = scope.get("client")
    passed = client is not None and _bare(client[0]) in proxies
    headers = [(name, value) for name, value in scope["headers"] if not name.startswith(_SAID)]
    found = {**scope, "headers": headers, "scheme": "http", "hoibao.passed": passed}
    if passed:
        if _last(scope, b"x-forwarded-proto") == "https":
            found["scheme"] = "https"
        if sender := _bare(_last(scope, b"x-forwarded-for")):
            found["client"] = (sender, 0)
    path = scope["path"]
    if root and (path == root or path.startswith(f"{root}/")):
        found["path"] = path[len(root) :] or "/"
        found["raw_path"] = found["path"].encode("utf-8", "replace")
    return found


def _last(scope: Scope, header: bytes) -> str:
    """The last value of a header: what comes before was said by the sender."""
    values = [value for name, value in scope["headers"] if name == header]
    return values[-1].decode("latin-1").rpartition(",")[2].strip() if values else ""


def _bare(address: str) -> str:
    """An address as it is compared, "" where it is none: of IPv4 in IPv6 the former."""
    try:
        found = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found)
