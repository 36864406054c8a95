package io.millrace.peers.axon;

/** The command before all others. Not measured. */
record OpenLedger(int accounts) {}
