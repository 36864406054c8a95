package io.millrace.examples.ledger;

import io.millrace.engine.Decision;
import java.util.Arrays;

/**
 * Decides what has expired. Walks the {@link ExpiryQueue} in order without changing it: a second, small heap holds the
 * positions that may come next, first of all the top, and each one taken is replaced by its two children.
 */
final class Expirations {
    private final ExpiryQueue queue;
    private final Transfers transfers;
    private final Transfer pending = new Transfer();
    private int[] front = new int[2 * LedgerTypes.MAX_EXPIRIES];
    private int frontSize;
    private boolean moreDue;

    Expirations(final Ledger ledger) {
        queue = ledger.expiries;
        transfers = ledger.transfers;
    }

    /**
     * Emits an event for each pending transfer whose timeout has ended, {@link LedgerTypes#MAX_EXPIRIES} at most. Their
     * time stamps follow the given time.
     *
     * @param books tells which ones this command has settled already
     * @param nowNs end of the command
     * @param decision where the events go
     * @return number of events
     */
    int emitDue(final Books books, final long nowNs, final Decision decision) {
        moreDue = false;
        if (queue.nextDueNs() > nowNs) {
            return 0;
        }
        int expired = 0;
        frontSize = 0;
        offer(0, nowNs);
        while (frontSize > 0) {
            final int position = poll();
            final int ref = queue.refAt(position);
            if (books.phase(ref) == Phase.PENDING) {
                if (expired == LedgerTypes.MAX_EXPIRIES) {
                    moreDue = true;
                    break;
                }
                transfers.load(ref, pending);
                EventWriter.expired(pending, nowNs + ++expired, decision);
            }
            offer((position << 1) + 1, nowNs);
            offer((position << 1) + 2, nowNs);
        }
        return expired;
    }

    /** Whether the last call left some that are due. */
    boolean moreDue() {
        return moreDue;
    }

    private void offer(final int position, final long nowNs) {
        if (position >= queue.size() || queue.expiryAt(position) > nowNs) {
            return;
        }
        if (frontSize == front.length) {
            front = Arrays.copyOf(front, frontSize << 1);
        }
        int hole = frontSize++;
        while (hole > 0 && queue.before(position, front[hole - 1 >>> 1])) {
            front[hole] = front[hole - 1 >>> 1];
            hole = hole - 1 >>> 1;
        }
        front[hole] = position;
    }

    private int poll() {
        final int first = front[0];
        final int last = front[--frontSize];
        int hole = 0;
        while ((hole << 1) + 1 < frontSize) {
            int child = (hole << 1) + 1;
            if (child + 1 < frontSize && queue.before(front[child + 1], front[child])) {
                child++;
            }
            if (queue.before(last, front[child])) {
                break;
            }
            front[hole] = front[child];
            hole = child;
        }
        front[hole] = last;
        return first;
    }
}
