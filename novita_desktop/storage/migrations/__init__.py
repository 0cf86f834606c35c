"""The steps that build the data file: one module each, frozen once released.

A step has one function, `upgrade(connection)`, in plain SQL. It imports nothing of ours, so that
it means the same for ever, and it runs inside a transaction that its caller owns.
"""
