package io.millrace.examples.ledger;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.MutableDirectBuffer;

/**
 * A stream of commands for benchmarks and the demo, the same for the same arguments: opens accounts 1 to n, then makes
 * transfers between two of them, drawn evenly. All of them succeed. Nothing is allocated per command.
 */
public final class LedgerWorkload {
    /** Ledger of all accounts. */
    public static final int LEDGER = 1;

    /** Code of all accounts and transfers. */
    public static final int CODE = 1;

    /** Amounts are 1 to this. */
    public static final int MAX_AMOUNT = 1000;

    private final int accounts;
    private final int accountsPerCommand;
    private final long idHi;
    private long random;
    private int opened;
    private long transfers;
    private int typeId;

    /**
     * A new stream, at its beginning.
     *
     * @param accounts at least 2
     * @param maxCommandBytes limits the accounts that are opened at once; at least {@code 128}
     * @param seed anything
     */
    public LedgerWorkload(final int accounts, final int maxCommandBytes, final long seed) {
        if (accounts < 2) {
            throw new IllegalArgumentException("accounts must be at least 2: " + accounts);
        }
        if (maxCommandBytes < AccountRowLayout.LENGTH) {
            throw new IllegalArgumentException(
                    "maxCommandBytes must be at least " + AccountRowLayout.LENGTH + ": " + maxCommandBytes);
        }
        this.accounts = accounts;
        accountsPerCommand = Math.min(maxCommandBytes / AccountRowLayout.LENGTH, LedgerTypes.MAX_BATCH_ROWS);
        random = seed;
        idHi = nextRandom();
    }

    /** How many commands it takes to open the accounts. */
    public int openingCommands() {
        return (accounts + accountsPerCommand - 1) / accountsPerCommand;
    }

    /** How many bytes of result an opening command can have. */
    public int maxResultBytes() {
        return accountsPerCommand;
    }

    /**
     * Writes the next command.
     *
     * @param buffer to write to
     * @param offset of the payload
     * @return length of the payload; the type is then in {@link #typeId()}
     */
    public int next(final MutableDirectBuffer buffer, final int offset) {
        if (opened < accounts) {
            typeId = LedgerTypes.CREATE_ACCOUNTS;
            return nextOpening(buffer, offset);
        }
        typeId = LedgerTypes.TRANSFER;
        nextTransfer(buffer, offset);
        return TransferCommandLayout.LENGTH;
    }

    /** Type of the command that was written last. */
    public int typeId() {
        return typeId;
    }

    /** Number of transfers written. */
    public long transfers() {
        return transfers;
    }

    private int nextOpening(final MutableDirectBuffer buffer, final int offset) {
        final int rows = Math.min(accountsPerCommand, accounts - opened);
        buffer.setMemory(offset, rows * AccountRowLayout.LENGTH, (byte) 0);
        for (int row = 0; row < rows; row++) {
            final int at = offset + row * AccountRowLayout.LENGTH;
            buffer.putLong(at + AccountRowLayout.ID, ++opened, LITTLE_ENDIAN);
            buffer.putInt(at + AccountRowLayout.LEDGER, LEDGER, LITTLE_ENDIAN);
            buffer.putShort(at + AccountRowLayout.CODE, (short) CODE, LITTLE_ENDIAN);
        }
        return rows * AccountRowLayout.LENGTH;
    }

    private void nextTransfer(final MutableDirectBuffer buffer, final int at) {
        final long drawn = nextRandom();
        final long debit = below(drawn, accounts);
        final long other = below(nextRandom(), accounts - 1);
        final long credit = other < debit ? other : other + 1;
        final long amount = 1 + below(nextRandom(), MAX_AMOUNT);
        buffer.putLong(at + TransferCommandLayout.ID, ++transfers, LITTLE_ENDIAN);
        buffer.putLong(at + TransferCommandLayout.ID + 8, idHi, LITTLE_ENDIAN);
        buffer.putLong(at + TransferCommandLayout.DEBIT_ACCOUNT, debit + 1, LITTLE_ENDIAN);
        buffer.putLong(at + TransferCommandLayout.CREDIT_ACCOUNT, credit + 1, LITTLE_ENDIAN);
        buffer.putLong(at + TransferCommandLayout.AMOUNT, amount, LITTLE_ENDIAN);
        buffer.putLong(at + TransferCommandLayout.USER_DATA_64, 0, LITTLE_ENDIAN);
        buffer.putInt(at + TransferCommandLayout.TIMEOUT, 0, LITTLE_ENDIAN);
        buffer.putInt(at + TransferCommandLayout.LEDGER, LEDGER, LITTLE_ENDIAN);
        buffer.putShort(at + TransferCommandLayout.CODE, (short) CODE, LITTLE_ENDIAN);
        buffer.putShort(at + TransferCommandLayout.FLAGS, (short) 0, LITTLE_ENDIAN);
        buffer.putInt(at + TransferCommandLayout.RESERVED, 0, LITTLE_ENDIAN);
    }

    /** An even draw below a bound of at most 31 bits. */
    private static long below(final long drawn, final int bound) {
        return (drawn >>> Integer.SIZE) * bound >>> Integer.SIZE;
    }

    /** A Weyl sequence, mixed: any seed will do. */
    private long nextRandom() {
        random += 0x9E37_79B9_7F4A_7C15L;
        long mixed = (random ^ random >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }
}
