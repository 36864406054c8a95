package io.millrace.examples.ledger;

import io.millrace.engine.Decision;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A batch of rows with chains: consecutive rows that succeed or fail together. Decides row by row on top of the state,
 * undoes chains that fail, and only then emits events.
 */
abstract class ChainedBatch {
    private static final int NO_CHAIN = -1;

    private final UnsafeBuffer statuses = new UnsafeBuffer(new byte[LedgerTypes.MAX_BATCH_ROWS]);
    private int chainStart;
    private boolean chainBroken;

    /**
     * Decides a batch and emits its events and statuses.
     *
     * @param rows buffer that holds them
     * @param offset of the first one
     * @param count of rows
     * @param baseNs time before the first one; each takes a nanosecond
     * @param decision where events and statuses go
     */
    final void decide(
            final DirectBuffer rows, final int offset, final int count, final long baseNs, final Decision decision) {
        begin(rows, offset, baseNs + count);
        chainStart = NO_CHAIN;
        chainBroken = false;
        for (int row = 0; row < count; row++) {
            final boolean linked = isLinked(row);
            if (linked && chainStart == NO_CHAIN) {
                chainStart = row;
                mark();
            }
            final Status status = decideRow(row, linked && row == count - 1, baseNs + 1 + row);
            statuses.putByte(row, status.code());
            if (!linked || status == Status.LINKED_EVENT_CHAIN_OPEN) {
                chainStart = NO_CHAIN;
                chainBroken = false;
            }
        }
        emit(decision);
        decision.result(statuses, 0, count);
    }

    private Status decideRow(final int row, final boolean leftOpen, final long rowNs) {
        final Status status;
        if (leftOpen) {
            status = Status.LINKED_EVENT_CHAIN_OPEN;
        } else if (chainBroken) {
            return Status.LINKED_EVENT_FAILED;
        } else {
            status = check(row, rowNs);
        }
        if (status == Status.CREATED) {
            add();
        } else {
            breakChain(row);
            if (status.burnsId()) {
                burn(status);
            }
        }
        return status;
    }

    private void breakChain(final int row) {
        if (chainStart == NO_CHAIN || chainBroken) {
            return;
        }
        chainBroken = true;
        rollBack();
        for (int earlier = chainStart; earlier < row; earlier++) {
            statuses.putByte(earlier, Status.LINKED_EVENT_FAILED.code());
        }
    }

    /** Forgets the last batch. */
    abstract void begin(DirectBuffer rows, int offset, long endNs);

    abstract boolean isLinked(int row);

    /** Checks a row against the state and the rows before it. */
    abstract Status check(int row, long rowNs);

    /** Makes the row that was just checked visible to those behind it. */
    abstract void add();

    /** Makes the id of the row that was just checked unusable. */
    abstract void burn(Status status);

    /** Remembers the state before a chain. */
    abstract void mark();

    /** Goes back to the state before the chain. */
    abstract void rollBack();

    /** Emits the events of what was added. */
    abstract void emit(Decision decision);
}
