"""The listener: the edge's own front door, for the speed of a file server.

A server for any WSGI application spends more on one request (an environ, a thread, a callable) than the edge spends on
answering it. The listener is one thread around an epoll loop that knows one thing: a request that means the same as one it
has seen before, for a page that is still fresh, is answered with bytes that lie ready. All others go to `answering`: for pages
that may be stored to the edge, in a few threads; everything else (the desk, uploads, what is malformed only in its eyes) is
passed to the application server through a tunnel.
"""

from __future__ import annotations

import logging
import os
import select
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from bulaq.delivery import keys as surrogate_keys
from bulaq.delivery import worker_report
from bulaq.delivery.answering import Answering, Endpoint
from bulaq.delivery.cache_directives import Headers
from bulaq.delivery.client_address import TrustedProxies
from bulaq.delivery.connections import GONE, IDLE_SECONDS, IN, OUT, Connection, Connections
from bulaq.delivery.edge import Edge
from bulaq.delivery.request_head import LARGEST_HEAD, SmallRequest
from bulaq.delivery.tunnel import Tunnels, Upstream
from bulaq.delivery.worker_report import WorkerReport

_log = logging.getLogger(__name__)

HEALTH: Final = "/_/health/edge"
"""Answered by every listener: to what stands in front, a machine whose application is down still has its pages."""

_SWEEP_SECONDS: Final = 5.0
_SHUT_SECONDS: Final = 5.0
_CLOCK_SLIP: Final = 5.0


