package io.millrace.examples.ledger;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * The table of transfers, in the order in which they were made, which is also that of their time stamps, and the ids that
 * were burnt. A record is one cache line; what few transfers have is in an extension of half a line.
 *
 * <pre>
 *   0        8        16                 24          32          40             48                          56                64
 *  +--------+--------+------------------+-----------+-----------+--------------+---------------------------+-----------------+
 *  | id lo  | id hi  | debit, credit ref| amount lo | timestamp | user data 64 | timeout 32, code 16, fl 16| ext. 32, phase 8|
 *  +--------+--------+------------------+-----------+-----------+--------------+---------------------------+-----------------+
 *
 *  Extension
 *   0            8                    24                                   32
 *  +------------+--------------------+------------------------------------+
 *  | amount hi  |   user data 128    | user data 32, pending transfer + 1 |
 *  +------------+--------------------+------------------------------------+
 * </pre>
 */
final class Transfers implements IdIndex.Ids {
    static final int RECORD_LONGS = 8;
    static final int EXTENSION_LONGS = 4;
    static final int BURNT_LONGS = 2;

    /** What {@link #find} returns for an id that is not there. */
    static final int NONE = -1;

    /** What {@link #find} returns for an id that was burnt. */
    static final int BURNT = -2;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int ID_LO = 0;
    private static final int ID_HI = 8;
    private static final int REFS = 16;
    private static final int AMOUNT_LO = 24;
    private static final int TIMESTAMP = 32;
    private static final int USER_DATA_64 = 40;
    private static final int META = 48;
    private static final int MORE = 56;
    private static final long UINT_MASK = 0xFFFF_FFFFL;
    private static final int PHASE_MASK = 0xFF;

    private final RecordPages records = new RecordPages(RECORD_LONGS);
    private final RecordPages extensions = new RecordPages(EXTENSION_LONGS);
    private final RecordPages burnt = new RecordPages(BURNT_LONGS);
    private final IdIndex index = new IdIndex(this);
    private final Accounts accounts;

    Transfers(final Accounts accounts) {
        this.accounts = accounts;
    }

    int count() {
        return records.count();
    }

    RecordPages records() {
        return records;
    }

    RecordPages extensions() {
        return extensions;
    }

    RecordPages burnt() {
        return burnt;
    }

    /** Forgets all transfers. */
    void clear() {
        records.clear();
        extensions.clear();
        burnt.clear();
        index.clear();
    }

    /** Position of a transfer, {@link #NONE} or {@link #BURNT}. */
    int find(final long idLo, final long idHi) {
        final int value = index.find(idLo, idHi);
        return value < 0 ? BURNT : value - 1;
    }

    /** What the first index slot of an id holds: to have read it. */
    int peek(final long idLo, final long idHi) {
        return index.peek(idLo, idHi);
    }

    /** Copies all of a transfer. */
    void load(final int ref, final Transfer into) {
        final UnsafeBuffer page = records.page(ref);
        final int offset = records.offset(ref);
        final long refs = page.getLong(offset + REFS);
        final long meta = page.getLong(offset + META);
        into.ref = ref;
        into.idLo = page.getLong(offset + ID_LO);
        into.idHi = page.getLong(offset + ID_HI);
        into.debitRef = (int) (refs >>> 32);
        into.creditRef = (int) refs;
        into.amountLo = page.getLong(offset + AMOUNT_LO);
        into.timestamp = page.getLong(offset + TIMESTAMP);
        into.userData64 = page.getLong(offset + USER_DATA_64);
        into.timeout = (int) (meta >>> 32);
        into.code = (int) (meta >>> 16) & 0xFFFF;
        into.flags = (int) meta & 0xFFFF;
        into.status = Status.CREATED;
        loadAccounts(into);
        loadExtension((int) (page.getLong(offset + MORE) >>> 32) - 1, into);
    }

    /** Adds a transfer whose id is not there, in the given phase, and returns its position. */
    int insert(final Transfer transfer, final int phase) {
        final int ref = records.append();
        final UnsafeBuffer page = records.page(ref);
        final int offset = records.offset(ref);
        page.putLong(offset + ID_LO, transfer.idLo);
        page.putLong(offset + ID_HI, transfer.idHi);
        page.putLong(offset + REFS, (long) transfer.debitRef << 32 | transfer.creditRef & UINT_MASK);
        page.putLong(offset + AMOUNT_LO, transfer.amountLo);
        page.putLong(offset + TIMESTAMP, transfer.timestamp);
        page.putLong(offset + USER_DATA_64, transfer.userData64);
        page.putLong(offset + META, (long) transfer.timeout << 32 | (long) transfer.code << 16 | transfer.flags);
        page.putLong(offset + MORE, (long) insertExtension(transfer) << 32 | phase);
        index.insert(transfer.idLo, transfer.idHi, ref + 1);
        return ref;
    }

