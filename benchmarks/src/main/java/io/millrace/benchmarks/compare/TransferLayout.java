package io.millrace.benchmarks.compare;

import io.millrace.contest.Transfers;
import io.millrace.journal.EventBatch;
import io.millrace.journal.EventView;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** {@link Transfers} in Agrona's buffers, as Millrace and the contenders wired by hand hold them. */
public final class TransferLayout {
    public static final int TYPE_ID = 1;
    static final int SCHEMA_VERSION = 1;

    private TransferLayout() {}

    public static void write(final Transfers transfer, final MutableDirectBuffer target, final int offset) {
        target.putLong(offset + Transfers.ID_OFFSET, transfer.id(), Transfers.BYTE_ORDER);
        target.putLong(offset + Transfers.DEBIT_OFFSET, transfer.debit(), Transfers.BYTE_ORDER);
        target.putLong(offset + Transfers.CREDIT_OFFSET, transfer.credit(), Transfers.BYTE_ORDER);
        target.putLong(offset + Transfers.AMOUNT_OFFSET, transfer.amount(), Transfers.BYTE_ORDER);
        target.putLong(offset + Transfers.SENT_AT_OFFSET, transfer.id(), Transfers.BYTE_ORDER);
        target.putInt(offset + Transfers.CODE_OFFSET, transfer.code(), Transfers.BYTE_ORDER);
        target.putInt(offset + Transfers.LEDGER_OFFSET, transfer.ledger(), Transfers.BYTE_ORDER);
        target.putLong(offset + Transfers.REFERENCE_OFFSET, transfer.reference(), Transfers.BYTE_ORDER);
        target.putLong(offset + Transfers.CHANNEL_OFFSET, transfer.channel(), Transfers.BYTE_ORDER);
    }

    public static int debit(final DirectBuffer buffer, final int offset) {
        return (int) buffer.getLong(offset + Transfers.DEBIT_OFFSET, Transfers.BYTE_ORDER);
    }

    public static int credit(final DirectBuffer buffer, final int offset) {
        return (int) buffer.getLong(offset + Transfers.CREDIT_OFFSET, Transfers.BYTE_ORDER);
    }

    public static long amount(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + Transfers.AMOUNT_OFFSET, Transfers.BYTE_ORDER);
    }

    /** Puts the accounts of all events into an array that has room for two of each; returns how many these are. */
    static int accounts(final EventBatch events, final int[] accounts) {
        final int size = events.size();
        int count = 0;
        for (int i = 0; i < size; i++) {
            final EventView event = events.get(i);
            accounts[count++] = debit(event.buffer(), event.offset());
            accounts[count++] = credit(event.buffer(), event.offset());
        }
        return count;
    }

    /** Writes the event of a command: the command, with the balances that it leaves at its end. */
    public static void writeEvent(
            final DirectBuffer command,
            final int commandOffset,
            final MutableDirectBuffer event,
            final int eventOffset,
            final long debitBalance,
            final long creditBalance) {
        event.putBytes(eventOffset, command, commandOffset, Transfers.DEBIT_BALANCE_OFFSET);
        event.putLong(eventOffset + Transfers.DEBIT_BALANCE_OFFSET, debitBalance, Transfers.BYTE_ORDER);
        event.putLong(eventOffset + Transfers.CREDIT_BALANCE_OFFSET, creditBalance, Transfers.BYTE_ORDER);
    }
}
