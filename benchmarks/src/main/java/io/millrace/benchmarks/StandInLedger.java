package io.millrace.benchmarks;

import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.StateMachine;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/** Transfers between accounts: id, debit account, credit account, amount, and 32 bytes that are only kept. */
final class StandInLedger implements StateMachine {
    static final int TRANSFER = 1;
    static final int TRANSFERRED = 1;
    static final int DEBIT_OFFSET = 8;
    static final int CREDIT_OFFSET = 16;
    static final int AMOUNT_OFFSET = 24;

    private final Accounts accounts;

    StandInLedger(final int expectedAccounts) {
        accounts = new Accounts(expectedAccounts);
    }

    @Override
    public void decide(final Command command, final Decision decision) {
        final DirectBuffer payload = command.buffer();
        final int offset = command.offset();
        final long debit = payload.getLong(offset + DEBIT_OFFSET, JournalFormat.BYTE_ORDER);
        final long credit = payload.getLong(offset + CREDIT_OFFSET, JournalFormat.BYTE_ORDER);
        final long amount = payload.getLong(offset + AMOUNT_OFFSET, JournalFormat.BYTE_ORDER);
        if (debit == credit || amount <= 0) {
            decision.reject(1);
        } else if (accounts.balance(debit) + (1L << 40) < amount) {
            decision.reject(2);
        } else {
            decision.emit(TRANSFERRED, 1, debit, payload, offset, command.length());
        }
    }

    @Override
    public void apply(final EventView event) {
        accounts.apply(event);
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        accounts.save(out);
    }

    @Override
    public void load(final DataInput in) throws IOException {
        accounts.load(in);
    }

    /** Balances by account id, open addressing; id 0 marks a free entry. */
    static final class Accounts {
        private long[] table;

        Accounts(final int expected) {
            table = new long[BitUtil.findNextPositivePowerOfTwo(expected * 2) * 2];
        }

        void apply(final EventView event) {
            final DirectBuffer payload = event.buffer();
            final int offset = event.offset();
            final long amount = payload.getLong(offset + AMOUNT_OFFSET, JournalFormat.BYTE_ORDER);
            add(payload.getLong(offset + DEBIT_OFFSET, JournalFormat.BYTE_ORDER), -amount);
            add(payload.getLong(offset + CREDIT_OFFSET, JournalFormat.BYTE_ORDER), amount);
        }

        long balance(final long account) {
            return table[entry(account) + 1];
        }

        private void add(final long account, final long amount) {
            final int entry = entry(account);
            table[entry] = account;
            table[entry + 1] += amount;
        }

        private int entry(final long account) {
            final long[] entries = table;
            final int mask = entries.length - 1;
            int entry = (int) (account * 0x9E37_79B9_7F4A_7C15L >>> 20) << 1 & mask;
            while (entries[entry] != 0 && entries[entry] != account) {
                entry = entry + 2 & mask;
            }
            return entry;
        }

        long hash() {
            long hash = 0;
            for (int i = 0; i < table.length; i += 2) {
                hash += (table[i] * 31 + table[i + 1]) * 0x9E37_79B9_7F4A_7C15L;
            }
            return hash;
        }

        void save(final DataOutput out) throws IOException {
            out.writeInt(table.length);
            for (final long value : table) {
                out.writeLong(value);
            }
        }

        void load(final DataInput in) throws IOException {
            table = new long[in.readInt()];
            for (int i = 0; i < table.length; i++) {
                table[i] = in.readLong();
            }
        }
    }
}
