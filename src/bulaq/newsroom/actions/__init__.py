"""The acts of the newsroom: every write, one function each, in modules named after what they change.

An act takes values (ids, texts, times), runs in one transaction, writes its follow-up work into the outbox of that
transaction, and raises `ActRefused` with a reason for people when it may not happen. Desk, command line, importer
and scheduler all call these; none of them writes by itself.
"""
