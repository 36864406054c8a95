package io.millrace.contest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The commands, one after the other: each moves an amount from one account to another. For one thread.
 *
 * <pre>
 *  a command, 64 bytes, little-endian
 *  0        8        16       24       32        40    44       48          56        64
 *  +--------+--------+--------+--------+---------+-----+--------+-----------+---------+
 *  | id     | debit  | credit | amount | sent at | code| ledger | reference | channel |
 *  +--------+--------+--------+--------+---------+-----+--------+-----------+---------+
 *  its event, 64 bytes: the same, with the balances that it leaves in place of reference and channel
 * </pre>
 */
public final class Transfers {
    /** Bytes of a command. */
    public static final int COMMAND_BYTES = 64;

    /** Bytes of an event. */
    public static final int EVENT_BYTES = 64;

    public static final int ID_OFFSET = 0;
    public static final int DEBIT_OFFSET = 8;
    public static final int CREDIT_OFFSET = 16;
    public static final int AMOUNT_OFFSET = 24;
    public static final int SENT_AT_OFFSET = 32;
    public static final int CODE_OFFSET = 40;
    public static final int LEDGER_OFFSET = 44;
    public static final int REFERENCE_OFFSET = 48;
    public static final int CHANNEL_OFFSET = 56;

    /** In an event. */
    public static final int DEBIT_BALANCE_OFFSET = REFERENCE_OFFSET;

    /** In an event. */
    public static final int CREDIT_BALANCE_OFFSET = CHANNEL_OFFSET;

    public static final ByteOrder BYTE_ORDER = ByteOrder.LITTLE_ENDIAN;

    private static final int CODE = 7;
    private static final int LEDGER = 1;
    private static final int MAX_AMOUNT = 100;
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private final int accounts;
    private long state;
    private long id;
    private int debit;
    private int credit;
    private long amount;

    Transfers(final int accounts, final long seed) {
        if (accounts < 2) {
            throw new IllegalArgumentException("there must be two accounts at least: accounts=" + accounts);
        }
        this.accounts = accounts;
        state = seed;
    }

    /** Goes on to the next, which the other methods then tell of. */
    public void advance() {
        final long drawn = draw();
        debit = (int) ((drawn >>> 32) * accounts >>> 32);
        // Another one: counted on from the first by less than a round.
        credit = (int) ((debit + 1 + ((drawn & 0xFFFF_FFFFL) * (accounts - 1) >>> 32)) % accounts);
        amount = 1 + (drawn & 0xFFFF) % MAX_AMOUNT;
        id++;
    }

    /** SplitMix64, of Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014. */
    private long draw() {
        state += GOLDEN;
        long mixed = state;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }

    /** From 1, without a gap. */
    public long id() {
        return id;
    }

    public int debit() {
        return debit;
    }

    public int credit() {
        return credit;
    }

    public long amount() {
        return amount;
    }

    public int code() {
        return CODE;
    }

    public int ledger() {
        return LEDGER;
    }

    /** Something that has no meaning here and must be kept. */
    public long reference() {
        return id * GOLDEN;
    }

    public long channel() {
        return id & 0xF;
    }

    /** Writes the command. The buffer's byte order must be {@link #BYTE_ORDER}. */
    public void write(final ByteBuffer target, final int offset) {
        target.putLong(offset + ID_OFFSET, id);
        target.putLong(offset + DEBIT_OFFSET, debit);
        target.putLong(offset + CREDIT_OFFSET, credit);
        target.putLong(offset + AMOUNT_OFFSET, amount);
        target.putLong(offset + SENT_AT_OFFSET, id);
        target.putInt(offset + CODE_OFFSET, CODE);
        target.putInt(offset + LEDGER_OFFSET, LEDGER);
        target.putLong(offset + REFERENCE_OFFSET, reference());
        target.putLong(offset + CHANNEL_OFFSET, channel());
    }

    /** Makes the event of a command in place: the balances that it leaves. */
    public static void toEvent(
            final ByteBuffer command, final int offset, final long debitBalance, final long creditBalance) {
        command.putLong(offset + DEBIT_BALANCE_OFFSET, debitBalance);
        command.putLong(offset + CREDIT_BALANCE_OFFSET, creditBalance);
    }

    @Override
    public String toString() {
        return "transfer " + id + " of " + amount + " from " + debit + " to " + credit;
    }
}
