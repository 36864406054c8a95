package io.millrace.examples.ledger;

import java.util.Arrays;

/**
 * The pending transfers that can expire, in the order of expiry and, at the same time, of the transfers: a binary heap.
 * Transfers that were posted or voided stay in it until they come up, or until they are more than half of it. Not part of
 * the saved state: it is made anew of the transfers that are pending.
 */
final class ExpiryQueue {
    private static final int FIRST_CAPACITY = 1024;

    private final Transfers transfers;
    private long[] expiriesNs = new long[FIRST_CAPACITY];
    private int[] refs = new int[FIRST_CAPACITY];
    private int size;
    private int settled;

    ExpiryQueue(final Transfers transfers) {
        this.transfers = transfers;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
        settled = 0;
    }

    /** No transfer expires before this. */
    long nextDueNs() {
        return size == 0 ? Long.MAX_VALUE : expiriesNs[0];
    }

    int refAt(final int position) {
        return refs[position];
    }

    long expiryAt(final int position) {
        return expiriesNs[position];
    }

    /** Whether the entry at one position comes before that at another. */
    boolean before(final int position, final int other) {
        return before(expiriesNs[position], refs[position], other);
    }

    void add(final int ref) {
        if (size == refs.length) {
            expiriesNs = Arrays.copyOf(expiriesNs, size << 1);
            refs = Arrays.copyOf(refs, size << 1);
        }
        up(size++, transfers.expiryNs(ref), ref);
    }

    /** To be told after a transfer in this queue has ceased to be pending. */
    void onSettled() {
        settled++;
        while (size > 0 && !pending(refs[0])) {
            removeFirst();
        }
        if (settled > FIRST_CAPACITY && settled > size >>> 1) {
            compact();
        }
    }

    private boolean pending(final int ref) {
        return transfers.phase(ref) == Phase.PENDING;
    }

    private void removeFirst() {
        settled--;
        size--;
        if (size > 0) {
            down(0, expiriesNs[size], refs[size]);
        }
    }

    private void compact() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (pending(refs[i])) {
                expiriesNs[kept] = expiriesNs[i];
                refs[kept++] = refs[i];
            }
        }
        size = kept;
        settled = 0;
        for (int i = (size >>> 1) - 1; i >= 0; i--) {
            down(i, expiriesNs[i], refs[i]);
        }
    }

    private void up(final int from, final long expiryNs, final int ref) {
        int position = from;
        while (position > 0) {
            final int parent = position - 1 >>> 1;
            if (!before(expiryNs, ref, parent)) {
                break;
            }
            move(parent, position);
            position = parent;
        }
        expiriesNs[position] = expiryNs;
        refs[position] = ref;
    }

    private void down(final int from, final long expiryNs, final int ref) {
        int position = from;
        while ((position << 1) + 1 < size) {
            int child = (position << 1) + 1;
            if (child + 1 < size && before(child + 1, child)) {
                child++;
            }
            if (before(expiryNs, ref, child)) {
                break;
            }
            move(child, position);
            position = child;
        }
        expiriesNs[position] = expiryNs;
        refs[position] = ref;
    }

    private void move(final int from, final int to) {
        expiriesNs[to] = expiriesNs[from];
        refs[to] = refs[from];
    }

    private boolean before(final long expiryNs, final int ref, final int other) {
        return expiryNs != expiriesNs[other] ? expiryNs < expiriesNs[other] : ref < refs[other];
    }
}
