package io.millrace.examples.ledger;

/** The state as rules see it. */
interface Books {
    /** Result of {@link #transfer}. */
    enum Found {
        ABSENT,
        BURNT,
        PRESENT
    }

    /** Copies an account, without its user data. Returns false when there is none. */
    boolean account(long idLo, long idHi, Account into);

    /** Copies the account at a position of the table, without its user data. */
    void accountAt(int ref, Account into);

    /** Copies a transfer. */
    Found transfer(long idLo, long idHi, Transfer into);

    /** Copies the transfer that {@link Transfer#pendingRef} of another names. */
    void transferAt(int ref, Transfer into);

    /** How far a transfer has come: one of {@link Phase}. */
    int phase(int transferRef);

    /** Time stamp of the newest transfer, 0 when there is none. */
    long newestTransferTimestamp();

    /** Whether an account has exactly this time stamp. */
    boolean accountHasTimestamp(long timestamp);
}
