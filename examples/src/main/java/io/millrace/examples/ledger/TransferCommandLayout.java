package io.millrace.examples.ledger;

/**
 * The {@code TRANSFER} command: one transfer in one phase, or the first of two, between accounts whose ids fit in 64 bits.
 * Little-endian, unsigned; the timeout is in seconds. Means the same as a batch of the one row with these fields and
 * zeroes in all others.
 *
 * <pre>
 *   0            16             24              32         40             48        52       56     58      60    64
 *  +------------+--------------+---------------+----------+--------------+---------+--------+------+-------+-----+
 *  |     id     | debit account| credit account|  amount  | user data 64 | timeout | ledger | code | flags |  0  |
 *  +------------+--------------+---------------+----------+--------------+---------+--------+------+-------+-----+
 * </pre>
 */
final class TransferCommandLayout {
    static final int ID = 0;
    static final int DEBIT_ACCOUNT = 16;
    static final int CREDIT_ACCOUNT = 24;
    static final int AMOUNT = 32;
    static final int USER_DATA_64 = 40;
    static final int TIMEOUT = 48;
    static final int LEDGER = 52;
    static final int CODE = 56;
    static final int FLAGS = 58;
    static final int RESERVED = 60;

    static final int LENGTH = 64;

    private TransferCommandLayout() {}
}
