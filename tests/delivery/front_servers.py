"""The servers that stand beside a newsroom, for real: Varnish in front, Valkey (or Redis) between machines."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.running_newsroom import free_port

from bulaq.delivery.front import varnish_configuration


def has_xkey() -> bool:
    return any(Path("/usr/lib").glob("*/varnish/vmods/libvmod_xkey.so"))


@contextmanager
def running_varnish(folder: Path, *behind: int, xkey: bool, port: int = 0) -> Iterator[int]:
    """A Varnish in front of the edges at these ports; gives its own port."""
    program = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin")
    if program is None:
        pytest.skip("varnishd is not installed (Debian: varnish)")
    if xkey and not has_xkey():
        pytest.skip("vmod xkey is not installed (Debian: varnish-modules)")
    configuration = folder / "bulaq.vcl"
    configuration.write_text(varnish_configuration([("127.0.0.1", each) for each in behind], xkey), "utf-8")
    port = port or free_port()
    command = [
        program,
        "-F",
        "-f",
        str(configuration),
        "-a",
        f"127.0.0.1:{port}",
        "-n",
        str(folder / "varnish"),
    ]
    jail = [] if Path("/proc/self").owner() != "root" else ["-j", "none"]
    process = subprocess.Popen(
        [*command, "-s", "malloc,32m", *jail], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                process.poll()
        else:
            process.kill()
            raise AssertionError((process.communicate()[0] or b"").decode())
        yield port
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def running_valkey(folder: Path) -> Iterator[str]:
    """A Valkey or Redis that keeps nothing; gives its address."""
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        pytest.skip("neither valkey-server nor redis-server is installed")
    port = free_port()
    process = subprocess.Popen(
        [program, "--port", str(port), "--save", "", "--dir", str(folder)], stdout=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                process.poll()
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(60)
