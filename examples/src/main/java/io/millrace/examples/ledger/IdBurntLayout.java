package io.millrace.examples.ledger;

/**
 * The {@code TRANSFER_ID_BURNT} event, little-endian: a transfer failed in a way that burns its id.
 *
 * <pre>
 *   0            16          24       25    32
 *  +------------+-----------+--------+-----+
 *  |     id     | timestamp | status |  0  |
 *  +------------+-----------+--------+-----+
 * </pre>
 */
final class IdBurntLayout {
    static final int ID = 0;
    static final int TIMESTAMP = 16;
    static final int STATUS = 24;
    static final int RESERVED = 25;

    static final int LENGTH = 32;

    private IdBurntLayout() {}
}
