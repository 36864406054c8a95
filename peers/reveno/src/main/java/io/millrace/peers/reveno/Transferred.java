package io.millrace.peers.reveno;

import io.millrace.contest.Transfer;
import org.reveno.atp.core.api.channel.Buffer;

/** What Reveno calls a transaction action, which it journals; and the event that its handlers get. */
record Transferred(
        long id,
        long debit,
        long credit,
        long amount,
        long sentAt,
        int code,
        int ledger,
        long debitBalance,
        long creditBalance) {

    static Transferred by(final Transfer transfer, final long debitBalance, final long creditBalance) {
        return new Transferred(
                transfer.id(),
                transfer.debit(),
                transfer.credit(),
                transfer.amount(),
                transfer.sentAt(),
                transfer.code(),
                transfer.ledger(),
                debitBalance,
                creditBalance);
    }

    /** 64 bytes. */
    void writeTo(final Buffer buffer) {
        buffer.writeLong(id);
        buffer.writeLong(debit);
        buffer.writeLong(credit);
        buffer.writeLong(amount);
        buffer.writeLong(sentAt);
        buffer.writeInt(code);
        buffer.writeInt(ledger);
        buffer.writeLong(debitBalance);
        buffer.writeLong(creditBalance);
    }

    static Transferred readFrom(final Buffer buffer) {
        return new Transferred(
                buffer.readLong(),
                buffer.readLong(),
                buffer.readLong(),
                buffer.readLong(),
                buffer.readLong(),
                buffer.readInt(),
                buffer.readInt(),
                buffer.readLong(),
                buffer.readLong());
    }
}
