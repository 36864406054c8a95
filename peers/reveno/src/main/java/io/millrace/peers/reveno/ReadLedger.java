package io.millrace.peers.reveno;

/** A command that changes nothing, and whose result is what the ledger has come to. */
record ReadLedger() {
    /** How many transfers it has applied, and a hash of its balances. */
    record State(long events, long hash) {}
}
