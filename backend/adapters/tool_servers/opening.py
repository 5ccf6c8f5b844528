"""Makes the right kind of tool server for a spec."""

import os
from collections.abc import Callable, Collection, Mapping

from backend.adapters.tool_servers.http_server import HttpToolServer
from backend.adapters.tool_servers.mcp_server import McpToolServer
from backend.domain.tool_server import AnyServer, HttpServerSpec
from backend.ports import ToolServer

__all__ = ["opener"]


def opener(allowed: Collection[str], environ: Mapping[str, str] = os.environ) -> Callable[[AnyServer], ToolServer]:
    """What opens servers.

    Args:
        allowed: hosts that the deployment allows at most; empty means that the store decides.
        environ: where secrets and addresses are looked up.
    """
    hosts = frozenset(host.lower() for host in allowed)

    def open_server(spec: AnyServer) -> ToolServer:
        if isinstance(spec, HttpServerSpec):
            return HttpToolServer(spec, hosts, environ)
        return McpToolServer(spec, hosts, environ)

    return open_server
