package io.millrace.examples.ledger;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * The table of accounts, in the order in which they were opened, which is also that of their time stamps. A record is two
 * cache lines; transfers between accounts whose balances fit in 64 bits need only the first.
 *
 * <pre>
 *   0        8        16                            24    32    40    48     56          64
 *  +--------+--------+-----------------------------+-----+-----+-----+-----+-----------+
 *  | id lo  | id hi  | ledger 32, code 16, flags 16| dp  | dpo | cp  | cpo | timestamp |
 *  +--------+--------+-----------------------------+-----+-----+-----+-----+-----------+
 *   64                        96                   112            120           128
 *  +-----+------+-----+------+--------------------+--------------+--------------+
 *  | dp  | dpo  | cp  | cpo  |   user data 128    | user data 64 | user data 32 |   (balances: high halves)
 *  +-----+------+-----+------+--------------------+--------------+--------------+
 * </pre>
 */
final class Accounts implements Postings, IdIndex.Ids {
    /** Longs of a record. */
    static final int RECORD_LONGS = 16;

    static final int NONE = -1;

    private static final int ID_LO = 0;
    private static final int ID_HI = 8;
    private static final int META = 16;
    private static final int BALANCE_LO = 24;
    private static final int TIMESTAMP = 56;
    private static final int BALANCE_HI = 64;
    private static final int USER_DATA_128 = 96;
    private static final int USER_DATA_64 = 112;
    private static final int USER_DATA_32 = 120;

    /** Internal flag: some balance has a high half. */
    private static final long WIDE = 1 << 15;

    private final RecordPages records = new RecordPages(RECORD_LONGS);
    private final IdIndex index = new IdIndex(this);

    int count() {
        return records.count();
    }

    RecordPages records() {
        return records;
    }

    /** Forgets all accounts. */
    void clear() {
        records.clear();
        index.clear();
    }

    /** Position of an account, {@link #NONE} when there is none. */
    int find(final long idLo, final long idHi) {
        return index.find(idLo, idHi) - 1;
    }

    /** Where an account with a 64-bit id probably is: to have read its index slot. */
    int peek(final long idLo) {
        return index.peek(idLo, 0) - 1;
    }

    /** Reads the first cache line of a record that {@link #peek} named. */
    long touch(final int ref) {
        return ref < 0 ? 0 : records.get(ref, 0);
    }

    /** Copies what rules about transfers need: all but the user data. */
    void load(final int ref, final Account into) {
        final UnsafeBuffer page = records.page(ref);
        final int offset = records.offset(ref);
        final long meta = page.getLong(offset + META);
        into.ref = ref;
        into.idLo = page.getLong(offset + ID_LO);
        into.idHi = page.getLong(offset + ID_HI);
        into.ledger = (int) (meta >>> 32);
        into.code = (int) (meta >>> 16) & 0xFFFF;
        into.flags = (int) (meta & 0xFFFF & ~WIDE);
        into.timestamp = page.getLong(offset + TIMESTAMP);
        final boolean wide = (meta & WIDE) != 0;
        for (int i = 0; i < Account.BALANCES; i++) {
            into.balanceLo[i] = page.getLong(offset + BALANCE_LO + (i << 3));
            into.balanceHi[i] = wide ? page.getLong(offset + BALANCE_HI + (i << 3)) : 0;
        }
    }

    /** Copies the user data, too. */
    void loadAll(final int ref, final Account into) {
        load(ref, into);
        final UnsafeBuffer page = records.page(ref);
        final int offset = records.offset(ref);
        into.userData128Lo = page.getLong(offset + USER_DATA_128);
        into.userData128Hi = page.getLong(offset + USER_DATA_128 + 8);
        into.userData64 = page.getLong(offset + USER_DATA_64);
        into.userData32 = (int) page.getLong(offset + USER_DATA_32);
    }

