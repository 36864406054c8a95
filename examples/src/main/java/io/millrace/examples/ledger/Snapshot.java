package io.millrace.examples.ledger;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Writes the state and reads it back. Records go out as they lie in the tables, in the order of their insertion, which is
 * that of the events; indexes and the expiry queue are made anew.
 *
 * <pre>
 *  +---------+-------+----------------------+-----------------------+------------------------+--------------------+
 *  | version | clock | accounts: count, 128…| transfers: count, 64… | extensions: count, 32… | burnt: count, 16…  |
 *  +---------+-------+----------------------+-----------------------+------------------------+--------------------+
 *    4         8       4                      4                       4                        4
 * </pre>
 */
final class Snapshot {
    private static final int VERSION = 1;

    private final Ledger ledger;

    Snapshot(final Ledger ledger) {
        this.ledger = ledger;
    }

    void save(final DataOutput out) throws IOException {
        out.writeInt(VERSION);
        out.writeLong(ledger.clockNs);
        save(ledger.accounts.records(), Accounts.RECORD_LONGS, out);
        save(ledger.transfers.records(), Transfers.RECORD_LONGS, out);
        save(ledger.transfers.extensions(), Transfers.EXTENSION_LONGS, out);
        save(ledger.transfers.burnt(), Transfers.BURNT_LONGS, out);
    }

    void load(final DataInput in) throws IOException {
        final int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("snapshot version must be " + VERSION + ": " + version);
        }
        ledger.clear();
        ledger.clockNs = in.readLong();
        final Transfers transfers = ledger.transfers;
        load(ledger.accounts.records(), Accounts.RECORD_LONGS, in);
        load(transfers.records(), Transfers.RECORD_LONGS, in);
        load(transfers.extensions(), Transfers.EXTENSION_LONGS, in);
        load(transfers.burnt(), Transfers.BURNT_LONGS, in);
        index();
    }

    private void index() {
        final Transfers transfers = ledger.transfers;
        for (int ref = 0; ref < ledger.accounts.count(); ref++) {
            ledger.accounts.indexRecord(ref);
        }
        for (int ref = 0; ref < transfers.count(); ref++) {
            transfers.indexRecord(ref);
            if (transfers.phase(ref) == Phase.PENDING && transfers.expiryNs(ref) != Long.MAX_VALUE) {
                ledger.expiries.add(ref);
            }
        }
        for (int ref = 0; ref < transfers.burnt().count(); ref++) {
            transfers.indexBurnt(ref);
        }
    }

    private static void save(final RecordPages records, final int longs, final DataOutput out) throws IOException {
        out.writeInt(records.count());
        for (int record = 0; record < records.count(); record++) {
            for (int i = 0; i < longs; i++) {
                out.writeLong(records.get(record, i));
            }
        }
    }

    private static void load(final RecordPages records, final int longs, final DataInput in) throws IOException {
        final int count = in.readInt();
        for (int n = 0; n < count; n++) {
            final int record = records.append();
            for (int i = 0; i < longs; i++) {
                records.put(record, i, in.readLong());
            }
        }
    }
}
