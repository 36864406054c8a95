package io.millrace.benchmarks.compare;

import io.millrace.contest.Books;
import io.millrace.contest.Transfers;
import io.millrace.engine.Command;
import io.millrace.engine.CommandBatch;
import io.millrace.engine.Decision;
import io.millrace.engine.StateMachine;
import io.millrace.engine.StreamPrefetch;
import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import java.io.DataInput;
import java.io.DataOutput;
import org.agrona.DirectBuffer;

/** The small ledger as Millrace runs it. The debited account is the stream. */
public final class TransferMachine implements StateMachine {
    private static final int TOO_LITTLE = 1;

    private final Books books;

    /** Of a batch. */
    private final int[] accounts = new int[2 * Math.max(CommandBatch.MAX_COMMANDS, EventBatch.MAX_EVENTS)];

    /** Keeps the reads ahead alive. */
    private long readAhead;

    public TransferMachine(final int accounts) {
        books = new Books(accounts);
    }

    Books books() {
        return books;
    }

    @Override
    public void decide(final Command command, final Decision decision) {
        final DirectBuffer buffer = command.buffer();
        final int offset = command.offset();
        final int debit = TransferLayout.debit(buffer, offset);
        final int credit = TransferLayout.credit(buffer, offset);
        final long amount = TransferLayout.amount(buffer, offset);
        if (!books.allows(debit, amount)) {
            decision.reject(TOO_LITTLE);
            return;
        }
        final int event =
                decision.claim(TransferLayout.TYPE_ID, TransferLayout.SCHEMA_VERSION, debit, Transfers.EVENT_BYTES);
        TransferLayout.writeEvent(
                buffer,
                offset,
                decision.buffer(),
                event,
                books.balance(debit) - amount,
                books.balance(credit) + amount);
    }

    @Override
    public void apply(final EventView event) {
        final DirectBuffer buffer = event.buffer();
        final int offset = event.offset();
        books.apply(
                TransferLayout.debit(buffer, offset),
                TransferLayout.credit(buffer, offset),
                TransferLayout.amount(buffer, offset));
    }

    @Override
    public void prefetch(final CommandBatch commands, final StreamPrefetch streams) {
        final int size = commands.size();
        int count = 0;
        for (int i = 0; i < size; i++) {
            final Command command = commands.get(i);
            final int debit = TransferLayout.debit(command.buffer(), command.offset());
            accounts[count++] = debit;
            accounts[count++] = TransferLayout.credit(command.buffer(), command.offset());
            streams.stream(debit);
        }
        readAhead = books.sum(accounts, count);
    }

    @Override
    public void prefetch(final EventBatch events) {
        readAhead = books.sum(accounts, TransferLayout.accounts(events, accounts));
    }

    @Override
    public void save(final DataOutput out) {
        throw new UnsupportedOperationException("nobody takes a snapshot of a contender");
    }

    @Override
    public void load(final DataInput in) {
        throw new UnsupportedOperationException("nobody takes a snapshot of a contender");
    }
}
