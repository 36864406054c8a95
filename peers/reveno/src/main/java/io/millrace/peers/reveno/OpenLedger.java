package io.millrace.peers.reveno;

/** Command and transaction action in one: the first of a journal, which makes the ledger. */
record OpenLedger(int accounts) {}
