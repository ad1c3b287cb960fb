"""The top of the house: configuration, settings, addresses, servers and the `bulaq` command line. Holds no logic."""
