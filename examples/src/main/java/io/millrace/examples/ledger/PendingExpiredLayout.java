package io.millrace.examples.ledger;

/**
 * The {@code PENDING_EXPIRED} event, little-endian: the timeout of a pending transfer was reached. The released amount leaves
 * the pending balances, and what the transfer closed is open again.
 *
 * <pre>
 *   0              16              32               48                64          72              74    80
 *  +--------------+---------------+----------------+-----------------+-----------+---------------+-----+
 *  |  pending id  | debit account | credit account | released amount | timestamp | pending flags |  0  |
 *  +--------------+---------------+----------------+-----------------+-----------+---------------+-----+
 * </pre>
 */
final class PendingExpiredLayout {
    static final int PENDING_ID = 0;
    static final int DEBIT_ACCOUNT = 16;
    static final int CREDIT_ACCOUNT = 32;
    static final int RELEASED = 48;
    static final int TIMESTAMP = 64;
    static final int PENDING_FLAGS = 72;
    static final int RESERVED = 74;

    static final int LENGTH = 80;

    private PendingExpiredLayout() {}
}
