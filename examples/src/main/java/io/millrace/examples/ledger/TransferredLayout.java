package io.millrace.examples.ledger;

/**
 * The {@code TRANSFERRED} event, little-endian: a transfer in one phase or the first of two whose account ids and amount fit
 * in 64 bits and that has no other user data than 64 bits. The amount is the one moved. The ledger is that of the accounts.
 *
 * <pre>
 *   0            16             24              32         40             48          56        60     62      64
 *  +------------+--------------+---------------+----------+--------------+-----------+---------+------+-------+
 *  |     id     | debit account| credit account|  amount  | user data 64 | timestamp | timeout | code | flags |
 *  +------------+--------------+---------------+----------+--------------+-----------+---------+------+-------+
 * </pre>
 */
final class TransferredLayout {
    static final int ID = 0;
    static final int DEBIT_ACCOUNT = 16;
    static final int CREDIT_ACCOUNT = 24;
    static final int AMOUNT = 32;
    static final int USER_DATA_64 = 40;
    static final int TIMESTAMP = 48;
    static final int TIMEOUT = 56;
    static final int CODE = 60;
    static final int FLAGS = 62;

    static final int LENGTH = 64;

    private TransferredLayout() {}
}
