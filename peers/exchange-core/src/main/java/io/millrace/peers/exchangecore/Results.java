package io.millrace.peers.exchangecore;

import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import io.millrace.contest.Turnovers;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ObjLongConsumer;

/** The engine's results handler, which the read model is fed by. A transfer is done when both its adjustments are. */
final class Results implements ObjLongConsumer<OrderCommand> {
    private static final long STALL_NS = 60_000_000_000L;
    private static final long POLL_NS = 50_000;

    /** Of the engine's results thread, until {@link #done} has told of all. */
    private final Turnovers turnovers;

    private final AtomicLong done = new AtomicLong();
    private volatile String failure;
    private long debitId;
    private int debit;
    private long amount;

    Results(final Turnovers turnovers) {
        this.turnovers = turnovers;
    }

    /** Throws nothing: the engine would stop and leave the others waiting. */
    @Override
    public void accept(final OrderCommand command, final long sequence) {
        if (command.resultCode != CommandResultCode.SUCCESS) {
            failure = "every command must succeed: " + command;
        } else if (command.command == OrderCommandType.BALANCE_ADJUSTMENT && command.orderId > Exchange.OPENING_ID) {
            adjusted(command);
        }
    }

    private void adjusted(final OrderCommand command) {
        if (command.price < 0) {
            debitId = command.orderId;
            debit = (int) command.uid;
            amount = -command.price;
        } else if (command.orderId != debitId || command.price != amount) {
            failure = "a payment must follow the withdrawal " + debitId + ": " + command;
        } else {
            turnovers.add(debit, (int) command.uid, amount);
            done.lazySet(done.getPlain() + 1);
        }
    }

    /** How many transfers. */
    long done() {
        return done.get();
    }

    /** Returns when that many transfers are done, and what they wrote can be read. */
    void await(final long transfers) {
        long before = done.get();
        long deadline = System.nanoTime() + STALL_NS;
        while (before < transfers) {
            LockSupport.parkNanos(POLL_NS);
            final long now = done.get();
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
            if (now > before) {
                before = now;
                deadline = System.nanoTime() + STALL_NS;
            } else if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the engine must go on: done=" + now + ", awaited=" + transfers);
            }
        }
    }
}
