package io.millrace.examples.ledger;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * From account ids to four balances each: open addressing, off-heap, the entry itself in the table, one cache line an
 * account. High halves of balances, which are nearly always 0, lie apart. Doubles when it is two thirds full. Slots, which
 * stand for accounts, are valid until an account is added.
 *
 * <pre>
 *   0        8        16    24    32    40    48          64
 *  +--------+--------+-----+-----+-----+-----+-----------+
 *  | id lo  | id hi  | dp  | dpo | cp  | cpo |     0     |   id 0: the slot is free
 *  +--------+--------+-----+-----+-----+-----+-----------+
 * </pre>
 */
final class BalanceTable implements Postings {
    private static final int ENTRY_SHIFT = 6;
    private static final int HIGH_SHIFT = 5;
    private static final int ID_HI = 8;
    private static final int BALANCE = 16;
    private static final int MIN_CAPACITY = 64;
    private static final int MAX_CAPACITY = 1 << 24;

    private final long[] totalLo = new long[Account.BALANCES];
    private final long[] totalHi = new long[Account.BALANCES];
    private UnsafeBuffer entries;
    private UnsafeBuffer highs;
    private int mask;
    private int size;

    BalanceTable(final int expectedAccounts) {
        int capacity = MIN_CAPACITY;
        while (capacity < MAX_CAPACITY && capacity * 2L < expectedAccounts * 3L) {
            capacity <<= 1;
        }
        allocate(capacity);
    }

    int size() {
        return size;
    }

    /** Adds an account that is not there, with all balances 0. */
    void add(final long idLo, final long idHi) {
        if ((size + 1) * 3L > (mask + 1) * 2L) {
            grow();
        }
        final int entry = slot(idLo, idHi) << ENTRY_SHIFT;
        entries.putLong(entry, idLo);
        entries.putLong(entry + ID_HI, idHi);
        size++;
    }

    /** Reads the first entry that {@link #find} looks at for an account with a 64-bit id: to have it in the cache. */
    long peek(final long idLo) {
        return entries.getLong(home(idLo, 0) << ENTRY_SHIFT);
    }

    /** The slot of an account. */
    int find(final long idLo, final long idHi) {
        final int slot = slot(idLo, idHi);
        if (!isTaken(slot)) {
            throw new IllegalStateException("account must have been opened: id=" + U128.toBigInteger(idLo, idHi));
        }
        return slot;
    }

    boolean contains(final long idLo, final long idHi) {
        return isTaken(slot(idLo, idHi));
    }

    long lo(final int slot, final int balance) {
        return entries.getLong(offset(slot, balance));
    }

    long hi(final int slot, final int balance) {
        return highs.getLong(highOffset(slot, balance));
    }

    long totalLo(final int balance) {
        return totalLo[balance];
    }

    long totalHi(final int balance) {
        return totalHi[balance];
    }

    @Override
    public void add(final int slot, final int balance, final long lo, final long hi) {
        final int offset = offset(slot, balance);
        final long before = entries.getLong(offset);
        entries.putLong(offset, before + lo);
        if (hi != 0 || Long.compareUnsigned(before + lo, before) < 0) {
            final int high = highOffset(slot, balance);
            highs.putLong(high, U128.sumHi(before, highs.getLong(high), lo, hi));
        }
        final long totalBefore = totalLo[balance];
        totalLo[balance] = totalBefore + lo;
        totalHi[balance] = U128.sumHi(totalBefore, totalHi[balance], lo, hi);
    }

    @Override
    public void subtract(final int slot, final int balance, final long lo, final long hi) {
        final int offset = offset(slot, balance);
        final long before = entries.getLong(offset);
        entries.putLong(offset, before - lo);
        if (hi != 0 || Long.compareUnsigned(before, lo) < 0) {
            final int high = highOffset(slot, balance);
            highs.putLong(high, U128.differenceHi(before, highs.getLong(high), lo, hi));
        }
        final long totalBefore = totalLo[balance];
        totalLo[balance] = totalBefore - lo;
        totalHi[balance] = U128.differenceHi(totalBefore, totalHi[balance], lo, hi);
    }

    /** Balances are all this table keeps. */
    @Override
    public void closed(final int slot, final boolean closed) {}

    private void allocate(final int capacity) {
        entries =
                new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacity << ENTRY_SHIFT, BitUtil.CACHE_LINE_LENGTH));
        highs = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity << HIGH_SHIFT));
        mask = capacity - 1;
    }

    private void grow() {
        final UnsafeBuffer oldEntries = entries;
        final UnsafeBuffer oldHighs = highs;
        final int oldCapacity = mask + 1;
        if (oldCapacity == MAX_CAPACITY) {
            throw new IllegalStateException("there must be at most " + MAX_CAPACITY / 3 * 2 + " accounts");
        }
        allocate(oldCapacity << 1);
        for (int old = 0; old < oldCapacity; old++) {
            final int from = old << ENTRY_SHIFT;
            final long idLo = oldEntries.getLong(from);
            final long idHi = oldEntries.getLong(from + ID_HI);
            if ((idLo | idHi) != 0) {
                final int slot = slot(idLo, idHi);
                entries.putBytes(slot << ENTRY_SHIFT, oldEntries, from, 1 << ENTRY_SHIFT);
                highs.putBytes(slot << HIGH_SHIFT, oldHighs, old << HIGH_SHIFT, 1 << HIGH_SHIFT);
            }
        }
    }

    /** Where an account is, or where it would go. */
    private int home(final long idLo, final long idHi) {
        final long mixed = (idLo ^ Long.rotateLeft(idHi, 29)) * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed ^ mixed >>> 32) & mask;
    }

    private int slot(final long idLo, final long idHi) {
        int slot = home(idLo, idHi);
        while (true) {
            final int entry = slot << ENTRY_SHIFT;
            final long foundLo = entries.getLong(entry);
            final long foundHi = entries.getLong(entry + ID_HI);
            if (foundLo == idLo && foundHi == idHi || (foundLo | foundHi) == 0) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
    }

    private boolean isTaken(final int slot) {
        final int entry = slot << ENTRY_SHIFT;
        return (entries.getLong(entry) | entries.getLong(entry + ID_HI)) != 0;
    }

    private static int offset(final int slot, final int balance) {
        return (slot << ENTRY_SHIFT) + BALANCE + (balance << 3);
    }

    private static int highOffset(final int slot, final int balance) {
        return (slot << HIGH_SHIFT) + (balance << 3);
    }
}
