package io.millrace.examples.ledger;

/**
 * The {@code TRANSFERRED_WIDE} event, little-endian: what {@link TransferredLayout} has no room for.
 *
 * <pre>
 *   0            16              32               48           64
 *  +------------+---------------+----------------+------------+
 *  |     id     | debit account | credit account |   amount   |
 *  +------------+---------------+----------------+------------+
 *   64                  80                 88          96               100       104    106     108   112
 *  +-------------------+------------------+-----------+----------------+---------+------+-------+-----+
 *  |   user data 128   |   user data 64   | timestamp |  user data 32  | timeout | code | flags |  0  |
 *  +-------------------+------------------+-----------+----------------+---------+------+-------+-----+
 * </pre>
 */
final class TransferredWideLayout {
    static final int ID = 0;
    static final int DEBIT_ACCOUNT = 16;
    static final int CREDIT_ACCOUNT = 32;
    static final int AMOUNT = 48;
    static final int USER_DATA_128 = 64;
    static final int USER_DATA_64 = 80;
    static final int TIMESTAMP = 88;
    static final int USER_DATA_32 = 96;
    static final int TIMEOUT = 100;
    static final int CODE = 104;
    static final int FLAGS = 106;
    static final int RESERVED = 108;

    static final int LENGTH = 112;

    private TransferredWideLayout() {}
}
