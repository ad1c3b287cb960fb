"""What stops the worker's jobs is told once, and so is its end."""

from __future__ import annotations

import errno
import logging
import os

import pytest
from django.db.utils import OperationalError

from bulaq.project import job_failures
from bulaq.project.job_failures import JobFailures
from bulaq.project.worker import Job, Worker


@pytest.mark.django_db
def test_a_full_disk_is_one_line_however_many_jobs_it_stops_and_one_when_they_go_on(caplog):
    room = False
    tries = iter(range(1000))

    def work() -> int:
        if not room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), f"/home/{next(tries)}.new")
        return 0

    jobs = [Job("readings", 3, work), Job("imports", 3, work)]
    worker = Worker(jobs)
    for _ in range(50):
        assert [worker._run(job) for job in jobs] == [0, 0]
    assert [record.exc_info for record in caplog.records] == [False]
    assert "readings cannot be done" in caplog.text
    assert "No space left" in caplog.text
    room = True
    for job in jobs:
        worker._run(job)
    assert [record.levelno for record in caplog.records] == [logging.ERROR, logging.WARNING]
    assert not worker.failures._causes


def test_our_own_faults_come_with_their_place_and_another_reason_is_told(caplog, monkeypatch):
    failures = JobFailures()
    for error in (KeyError("headline"), KeyError("headline"), OperationalError("database is locked")):
        failures.failed("index", error)
    assert [bool(record.exc_info) for record in caplog.records] == [True, False]
    assert len(failures._causes) == 1
    monkeypatch.setattr(job_failures, "SAID_SECONDS", -1.0)
    failures.failed("index", OperationalError("database is locked"))
    assert len(caplog.records) == 3
