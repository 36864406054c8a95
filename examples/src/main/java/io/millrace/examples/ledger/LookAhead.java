package io.millrace.examples.ledger;

import static io.millrace.examples.ledger.RequestReader.u64;

import io.millrace.engine.Command;
import io.millrace.engine.CommandBatch;
import io.millrace.engine.StreamPrefetch;
import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import org.agrona.DirectBuffer;

/**
 * Reads what the next transfers will need: first the ids from their commands or events, then, in loops that do nothing
 * else, the index slots of all accounts and transfers, then the accounts. So the waits for memory overlap.
 */
final class LookAhead {
    private static final int MAX_TRANSFERS = Math.max(CommandBatch.MAX_COMMANDS, EventBatch.MAX_EVENTS);

    private final Ledger ledger;
    private final long[] accountIds = new long[2 * MAX_TRANSFERS];
    private final int[] accountRefs = new int[2 * MAX_TRANSFERS];
    private final long[] transferLo = new long[MAX_TRANSFERS];
    private final long[] transferHi = new long[MAX_TRANSFERS];
    private int count;

    /** Keeps the reads alive. */
    private long read;

    LookAhead(final Ledger ledger) {
        this.ledger = ledger;
    }

    void commands(final CommandBatch commands, final StreamPrefetch streams) {
        count = 0;
        final int size = commands.size();
        for (int i = 0; i < size; i++) {
            final Command command = commands.get(i);
            if (command.typeId() == LedgerTypes.TRANSFER && command.length() == TransferCommandLayout.LENGTH) {
                final DirectBuffer buffer = command.buffer();
                final int at = command.offset();
                final long debit = u64(buffer, at + TransferCommandLayout.DEBIT_ACCOUNT);
                add(
                        buffer,
                        at + TransferCommandLayout.ID,
                        debit,
                        u64(buffer, at + TransferCommandLayout.CREDIT_ACCOUNT));
                streams.stream(debit);
            }
        }
        read();
    }

    void events(final EventBatch events) {
        count = 0;
        final int size = events.size();
        for (int i = 0; i < size; i++) {
            final EventView event = events.get(i);
            if (event.typeId() == LedgerTypes.TRANSFERRED) {
                final DirectBuffer buffer = event.buffer();
                final int at = event.offset();
                add(
                        buffer,
                        at + TransferredLayout.ID,
                        u64(buffer, at + TransferredLayout.DEBIT_ACCOUNT),
                        u64(buffer, at + TransferredLayout.CREDIT_ACCOUNT));
            }
        }
        read();
    }

    private void add(final DirectBuffer buffer, final int idAt, final long debit, final long credit) {
        accountIds[2 * count] = debit;
        accountIds[2 * count + 1] = credit;
        transferLo[count] = u64(buffer, idAt);
        transferHi[count] = u64(buffer, idAt + Long.BYTES);
        count++;
    }

    private void read() {
        final Accounts accounts = ledger.accounts;
        final Transfers transfers = ledger.transfers;
        long sum = 0;
        for (int i = 0; i < 2 * count; i++) {
            accountRefs[i] = accounts.peek(accountIds[i]);
        }
        for (int i = 0; i < count; i++) {
            sum += transfers.peek(transferLo[i], transferHi[i]);
        }
        for (int i = 0; i < 2 * count; i++) {
            sum += accounts.touch(accountRefs[i]);
        }
        read = sum;
    }
}
