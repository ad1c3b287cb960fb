"""Every benchmark, or those named: ``python -m bench [NAME…] [--rounds N] [--seconds N] [--json FILE]``.

A benchmark is a module of this package with ``TITLE``, ``run(rounds, seconds) -> dict`` and ``show(dict) -> str``.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
import traceback
from pathlib import Path

import bench


def main() -> int:
    """Returns the exit code: 0; 1 when a benchmark broke off (the others are run all the same); 2 for one that does not exist."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="benchmarks to run; all by default")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5, help="length of one run of the client")
    parser.add_argument("--json", type=Path, help="also write all figures to this file")
    options = parser.parse_args()
    found = {}
    for module in pkgutil.iter_modules(bench.__path__):
        if module.name.startswith("_") or (options.names and module.name not in options.names):
            continue
        source = Path(bench.__path__[0], f"{module.name}.py").read_text("utf-8")
        if "\nTITLE = " in source:
            found[module.name] = importlib.import_module(f"bench.{module.name}")
    unknown = set(options.names) - set(found)
    if unknown:
        print(f"no such benchmark: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    results, broken = {}, []
    for name, benchmark in sorted(found.items()):
        print(f"== {benchmark.TITLE}", flush=True)
        try:
            results[name] = benchmark.run(options.rounds, options.seconds)
        except Exception:  # a quarter of an hour of figures is not lost to one server that would not start
            broken.append(name)
            print(f"{traceback.format_exc()}", file=sys.stderr, flush=True)
            continue
        print(benchmark.show(results[name]) + "\n", flush=True)
    print(json.dumps(results))
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), "utf-8")
    if broken:
        print(f"broke off, see above: {', '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
