"""The newsroom: `models`, `actions` (every write), `queries` (every read), and the desk, an adapter over both.

An act is one function, which takes values, runs in one transaction and writes what follows it into the outbox; a query
takes values and returns frozen data. `finding` follows the outbox into search and related articles, `importing` stores what
`bulaq.intake` read, `profiles` holds what differs between editions, `addresses` spells every public address.
"""
