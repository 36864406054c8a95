package io.millrace.examples.ledger;

/**
 * One row of a {@code CREATE_TRANSFERS} command, little-endian. The command is nothing but rows. The time stamp must be
 * zero unless the row is imported; the timeout is in seconds.
 *
 * <pre>
 *   0            16                 32                  48           64             80
 *  +------------+------------------+-------------------+------------+--------------+
 *  |     id     |  debit account   |  credit account   |   amount   |  pending id  |
 *  +------------+------------------+-------------------+------------+--------------+
 *   80                  96                 104              108       112     116   118     120         128
 *  +-------------------+------------------+----------------+---------+-------+-----+-------+-----------+
 *  |   user data 128   |   user data 64   |  user data 32  | timeout | ledger| code| flags | timestamp |
 *  +-------------------+------------------+----------------+---------+-------+-----+-------+-----------+
 * </pre>
 */
final class TransferRowLayout {
    static final int ID = 0;
    static final int DEBIT_ACCOUNT = 16;
    static final int CREDIT_ACCOUNT = 32;
    static final int AMOUNT = 48;
    static final int PENDING_ID = 64;
    static final int USER_DATA_128 = 80;
    static final int USER_DATA_64 = 96;
    static final int USER_DATA_32 = 104;
    static final int TIMEOUT = 108;
    static final int LEDGER = 112;
    static final int CODE = 116;
    static final int FLAGS = 118;
    static final int TIMESTAMP = 120;

    static final int LENGTH = 128;

    private TransferRowLayout() {}
}
