"""The diagram of ties between groups, laid out without a browser."""
