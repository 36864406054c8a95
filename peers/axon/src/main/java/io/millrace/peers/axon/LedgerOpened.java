package io.millrace.peers.axon;

/** The first event of the aggregate, which it needs to exist. Not measured. */
record LedgerOpened(int accounts) {}