class Listener:
    """Serves ``sockets`` (listening, shared with other processes or not) until `stop`.

    ``upstream``: the application server for what the edge does not answer; None: it is told 502.
    ``endpoints``: answered in the loop, so they must not wait for anything; by path.
    ``threads``: of each of the two lanes.
    ``report_folder``: where `report` is written every second.
    """

    def __init__(
        self,
        edge: Edge,
        sockets: list[socket.socket],
        upstream: Upstream | None = None,
        endpoints: Mapping[str, Endpoint] | None = None,
        threads: int = 4,
        report_folder: Path | None = None,
    ) -> None:
        self.edge = edge
        self._proxies = TrustedProxies(edge.settings.trusted_proxies)
        self._report_folder = report_folder
        self._sockets = {sock.fileno(): sock for sock in sockets}
        self._connections = Connections()
        self._tunnels = Tunnels(self._connections, upstream, edge.renewal.outage)
        known = {HEALTH: _alive, **(endpoints or {})}
        self._answering = Answering(edge, self._connections, self._tunnels, known, threads)
        self._stopping = False
        self._latest = self._next_sweep = 0.0

    def stop(self) -> None:
        """Ends `run` when the answers under way are given; from any thread or a signal handler."""
        self._stopping = True
        self._answering.lanes.wake()

    def run(self) -> None:
        """The loop; returns after `stop`."""
        self._answering.lanes.start()
        self._listen()
        connections, poll = self._connections, self._connections.epoll.poll
        clock = self.edge.settings.clock
        answer_round = self._round()
        next_second = 0.0
        while not self._stopping:
            events = poll(1.0)
            now = connections.now = time.monotonic()
            wall = clock()
            self._mind_the_clock(wall)
            answer_round(events, now, wall)
            if now >= next_second:
                next_second = now + 1.0
                self._each_second(now)
        self._shut()

    def _round(self) -> Callable[[list[tuple[int, int]], float, float], None]:
        """Answers all that happened since the last look (events, the monotonic and the wall clock).

        What is looked at for each request stands in names of its own: it is most of what a hit costs.
        """
        connections, answering = self._connections, self._answering
        opened, send = connections.open, connections.send
        answers, words = answering.answers, self.edge.words
        known, meant, recognise = answers.known, answers.meant, answers.recognise

        def answer_round(events: list[tuple[int, int]], now: float, wall: float) -> None:
            for fd, event in events:
                connection = opened.get(fd)
                if connection is None:
                    self._not_a_connection(fd)
                    continue
                if event != IN or connection.tunnel:
                    self._uncommon(connection, event)
                    continue
                try:
                    data = connection.sock.recv(LARGEST_HEAD)
                except BlockingIOError:
                    continue
                except OSError:
                    data = b""
                target = known.get(data)
                if target is None and (meaning := recognise(data)) is not None:
                    target = meant.get(meaning)
                if (
                    target is None
                    or connection.buffer
                    or target.until <= wall
                    or target.generation != words[2]
                ):
                    self._heard(connection, data)
                    continue
                connection.deadline = now + IDLE_SECONDS
                payload = target.payload
                answering.served += 1
                try:
                    sent = connection.sock.send(payload)
                except OSError:  # the second try tells what is the matter
                    sent = 0
                if sent != len(payload):
                    send(connection, memoryview(payload)[sent:])

        return answer_round

    def _heard(self, connection: Connection, data: bytes) -> None:
        """Something that the loop has no answer to; nothing: the reader is gone."""
        if data:
            connection.buffer += data
            self._answering.read_requests(connection)
        else:
            self._connections.close(connection)

    def _listen(self) -> None:
        epoll = self._connections.epoll
        exclusive = getattr(select, "EPOLLEXCLUSIVE", 0)
        for fd, sock in self._sockets.items():
            sock.setblocking(False)
            epoll.register(fd, IN | exclusive)
        epoll.register(self._answering.lanes, IN)

    def _mind_the_clock(self, wall: float) -> None:
        if wall < self._latest - _CLOCK_SLIP:
            # What was stored before would count as fresh for as long as the clock went back.
            _log.warning("the clock went back by %.0f s: all pages are made anew", self._latest - wall)
            self.edge.purge([surrogate_keys.everything()])
        self._latest = wall

    def _not_a_connection(self, fd: int) -> None:
        """A socket that listens has readers, or the lanes have answers."""
        if fd in self._sockets:
            for accepted in self._connections.accept(self._sockets[fd]):
                accepted.trusted = self._proxies.trusts(accepted.peer)
        elif fd == self._answering.lanes.fileno():
            self._answering.send_finished()

    def _uncommon(self, connection: Connection, event: int) -> None:
        """Whatever is not a request on a connection that waits for one."""
        connections = self._connections
        if connection.tunnel:
            # What the far end said, or that it is gone, before what goes there: only then is it known why a send fails.
            if event & (IN | GONE) and connection.body is not None:
                self._answering.bodies.receive(connection)
            elif event & (IN | GONE):
                self._tunnels.carry(connection, bool(event & GONE))
            if event & OUT and connections.is_open(connection):
                connections.flush(connection)
            return
        if event & OUT:
            connections.flush(connection)
            if not connections.is_open(connection):
                return
            if not connection.outgoing:
                self._answering.read_requests(connection)
        if event & GONE:
            # An answer may still be waiting on a busy connection; its thread finds the socket closed.
            connections.close(connection)

    def _each_second(self, now: float) -> None:
        self.edge.keep_fresh()
        if self._report_folder is not None:
            worker_report.write(self._report_folder, self.report())
        if now >= self._next_sweep:
            self._next_sweep = now + _SWEEP_SECONDS
            self._connections.sweep()

    def report(self) -> WorkerReport:
        """What this worker has done since its start, and what it holds."""
        store = self.edge.renewal.store
        return WorkerReport(
            pid=os.getpid(),
            served=self._answering.served,
            asked=self.edge.renewal.renders,
            ahead=self.edge.renewal.ahead,
            stored=len(store),
            bytes=store.bytes,
            generation=self.edge.table.generation,
        )

    def _shut(self) -> None:
        connections = self._connections
        for fd in self._sockets:
            connections.epoll.unregister(fd)
        end = time.monotonic() + _SHUT_SECONDS
        while time.monotonic() < end and any(c.busy or c.outgoing for c in connections.open.values()):
            for fd, event in connections.epoll.poll(0.1):
                connection = connections.open.get(fd)
                if connection is not None:
                    self._uncommon(connection, event)
                elif fd == self._answering.lanes.fileno():
                    self._answering.send_finished()
        for connection in list(connections.open.values()):
            connections.close(connection)
        connections.epoll.close()
        self._answering.lanes.close()


def _alive(_request: SmallRequest) -> tuple[str, Headers, bytes]:
    return "200 OK", [("Cache-Control", "no-store")], b"ok"
