"""Gives the package's metadata the runtime requirements, so that they are written down once."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RuntimeRequirements(MetadataHookInterface):
    """Reads runtime.in, and s3.in for the extra `bulaq[s3]`; the locks with hashes are for installing, these are the bounds."""

    def update(self, metadata: dict) -> None:
        build_only = {"hatchling", "editables"}
        metadata["dependencies"] = [line for line in self._wanted("runtime") if line not in build_only]
        metadata["optional-dependencies"] = {"s3": self._wanted("s3")}

    def _wanted(self, kind: str) -> list[str]:
        text = (Path(self.root) / "requirements" / f"{kind}.in").read_text(encoding="utf-8")
        lines = [line.split("#")[0].strip() for line in text.splitlines()]
        return [line for line in lines if line and not line.startswith("-")]
