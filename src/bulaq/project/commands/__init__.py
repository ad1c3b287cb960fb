"""The sub-commands of `bulaq`: each module has `HELP`, `add_arguments(parser)` and `run(arguments) -> exit code`."""
