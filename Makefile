# Two commands: `make run` and `make test`. Each sets up what it needs.
.DEFAULT_GOAL := run
