package io.millrace.peers.prevayler;

import io.millrace.contest.Transfers;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Date;
import org.prevayler.SureTransactionWithQuery;

/** A command of 64 bytes. It decides when it is executed, live and in recovery alike: the journal holds commands. */
final class Transfer implements SureTransactionWithQuery<Ledger, Boolean> {
    /** Required by the interface; {@link TransferSerializer} writes the bytes only. */
    private static final long serialVersionUID = 1L;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, Transfers.BYTE_ORDER);

    private final byte[] command;

    Transfer(final byte[] command) {
        this.command = command;
    }

    static Transfer of(final Transfers transfers) {
        final byte[] command = new byte[Transfers.COMMAND_BYTES];
        transfers.write(ByteBuffer.wrap(command).order(Transfers.BYTE_ORDER), 0);
        return new Transfer(command);
    }

    byte[] command() {
        return command;
    }

    @Override
    public Boolean executeAndQuery(final Ledger ledger, final Date executionTime) {
        final int debit = (int) longAt(Transfers.DEBIT_OFFSET);
        final long amount = longAt(Transfers.AMOUNT_OFFSET);
        if (!ledger.allows(debit, amount)) {
            return false;
        }
        ledger.apply(debit, (int) longAt(Transfers.CREDIT_OFFSET), amount);
        return true;
    }

    private long longAt(final int offset) {
        return (long) LONGS.get(command, offset);
    }
}
