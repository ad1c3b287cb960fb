"""Gives the package's metadata the runtime requirements, so that they are written down once."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RuntimeRequirements(MetadataHookInterface):
    """Reads requirements/runtime.in; the lock with hashes is for installing, these are the bounds."""

    def update(self, metadata: dict) -> None:
        lines = (Path(self.root) / "requirements" / "runtime.in").read_text(encoding="utf-8").splitlines()
        wanted = [line.split("#")[0].strip() for line in lines]
        build_only = {"hatchling", "editables"}
        metadata["dependencies"] = [line for line in wanted if line and line not in build_only]
