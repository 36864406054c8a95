package io.millrace.examples.ledger;

/**
 * The {@code PENDING_POSTED} and {@code PENDING_VOIDED} events, little-endian: the second phase of a transfer. The released
 * amount leaves the pending balances; a post adds the amount to the posted ones. The pending flags are those of the first
 * phase: a void reopens what it closed.
 *
 * <pre>
 *   0            16              32               48           64                80
 *  +------------+---------------+----------------+------------+-----------------+
 *  |     id     | debit account | credit account |   amount   | released amount |
 *  +------------+---------------+----------------+------------+-----------------+
 *   80             96                  112                120         128              132    134     136             138   144
 *  +--------------+-------------------+------------------+-----------+----------------+------+-------+---------------+-----+
 *  |  pending id  |   user data 128   |   user data 64   | timestamp |  user data 32  | code | flags | pending flags |  0  |
 *  +--------------+-------------------+------------------+-----------+----------------+------+-------+---------------+-----+
 * </pre>
 */
final class PendingSettledLayout {
    static final int ID = 0;
    static final int DEBIT_ACCOUNT = 16;
    static final int CREDIT_ACCOUNT = 32;
    static final int AMOUNT = 48;
    static final int RELEASED = 64;
    static final int PENDING_ID = 80;
    static final int USER_DATA_128 = 96;
    static final int USER_DATA_64 = 112;
    static final int TIMESTAMP = 120;
    static final int USER_DATA_32 = 128;
    static final int CODE = 132;
    static final int FLAGS = 134;
    static final int PENDING_FLAGS = 136;
    static final int RESERVED = 138;

    static final int LENGTH = 144;

    private PendingSettledLayout() {}
}
