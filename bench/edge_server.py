"""The edge in front of the sample site: as WSGI middleware, and (run as a program) behind its own listener."""

from __future__ import annotations

import sys

from bench.sample_site import application
from bulaq.delivery.edge import Edge
from bulaq.delivery.listener import Listener
from bulaq.delivery.listener_workers import listening_socket

middleware = Edge(application)

if __name__ == "__main__":
    Listener(middleware, [listening_socket("127.0.0.1", int(sys.argv[1]))]).run()
