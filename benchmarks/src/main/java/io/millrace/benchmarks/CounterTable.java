package io.millrace.benchmarks;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** One number per account. Never grows, so that what is measured with it is the engine. */
final class CounterTable {
    static final int ACCOUNTS = 65_536;
    static final int TYPE_ID = 1;
    static final int SCHEMA_VERSION = 1;

    /** Length of a command, and of its event, which is a copy of it. */
    static final int LENGTH = 64;

    private static final int ACCOUNT = 0;
    private static final int AMOUNT = 8;
    private static final int FILLING = 16;

    private final long[] totals = new long[ACCOUNTS];
    private long additions;

    static void write(final MutableDirectBuffer target, final int offset, final int account, final long amount) {
        target.putLong(offset + ACCOUNT, account, LITTLE_ENDIAN);
        target.putLong(offset + AMOUNT, amount, LITTLE_ENDIAN);
        for (int at = FILLING; at < LENGTH; at += Long.BYTES) {
            target.putLong(offset + at, amount + at, LITTLE_ENDIAN);
        }
    }

    static long account(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + ACCOUNT, LITTLE_ENDIAN);
    }

    static long amount(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + AMOUNT, LITTLE_ENDIAN);
    }

    void add(final DirectBuffer buffer, final int offset) {
        add((int) account(buffer, offset), amount(buffer, offset));
    }

    void add(final int account, final long amount) {
        totals[account] += amount;
        additions++;
    }

    void save(final DataOutput out) throws IOException {
        out.writeLong(additions);
        for (final long total : totals) {
            out.writeLong(total);
        }
    }

    void load(final DataInput in) throws IOException {
        additions = in.readLong();
        for (int account = 0; account < ACCOUNTS; account++) {
            totals[account] = in.readLong();
        }
    }

    long additions() {
        return additions;
    }

    long sum() {
        long sum = 0;
        for (final long total : totals) {
            sum += total;
        }
        return sum;
    }

    long hash() {
        return 31 * Arrays.hashCode(totals) + additions;
    }
}