    /** Remembers an id that can never be used again. */
    void burn(final long idLo, final long idHi) {
        final int ref = burnt.append();
        burnt.put(ref, 0, idLo);
        burnt.put(ref, 1, idHi);
        index.insert(idLo, idHi, -ref - 1);
    }

    int phase(final int ref) {
        return (int) records.page(ref).getLong(records.offset(ref) + MORE) & PHASE_MASK;
    }

    void phase(final int ref, final int phase) {
        final UnsafeBuffer page = records.page(ref);
        final int offset = records.offset(ref) + MORE;
        page.putLong(offset, page.getLong(offset) & ~PHASE_MASK | phase);
    }

    /** When a transfer expires, {@link Long#MAX_VALUE} for never. */
    long expiryNs(final int ref) {
        final UnsafeBuffer page = records.page(ref);
        final int offset = records.offset(ref);
        return expiryNs(page.getLong(offset + TIMESTAMP), (int) (page.getLong(offset + META) >>> 32));
    }

    /** The end of a timeout, {@link Long#MAX_VALUE} for none, negative when it lies beyond the end of time. */
    static long expiryNs(final long timestamp, final int timeoutSeconds) {
        return timeoutSeconds == 0 ? Long.MAX_VALUE : timestamp + (timeoutSeconds & UINT_MASK) * NANOS_PER_SECOND;
    }

    /** Time stamp of the newest transfer, 0 when there is none. */
    long newestTimestamp() {
        return count() == 0 ? 0 : timestamp(count() - 1);
    }

    /** Whether a transfer has exactly this time stamp. */
    boolean hasTimestamp(final long timestamp) {
        int low = 0;
        int high = count() - 1;
        while (low <= high) {
            final int middle = low + high >>> 1;
            final long found = timestamp(middle);
            if (found == timestamp) {
                return true;
            }
            if (found < timestamp) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** Puts a record that {@link Snapshot} has written into the index. */
    void indexRecord(final int ref) {
        index.insert(records.get(ref, 0), records.get(ref, 1), ref + 1);
    }

    /** Puts a burnt id that {@link Snapshot} has written into the index. */
    void indexBurnt(final int ref) {
        index.insert(burnt.get(ref, 0), burnt.get(ref, 1), -ref - 1);
    }

    @Override
    public boolean isAt(final int value, final long idLo, final long idHi) {
        if (value < 0) {
            return burnt.get(-value - 1, 0) == idLo && burnt.get(-value - 1, 1) == idHi;
        }
        return records.get(value - 1, 0) == idLo && records.get(value - 1, 1) == idHi;
    }

    private void loadAccounts(final Transfer into) {
        into.debitLo = accounts.idLo(into.debitRef);
        into.debitHi = accounts.idHi(into.debitRef);
        into.creditLo = accounts.idLo(into.creditRef);
        into.creditHi = accounts.idHi(into.creditRef);
        into.ledger = accounts.ledger(into.debitRef);
    }

    private void loadExtension(final int extension, final Transfer into) {
        final boolean there = extension >= 0;
        final long last = there ? extensions.get(extension, 3) : 0;
        into.amountHi = there ? extensions.get(extension, 0) : 0;
        into.userData128Lo = there ? extensions.get(extension, 1) : 0;
        into.userData128Hi = there ? extensions.get(extension, 2) : 0;
        into.userData32 = (int) (last >>> 32);
        into.pendingRef = (int) last - 1;
        into.pendingLo = into.pendingRef < 0 ? 0 : records.get(into.pendingRef, 0);
        into.pendingHi = into.pendingRef < 0 ? 0 : records.get(into.pendingRef, 1);
    }

    /** Returns the extension's number plus one, 0 when the transfer needs none. */
    private int insertExtension(final Transfer transfer) {
        final boolean settles = transfer.has(TransferFlags.SECOND_PHASE);
        if (!settles
                && (transfer.amountHi | transfer.userData128Lo | transfer.userData128Hi | transfer.userData32) == 0) {
            return 0;
        }
        final int extension = extensions.append();
        extensions.put(extension, 0, transfer.amountHi);
        extensions.put(extension, 1, transfer.userData128Lo);
        extensions.put(extension, 2, transfer.userData128Hi);
        final long pending = settles ? transfer.pendingRef + 1 : 0;
        extensions.put(extension, 3, (long) transfer.userData32 << 32 | pending);
        return extension + 1;
    }

    private long timestamp(final int ref) {
        return records.page(ref).getLong(records.offset(ref) + TIMESTAMP);
    }
}