    /** Adds an account whose id is not there. */
    void insert(final Account account) {
        final int ref = records.append();
        final UnsafeBuffer page = records.page(ref);
        final int offset = records.offset(ref);
        page.putLong(offset + ID_LO, account.idLo);
        page.putLong(offset + ID_HI, account.idHi);
        page.putLong(offset + META, (long) account.ledger << 32 | (long) account.code << 16 | account.flags);
        page.putLong(offset + TIMESTAMP, account.timestamp);
        for (int i = 0; i < Account.BALANCES; i++) {
            balance(page, offset, i, account.balanceLo[i], account.balanceHi[i]);
        }
        page.putLong(offset + USER_DATA_128, account.userData128Lo);
        page.putLong(offset + USER_DATA_128 + 8, account.userData128Hi);
        page.putLong(offset + USER_DATA_64, account.userData64);
        page.putLong(offset + USER_DATA_32, account.userData32 & 0xFFFF_FFFFL);
        index.insert(account.idLo, account.idHi, ref + 1);
    }

    /** Puts a record that {@link Snapshot} has written into the index. */
    void indexRecord(final int ref) {
        index.insert(idLo(ref), idHi(ref), ref + 1);
    }

    long idLo(final int ref) {
        return records.page(ref).getLong(records.offset(ref) + ID_LO);
    }

    long idHi(final int ref) {
        return records.page(ref).getLong(records.offset(ref) + ID_HI);
    }

    int ledger(final int ref) {
        return (int) (records.page(ref).getLong(records.offset(ref) + META) >>> 32);
    }

    /** Time stamp of the newest account, 0 when there is none. */
    long newestTimestamp() {
        return count() == 0 ? 0 : timestamp(count() - 1);
    }

    /** Whether an account has exactly this time stamp. */
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

    @Override
    public void add(final int ref, final int balance, final long lo, final long hi) {
        final UnsafeBuffer page = records.page(ref);
        final int offset = records.offset(ref);
        final long before = page.getLong(offset + BALANCE_LO + (balance << 3));
        final long after = before + lo;
        if (hi == 0 && Long.compareUnsigned(after, before) >= 0) {
            page.putLong(offset + BALANCE_LO + (balance << 3), after);
        } else {
            final long beforeHi = page.getLong(offset + BALANCE_HI + (balance << 3));
            balance(page, offset, balance, after, U128.sumHi(before, beforeHi, lo, hi));
        }
    }

    @Override
    public void subtract(final int ref, final int balance, final long lo, final long hi) {
        final UnsafeBuffer page = records.page(ref);
        final int offset = records.offset(ref);
        final long before = page.getLong(offset + BALANCE_LO + (balance << 3));
        if (hi == 0 && Long.compareUnsigned(before, lo) >= 0) {
            page.putLong(offset + BALANCE_LO + (balance << 3), before - lo);
        } else {
            final long beforeHi = page.getLong(offset + BALANCE_HI + (balance << 3));
            balance(page, offset, balance, before - lo, U128.differenceHi(before, beforeHi, lo, hi));
        }
    }

    @Override
    public void closed(final int ref, final boolean closed) {
        final UnsafeBuffer page = records.page(ref);
        final int offset = records.offset(ref) + META;
        final long meta = page.getLong(offset);
        page.putLong(offset, closed ? meta | AccountFlags.CLOSED : meta & ~AccountFlags.CLOSED);
    }

    /** Overwrites the four balances. */
    void adjust(final Account account) {
        final UnsafeBuffer page = records.page(account.ref);
        final int offset = records.offset(account.ref);
        for (int i = 0; i < Account.BALANCES; i++) {
            balance(page, offset, i, account.balanceLo[i], account.balanceHi[i]);
        }
    }

    @Override
    public boolean isAt(final int value, final long idLo, final long idHi) {
        final UnsafeBuffer page = records.page(value - 1);
        final int offset = records.offset(value - 1);
        return page.getLong(offset + ID_LO) == idLo && page.getLong(offset + ID_HI) == idHi;
    }

    /** Once wide, always wide: the flag depends on the history of the balances only, not on how it was replayed. */
    private static void balance(
            final UnsafeBuffer page, final int offset, final int balance, final long lo, final long hi) {
        page.putLong(offset + BALANCE_LO + (balance << 3), lo);
        page.putLong(offset + BALANCE_HI + (balance << 3), hi);
        if (hi != 0) {
            page.putLong(offset + META, page.getLong(offset + META) | WIDE);
        }
    }

    private long timestamp(final int ref) {
        return records.page(ref).getLong(records.offset(ref) + TIMESTAMP);
    }
}
