"""Dates as Arabic newsrooms write them: `months` names them, `calendars` converts, `writing` and `reading`."""
