"""Ports of this machine's loopback."""

import errno
import socket

from deploy.local.problems import Problem

LOOPBACKS = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def web_binds(port: int) -> list[str]:
    """Give the loopback addresses to serve on: `.localhost` is ::1 first for many browsers. A busy port is refused."""
    binds = []
    for family, ip in LOOPBACKS:
        match _try(family, ip, port):
            case 0:
                binds.append(f"[{ip}]:{port}" if family == socket.AF_INET6 else f"{ip}:{port}")
            case errno.EADDRINUSE:
                raise Problem(
                    f"Port {port} is used by another program: stop it, or choose another port (make demo PORT=8001)."
                )
            case errno.EACCES | errno.EPERM:
                raise Problem(f"Port {port} is reserved to root: choose another one (make demo PORT=8000).")
    if not binds:
        raise Problem("This machine has no loopback network: 127.0.0.1 cannot be used.")
    return binds


def free_port(preferred: int) -> int:
    """Give the first free port from `preferred` on; any free one from 0."""
    if preferred == 0:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            return int(probe.getsockname()[1])
    for port in range(preferred, preferred + 100):
        if _try(socket.AF_INET, "127.0.0.1", port) == 0:
            return port
    raise Problem(f"No port is free between {preferred} and {preferred + 99}.")


def _try(family: int, ip: str, port: int) -> int:
    """Bind and let go; give the error's number, 0 when the port is free."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((ip, port))
    except OSError as error:
        return error.errno or errno.EIO
    return 0
