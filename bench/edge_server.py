"""The edge in front of the sample site: as WSGI middleware, and (run as a program) behind its own listener.

    python -m bench.edge_server PORT [PURGE_FOLDER [APPLICATION_PORT]]

With an application's port the site runs in a process of its own. ``/_/renders`` says how often the application was asked.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.sample_site import application
from bulaq.delivery.edge import Edge
from bulaq.delivery.listener import Listener
from bulaq.delivery.listener_workers import listening_socket
from bulaq.delivery.settings import EdgeSettings
from bulaq.delivery.upstream_application import UpstreamApplication

middleware = Edge(application)

if __name__ == "__main__":
    edge = middleware
    if len(sys.argv) > 2:
        upstream = UpstreamApplication(("127.0.0.1", int(sys.argv[3]))) if len(sys.argv) > 3 else application
        edge = Edge(upstream, EdgeSettings(purge_folder=Path(sys.argv[2])))
    Listener(
        edge,
        [listening_socket("127.0.0.1", int(sys.argv[1]))],
        endpoints={"/_/renders": lambda request: ("200 OK", [], b"%d" % edge.renewal.renders)},
    ).run()
