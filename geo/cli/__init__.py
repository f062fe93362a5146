"""The `presence` command: one small file per command, loaded on use."""
